import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';

import { policy2022 } from '../../rounds/policy-2022';
import { ruleIds } from '../../rounds/rule-ids';
import { enforcementOf, type Source } from './enforcement';
import { proofsOf, type JestResults, type Proof } from './results';
import { isEmpty, page } from './table';

/*
 * npm run rules [-- --check] [--results tests.json]
 *
 * Runs the specs that are named after rules and writes docs/rules.md; with --check it writes nothing, and
 * fails where the page would change. --results takes what `jest --json` wrote of a run of everything. Fails, too, where a test fails or a rule is not kept or not proven.
 */

const root = join(__dirname, '../../..');
const written = join(root, 'docs/rules.md');

function main(): void {
  const { values } = parseArgs({
    options: { check: { type: 'boolean', default: false }, results: { type: 'string' } },
  });
  const paths = specs();
  const proofs = proofsOf(values.results === undefined ? run(paths) : ran(values.results, paths));
  const sources = enforcingSources();
  const rows = ruleIds.map((id) => ({
    id,
    clause: policy2022.clauses[id] ?? '',
    enforcement: enforcementOf(id, sources),
    proofs: (proofs.get(id) ?? []).map(fromRoot),
  }));
  const content = page(rows);
  if (values.check) {
    const isCurrent = existsSync(written) && readFileSync(written, 'utf8') === content;
    if (!isCurrent) throw new Error('docs/rules.md is out of date: npm run rules');
  } else {
    writeFileSync(written, content);
  }
  const empty = rows.filter(isEmpty).map(({ id }) => id);
  if (empty.length > 0) throw new Error(`not kept, or described by no test: ${empty.join(', ')}`);
}

/** Not proofs: they test the season's model of the rules, and this table. */
const aside = /^test\/(season|rules-table)/;

/** Specs with a title that begins with a rule's id. */
function specs(): readonly string[] {
  return filesBelow('test', '.spec.ts')
    .filter(({ path, text }) => !aside.test(path) && /['"`][TSFRM]-\d+[^'"`\n]*: /.test(text))
    .map(({ path }) => path);
}

function run(paths: readonly string[]): JestResults {
  const folder = mkdtempSync(join(tmpdir(), 'rules-'));
  const output = join(folder, 'results.json');
  try {
    const jest = join(root, 'node_modules/jest/bin/jest.js');
    const options = ['--maxWorkers=2', '--json', `--outputFile=${output}`, '--runTestsByPath'];
    spawnSync(process.execPath, [jest, ...options, ...paths], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const results = JSON.parse(readFileSync(output, 'utf8')) as JestResults;
    if (!results.success) throw new Error('a test failed, see above');
    return results;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The results of these specs out of a run of everything. */
function ran(file: string, paths: readonly string[]): JestResults {
  const results = JSON.parse(readFileSync(file, 'utf8')) as JestResults;
  const wanted = paths.map((path) => join(root, path));
  return {
    success: results.success,
    testResults: results.testResults.filter(({ name }) => wanted.includes(name)),
  };
}

/** Not the policy, which names every rule, nor commands and documentation, which only speak of them. */
function enforcingSources(): readonly Source[] {
  return filesBelow('src', '.ts').filter(
    ({ path }) => !/^src\/(rounds|cli|http\/(dto|openapi))/.test(path),
  );
}

function filesBelow(folder: string, ending: string): readonly Source[] {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name).replaceAll('\\', '/'))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

function fromRoot(proof: Proof): Proof {
  return { ...proof, file: relative(root, proof.file).replaceAll('\\', '/') };
}

try {
  main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
