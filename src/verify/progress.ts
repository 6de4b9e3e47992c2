import type { Wording } from './wording/wording';

/** Where progress is shown: a line that is drawn over on a terminal, lines one below the other elsewhere. */
export interface Display {
  readonly isTerminal: boolean;
  readonly write: (text: string) => void;
}

/** Milliseconds. */
const betweenDrawings = 100;
const betweenLines = 2000;
const barWidth = 30;
const startOfLine = '\r\u001b[K';

/** How far the reading has come, at what rate, and how long it will still take. */
export class Progress {
  private readonly start: number;
  private told: number;
  private drawn = false;

  constructor(
    private readonly wording: Wording,
    private readonly display: Display,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.start = now();
    this.told = this.start;
  }

  /** @param total in the same unit as `done`, events or bytes */
  tell(done: number, total: number): void {
    const { isTerminal, write } = this.display;
    const now = this.now();
    if (now - this.told < (isTerminal ? betweenDrawings : betweenLines)) return;
    this.told = now;
    const share = total === 0 ? 1 : Math.min(1, done / total);
    const perSecond = (share * 100_000) / (now - this.start);
    const left = perSecond === 0 ? 0 : Math.ceil((100 - share * 100) / perSecond);
    const line = this.wording.progress(Math.floor(share * 100), perSecond.toFixed(1), left);
    this.drawn = isTerminal;
    write(isTerminal ? `${startOfLine}${barOf(share)} ${line}` : `${line}\n`);
  }

  /** Takes the bar away, so that results stand alone. */
  stop(): void {
    if (this.drawn) this.display.write(startOfLine);
  }
}

function barOf(share: number): string {
  const full = Math.round(share * barWidth);
  return '█'.repeat(full) + '░'.repeat(barWidth - full);
}
