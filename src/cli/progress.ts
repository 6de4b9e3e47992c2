import { Presets, SingleBar } from 'cli-progress';

/** Percent between two lines where there is no terminal to draw a bar on. */
const lineEvery = 10;

/**
 * How far a long command has come: a bar with rate and time left on a terminal, a line every tenth of
 * the way elsewhere. It writes to standard error, so that standard output holds results only.
 */
export class Progress {
  readonly #startedAt = performance.now();
  readonly #bar: SingleBar | null;
  #done = 0;
  #title = '';
  #lastLine = 0;

  constructor(
    private readonly total: number,
    private readonly stream: NodeJS.WriteStream = process.stderr,
  ) {
    this.#bar = stream.isTTY ? barOn(stream) : null;
    this.#bar?.start(total, 0, this.#payload());
  }

  /** What is being done now. */
  title(text: string): void {
    this.#title = text;
    this.#bar?.update(this.#payload());
  }

  add(steps = 1): void {
    this.#done += steps;
    if (this.#bar === null) this.#line();
    else this.#bar.update(this.#done, this.#payload());
  }

  stop(): void {
    this.#bar?.stop();
  }

  #payload(): { title: string; rate: string } {
    return { title: this.#title, rate: this.#rate().toFixed(0) };
  }

  /** Steps a second, over the whole time so far. */
  #rate(): number {
    const seconds = (performance.now() - this.#startedAt) / 1000;
    return seconds === 0 ? 0 : this.#done / seconds;
  }

  #line(): void {
    const percent = Math.floor((this.#done / this.total) * 100);
    if (percent < this.#lastLine + lineEvery) return;
    this.#lastLine = percent - (percent % lineEvery);
    const rate = this.#rate();
    const left = rate === 0 ? 0 : Math.ceil((this.total - this.#done) / rate);
    this.stream.write(
      `${percent} %  ${this.#done}/${this.total}  ${rate.toFixed(0)}/s  ${left} s left  ${this.#title}\n`,
    );
  }
}

function barOn(stream: NodeJS.WriteStream): SingleBar {
  const format =
    '{bar} {percentage} % | {value}/{total} | {rate}/s | {eta_formatted} left | {title}';
  return new SingleBar({ format, stream, hideCursor: true, barsize: 30 }, Presets.shades_classic);
}
