/** What `jest --json` writes, as far as it is looked at. */
export interface JestResults {
  readonly success: boolean;
  readonly testResults: readonly {
    /** The spec file. */
    readonly name: string;
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: string;
    }[];
  }[];
}

/** The tests of one spec file that prove a rule. */
export interface Proof {
  readonly file: string;
  readonly passed: number;
  /** What the rule says, as the file describes it; null where only single tests name the rule. */
  readonly says: string | null;
}

const rule = '[TSFRM]-\\d+';
const named = new RegExp(`^${rule}(?:(?:, | and )${rule})*(?=[: ])`);

/** Ids a title begins with: `R-1, R-2: …`. */
export function rulesNamed(title: string): readonly string[] {
  return named.exec(title)?.[0].match(new RegExp(rule, 'g')) ?? [];
}

/** The proofs of every rule, those written for the rules first. */
export function proofsOf({ testResults }: JestResults): ReadonlyMap<string, readonly Proof[]> {
  const proofs = new Map<string, Proof[]>();
  const rank = ({ name }: { name: string }) => `${name.includes('/test/rules/') ? 0 : 1} ${name}`;
  const files = [...testResults].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
  for (const { name: file, assertionResults } of files) {
    for (const { ancestorTitles, title, status } of assertionResults) {
      if (status !== 'passed') continue;
      const titles = [...ancestorTitles, title];
      for (const id of new Set(titles.flatMap(rulesNamed))) {
        const described = ancestorTitles.find((ancestor) => rulesNamed(ancestor).includes(id));
        const says = described?.replace(named, '').replace(/^: */, '') ?? null;
        const known = proofs.get(id) ?? [];
        const proof = known.find((candidate) => candidate.file === file);
        const others = known.filter((candidate) => candidate !== proof);
        const passed = (proof?.passed ?? 0) + 1;
        proofs.set(id, [...others, { file, passed, says: proof?.says ?? says }]);
      }
    }
  }
  return proofs;
}
