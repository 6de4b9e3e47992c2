/** A source file, its path from the project's root. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

/** Where the code sees to a rule, and what it says of it. */
export interface Enforcement {
  readonly files: readonly string[];
  /** Each as the code reads, `block filing-window-closed`; none for a rule that is a process. */
  readonly findings: readonly string[];
}

const rulesFolder = 'src/rules/';

/**
 * Found by the rule's id: in a file of the rules that gives a finding under it, else in one whose comments
 * claim it (the rule's id may come from the policy), else anywhere in the code.
 */
export function enforcementOf(id: string, sources: readonly Source[]): Enforcement {
  const mentions = new RegExp(`\\b${id}\\b(?!-)`);
  const mentioning = sources.filter(({ text }) => mentions.test(text));
  const ofTheRules = mentioning.filter(({ path }) => path.startsWith(rulesFolder));
  const given = ({ text }: Source) => findingsIn(text, text, `'${id}'`, id);
  const giving = ofTheRules.filter((source) => given(source).length > 0);
  const files = [giving, ofTheRules, mentioning].find((some) => some.length > 0) ?? [];
  const findings =
    giving.length > 0
      ? giving.flatMap(given)
      : ofTheRules.flatMap(({ text }) => claimed(text, mentions, id));
  return { files: files.map(({ path }) => path), findings: [...new Set(findings)] };
}

/** Findings of functions whose comment claims the rule, where the call takes the rule from data. */
function claimed(text: string, mentions: RegExp, id: string): readonly string[] {
  const declarations = text.split(/^(?=\/\*\*|(?:export )?(?:const|function) )/m);
  return declarations.flatMap((comment, index) => {
    if (!comment.startsWith('/**') || !mentions.test(comment)) return [];
    const body = declarations[index + 1] ?? '';
    const helpers = declarations.filter((declaration) => {
      const name = /^function (\w+)/.exec(declaration)?.[1];
      return name !== undefined && body.includes(`${name}(`);
    });
    return [body, ...helpers].flatMap((part) => findingsIn(part, text, '[a-z]\\w*', id));
  });
}

const codes = /'([a-z]+(?:-[a-z]+)+)'/g;

/** Calls of the form `block(policy, 'R-6', { code: '…'`, with the rule as given. */
function findingsIn(part: string, file: string, rule: string, id: string): readonly string[] {
  const calls = `\\b(block|warn|review)\\(\\s*(?:\\w+\\.)?policy,\\s*${rule},\\s*\\{\\s*code(.*)`;
  return [...part.matchAll(new RegExp(calls, 'g'))].flatMap((call) => {
    const [, severity = '', said = ''] = call;
    const value = said.startsWith(':') ? said : shorthand(part.slice(0, call.index), file);
    return [...chosenBy(id, value).matchAll(codes)].map(([, code = '']) => `${severity} ${code}`);
  });
}

/** What `{ code, … }` stands for: a constant, or what the helper it is in is called with. */
function shorthand(before: string, file: string): string {
  const helper = /const (\w+) = \(code: string[^]*?$/.exec(before.slice(-300))?.[1];
  if (helper === undefined) return /const code = (.*)/.exec(file)?.[1] ?? '';
  return [...file.matchAll(new RegExp(`\\b${helper}\\(\\s*('[a-z-]+')`, 'g'))].join(' ');
}

/** Of a code that depends on the rule, `rule === 'M-24' ? … : …`, the one that is the rule's. */
function chosenBy(id: string, value: string): string {
  const [, rule, itsOwn, theOther] = /=== '([A-Z]-\d+)' \? (\S+) : (\S+)/.exec(value) ?? [];
  if (rule === undefined) return value;
  return (rule === id ? itsOwn : theOther) ?? '';
}
