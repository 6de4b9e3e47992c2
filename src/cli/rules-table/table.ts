import type { Enforcement } from './enforcement';
import type { Proof } from './results';

export interface Row {
  readonly id: string;
  readonly clause: string;
  readonly enforcement: Enforcement;
  readonly proofs: readonly Proof[];
}

/** Whether something is left to be done: nobody enforces the rule, or no test describes and proves it. */
export function isEmpty({ enforcement, proofs }: Row): boolean {
  return enforcement.files.length === 0 || sentenceOf(proofs) === null;
}

const head = `# The rules, and where each is kept

Written by \`npm run rules\` from the tests that ran; \`npm run rules -- --check\` fails where it is out of date or a
row is empty. Clauses are those of the 2022 notice. \`block\` refuses, \`warn\` is shown to the applicant and the
reviewers, \`review\` asks a human; a rule without a code is a process, a reading or a document.

<!-- prettier-ignore-start -->
| Rule | Clause | What it says | Kind and code | Enforced in | Tests passed |
| --- | --- | --- | --- | --- | --- |
`;

const foot = '<!-- prettier-ignore-end -->\n';

/** The page `docs/rules.md`; links begin at `docs/`. */
export function page(rows: readonly Row[]): string {
  return head + rows.map((row) => `| ${cells(row).join(' | ')} |\n`).join('') + foot;
}

function cells({ id, clause, enforcement, proofs }: Row): readonly string[] {
  return [
    id,
    clause,
    (sentenceOf(proofs) ?? '').replaceAll('|', '\\|'),
    enforcement.findings.map((finding) => finding.replace(/ (.*)/, ' `$1`')).join('<br>') || '–',
    enforcement.files.map((file) => link(file, file.replace(/^src\//, ''))).join('<br>'),
    proofs
      .map(({ file, passed }) => `${link(file, file.replace(/^test\//, ''))} ${passed}`)
      .join('<br>'),
  ];
}

function link(file: string, shown: string): string {
  return `[${shown}](../${file})`;
}

/** As the first spec file that describes the rule has it. */
function sentenceOf(proofs: readonly Proof[]): string | null {
  return proofs.find(({ says }) => says !== null)?.says ?? null;
}
