import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');

interface Line {
  readonly number: string;
  readonly level: string;
  readonly answer: string;
  readonly how: string;
}

/** The rows of the table in docs/security.md. */
const lines: readonly Line[] = readFileSync(join(root, 'docs/security.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| \d/.test(line))
  .map((line) => {
    const [, number = '', level = '', , answer = '', how = ''] = line
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim());
    return { number, level, answer, how };
  });

/** OWASP ASVS 5.0.0: for each section its requirements of level 1 and 2; those missing are of level 3. */
const requirements: Readonly<Record<string, string>> = {
  '1.1': '1 2',
  '1.2': '1 2 3 4 5 6 7 8 9',
  '1.3': '1 2 3 4 5 6 7 8 9 10 11',
  '1.4': '1 2 3',
  '1.5': '1 2',
  '2.1': '1 2 3',
  '2.2': '1 2 3',
  '2.3': '1 2 3 4',
  '2.4': '1',
  '3.2': '1 2',
  '3.3': '1 2 3 4',
  '3.4': '1 2 3 4 5 6',
  '3.5': '1 2 3 4 5',
  '3.7': '1 2',
  '4.1': '1 2 3',
  '4.2': '1',
  '4.3': '1 2',
  '4.4': '1 2 3 4',
  '5.1': '1',
  '5.2': '1 2 3',
  '5.3': '1 2',
  '5.4': '1 2 3',
  '6.1': '1 2 3',
  '6.2': '1 2 3 4 5 6 7 8 9 10 11 12',
  '6.3': '1 2 3 4',
  '6.4': '1 2 3 4',
  '6.5': '1 2 3 4 5',
  '6.6': '1 2 3',
  '6.8': '1 2 3 4',
  '7.1': '1 2 3',
  '7.2': '1 2 3 4',
  '7.3': '1 2',
  '7.4': '1 2 3 4 5',
  '7.5': '1 2',
  '7.6': '1 2',
  '8.1': '1 2',
  '8.2': '1 2 3',
  '8.3': '1',
  '8.4': '1',
  '9.1': '1 2 3',
  '9.2': '1 2 3 4',
  '10.1': '1 2',
  '10.2': '1 2',
  '10.3': '1 2 3 4',
  '10.4': '1 2 3 4 5 6 7 8 9 10 11',
  '10.5': '1 2 3 4 5',
  '10.6': '1 2',
  '10.7': '1 2 3',
  '11.1': '1 2',
  '11.2': '1 2 3',
  '11.3': '1 2 3',
  '11.4': '1 2 3 4',
  '11.5': '1',
  '11.6': '1',
  '12.1': '1 2 3',
  '12.2': '1 2',
  '12.3': '1 2 3 4',
  '13.1': '1',
  '13.2': '1 2 3 4 5',
  '13.3': '1 2',
  '13.4': '1 2 3 4 5',
  '14.1': '1 2',
  '14.2': '1 2 3 4',
  '14.3': '1 2 3',
  '15.1': '1 2 3',
  '15.2': '1 2 3',
  '15.3': '1 2 3 4 5 6 7',
  '16.1': '1',
  '16.2': '1 2 3 4 5',
  '16.3': '1 2 3 4',
  '16.4': '1 2 3',
  '16.5': '1 2 3',
  '17.1': '1',
  '17.2': '1 2 3 4',
  '17.3': '1 2',
};

const testsIn = (how: string): readonly string[] =>
  [...how.matchAll(/`([a-z0-9-]+(?:\/[\w-]+)+)`/g)].map(([, name]) => `test/${name ?? ''}.spec.ts`);

describe('The table of ASVS 5.0 in docs/security.md', () => {
  it('has every requirement of level 1 and 2, each once, in order', () => {
    const all = Object.entries(requirements).flatMap(([section, numbers]) =>
      numbers.split(' ').map((number) => `${section}.${number}`),
    );
    expect(all).toHaveLength(253);
    expect(lines.map(({ number }) => number)).toEqual(all);
    expect(lines.filter(({ level }) => level === '1')).toHaveLength(70);
    expect(lines.filter(({ level }) => level === '2')).toHaveLength(183);
  });

  it('answers each in one of four ways, and says how or why', () => {
    const answers = ['met', 'not applicable', 'operator', '**open**'];
    for (const { number, answer, how } of lines) {
      expect([number, answers.includes(answer), how]).toEqual([
        number,
        true,
        expect.stringMatching(/\S/),
      ]);
    }
  });

  it('names a test for each that is met, and none that is not there', () => {
    const without = lines.filter(
      ({ answer, how }) => answer === 'met' && testsIn(how).length === 0,
    );
    expect(without.map(({ number }) => number)).toEqual([]);
    const named = new Set(lines.flatMap(({ how }) => testsIn(how)));
    expect(named.size).toBeGreaterThan(50);
    expect([...named].filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('links to nothing that is not there', () => {
    const page = readFileSync(join(root, 'docs/security.md'), 'utf8');
    const links = [...page.matchAll(/\]\((?!https?:)([^)#]*)(?:#[\w-]*)?\)/g)];
    expect(links.length).toBeGreaterThan(5);
    const missing = links.filter(([, path = '']) => !existsSync(join(root, 'docs', path)));
    expect(missing.map(([link]) => link)).toEqual([]);
  });
});

/** The sources of what serves requests; command line tools are their operator's. */
function sources(): readonly (readonly [path: string, text: string])[] {
  return readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .filter((path) => !path.startsWith('src/cli/'))
    .map((path) => [path, readFileSync(join(root, path), 'utf8')] as const);
}

describe('The service', () => {
  it.each([
    ['starts no process', /child_process|worker_threads|\bexecFile\b|\bspawn\(/],
    ['runs no text as program', /\beval\(|new Function\(|node:vm\b|setTimeout\(\s*['"`]/],
    ['checks certificates', /rejectUnauthorized|NODE_TLS_REJECT|checkServerIdentity/],
    ['lets no other origin in', /access-control-allow|enableCors|@fastify\/cors/i],
    ['redirects nowhere', /\.redirect\(|@Redirect\(|(?:code|status|HttpCode)\(30[12378]\)/i],
    ['unpacks nothing', /gunzip|inflate|unzip|brotliDecompress/i],
    ['uses no broken algorithm', /['"](?:md5|sha1|des|rc4|aes-\d+-(?:ecb|cbc))['"]/i],
  ])('%s', (_, pattern) => {
    const found = sources().filter(([, text]) => pattern.test(text));
    expect(found.map(([path]) => path)).toEqual([]);
  });

  it('builds a pattern from nothing that is sent', () => {
    const built = sources().flatMap(([path, text]) =>
      [...text.matchAll(/new RegExp\(([^),]*)/g)].map(([, source]) => [path, source]),
    );
    expect(built).toEqual([['src/engine/text.ts', 'visible']]);
  });

  it('comes with one lock file, whose every package is held by its hash', () => {
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
      readonly packages: Readonly<Record<string, { integrity?: string; link?: boolean }>>;
    };
    const packages = Object.entries(lock.packages).filter(([path]) => path !== '');
    const loose = packages.filter(([, { integrity }]) => !/^sha512-/.test(integrity ?? ''));
    expect(loose.map(([path]) => path)).toEqual([]);
    const declared = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      readonly dependencies: Readonly<Record<string, string>>;
    };
    for (const version of Object.values(declared.dependencies)) {
      expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    }
  });
});
