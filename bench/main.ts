import { parseArgs } from 'node:util';

import { jsonLines, table } from './harness/output';
import { parts } from './parts';

const usage = `npm run bench [-- [--full] [--json] [<part> …]]

${parts.map(({ name, about }) => `  ${name.padEnd(12)}${about}`).join('\n')}

Without names every part runs. Each figure is the median of several runs; min and max stand behind it, then
its ratio to a limit taken in the same run. --full takes minutes for each part.`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      full: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const unknown = positionals.filter((name) => parts.every((part) => part.name !== name));
  if (values.help || unknown.length > 0) {
    process.stderr.write(
      `${unknown.map((name) => `There is no part "${name}".\n`).join('')}${usage}\n`,
    );
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const output = values.json ? jsonLines : table;
  const chosen = parts.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  for (const part of chosen) {
    output.part(part);
    for await (const figure of part.run({ full: values.full })) output.figure(figure);
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? '') : String(error)}\n`);
  process.exitCode = 1;
});
