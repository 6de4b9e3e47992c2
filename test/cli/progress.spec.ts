import { Writable } from 'node:stream';

import { Progress } from '../../src/cli/progress';
import { Progress as VerifierProgress } from '../../src/verify/progress';
import { languages } from '../../src/verify/wording/languages';

/** A stream that remembers, with or without a terminal behind it. */
function display(isTTY: boolean) {
  let written = '';
  const stream = new Writable({
    write(chunk: Buffer, _, done) {
      written += chunk.toString();
      done();
    },
  });
  const terminal = Object.assign(stream, { isTTY, columns: 120 }) as unknown as NodeJS.WriteStream;
  return { terminal, written: () => written };
}

describe('The progress of long work', () => {
  it('is a bar with rate and time left on a terminal', () => {
    const { terminal, written } = display(true);
    const progress = new Progress(200, terminal);
    progress.title('dossiers');
    for (let step = 0; step < 100; step += 1) progress.add();
    progress.title('evidence');
    progress.stop();
    expect(written()).toContain('░');
    expect(written()).toMatch(/█.*50 % \| 100\/200 \| \d+\/s \| .+ left \| evidence/s);
  });

  it('is a plain line for every tenth elsewhere, with rate and time left', () => {
    const { terminal, written } = display(false);
    const progress = new Progress(200, terminal);
    progress.title('dossiers');
    for (let step = 0; step < 200; step += 1) progress.add();
    progress.stop();
    const lines = written().trimEnd().split('\n');
    expect(lines).toHaveLength(10);
    expect(lines[4]).toMatch(/^50 % {2}100\/200 {2}\d+\/s {2}\d+ s left {2}dossiers$/);
    expect(written()).not.toMatch(/[\r\u001b█]/);
  });

  describe('in the verifier, which shares no code', () => {
    const clock = () => {
      const time = { now: 0 };
      return { time, now: () => time.now };
    };

    it('is a bar drawn over on a terminal, and gone when it is done', () => {
      const { time, now } = clock();
      const { written, terminal } = display(true);
      const shown = { isTerminal: true, write: (text: string) => void terminal.write(text) };
      const progress = new VerifierProgress(languages.en, shown, now);
      time.now = 2_000;
      progress.tell(25, 100);
      time.now = 2_050;
      progress.tell(26, 100);
      progress.stop();
      expect(written()).toMatch(
        /^\r\u001b\[K█+░+ 25 % read, 12\.5 % a second, 6 s left\r\u001b\[K$/,
      );
    });

    it('is a plain line now and then elsewhere, in Chinese by default', () => {
      const { time, now } = clock();
      const { written, terminal } = display(false);
      const shown = { isTerminal: false, write: (text: string) => void terminal.write(text) };
      const progress = new VerifierProgress(languages.zh, shown, now);
      time.now = 1_000;
      progress.tell(10, 100);
      time.now = 4_000;
      progress.tell(50, 100);
      progress.stop();
      expect(written()).toBe('已读 50%，每秒 12.5%，约剩 4 秒\n');
    });
  });
});
