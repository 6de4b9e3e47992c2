import { Presets, SingleBar } from 'cli-progress';

/** Percent between two lines where there is no terminal to draw a bar on. */
const lineEvery = 10;
/** Seconds between two lines where it is not known how much there is to do. */
const lineAfter = 10;

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

  /** @param total steps to do; 0 where that is not known */
  constructor(
    private readonly total: number,
    private readonly stream: NodeJS.WriteStream = process.stderr,
  ) {
    this.#bar = stream.isTTY ? barOn(stream, total) : null;
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
    const seconds = this.#seconds();
    return seconds === 0 ? 0 : this.#done / seconds;
  }

  #seconds(): number {
    return (performance.now() - this.#startedAt) / 1000;
  }

  #line(): void {
    if (this.total === 0) {
      this.#lineWithoutEnd();
      return;
    }
    const percent = Math.floor((this.#done / this.total) * 100);
    if (percent < this.#lastLine + lineEvery) return;
    this.#lastLine = percent - (percent % lineEvery);
    const rate = this.#rate();
    const left = rate === 0 ? 0 : Math.ceil((this.total - this.#done) / rate);
    this.stream.write(
      `${percent} %  ${this.#done}/${this.total}  ${rate.toFixed(0)}/s  ${left} s left  ${this.#title}\n`,
    );
  }

  #lineWithoutEnd(): void {
    const seconds = this.#seconds();
    if (seconds < this.#lastLine + lineAfter) return;
    this.#lastLine = seconds;
    this.stream.write(`${this.#done}  ${this.#rate().toFixed(0)}/s  ${this.#title}\n`);
  }
}

function barOn(stream: NodeJS.WriteStream, total: number): SingleBar {
  const format =
    total === 0
      ? '{value} | {rate}/s | {title}'
      : '{bar} {percentage} % | {value}/{total} | {rate}/s | {eta_formatted} left | {title}';
  return new SingleBar({ format, stream, hideCursor: true, barsize: 30 }, Presets.shades_classic);
}
