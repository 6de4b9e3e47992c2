import { readOrder, UsageError } from './command-line';
import { Progress, type Display } from './progress';
import { verifyExport, verifyFolder } from './verification';
import { sentence } from './wording/languages';

export interface Console {
  readonly out: (line: string) => void;
  /** Wrong usage. */
  readonly err: (line: string) => void;
  readonly progress: Display;
}

/** Checks what the arguments name and says what was found; the exit code. */
export function run(args: readonly string[], { out, err, progress: display }: Console): 0 | 1 | 2 {
  try {
    const { wording, source, means } = readOrder(args);
    const started = performance.now();
    const progress = new Progress(wording, display);
    const onProgress = (done: number, total: number) => {
      progress.tell(done, total);
    };
    const verify = source.kind === 'data' ? verifyFolder : verifyExport;
    const outcome = verify(source.path, { ...means, onProgress });
    progress.stop();
    for (const line of wording.result(outcome, (performance.now() - started) / 1000)) out(line);

    const [first, ...others] = outcome.findings;
    if (first === undefined) {
      out(wording.sound);
      return 0;
    }
    out(wording.first);
    out(`  ${sentence(wording, first)}`);
    if (others.length > 0) out(wording.others);
    for (const finding of others) out(`  ${sentence(wording, finding)}`);
    return 1;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    err(error.message);
    return 2;
  }
}

if (require.main === module) {
  process.exitCode = run(process.argv.slice(2), {
    out: (line) => process.stdout.write(`${line}\n`),
    err: (line) => process.stderr.write(`${line}\n`),
    progress: {
      isTerminal: process.stderr.isTTY,
      write: (text) => process.stderr.write(text),
    },
  });
}
