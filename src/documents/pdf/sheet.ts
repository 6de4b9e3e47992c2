import { inLines } from './lines';
import { widthOfText, type Pdf, type Weight } from './typeface';

/** All lengths in points, from the upper left corner. */
const page = { width: 595.28, height: 841.89 } as const;
const margin = { side: 62, top: 68, bottom: 68 } as const;

export interface Style {
  readonly weight: Weight;
  readonly size: number;
  /** From one line to the next. */
  readonly leading: number;
}

/** A4 pages filled from top to bottom. */
export class Sheet {
  readonly left = margin.side;
  readonly right = page.width - margin.side;
  readonly width = page.width - 2 * margin.side;
  /** Where the next thing goes. */
  y: number = margin.top;

  constructor(private readonly doc: Pdf) {
    this.doc.addPage();
  }

  /** What is left of the page. */
  get room(): number {
    return page.height - margin.bottom - this.y;
  }

  get isFresh(): boolean {
    return this.y === margin.top;
  }

  newPage(): void {
    this.doc.addPage();
    this.y = margin.top;
  }

  /** Goes on on a new page where there is less room than this; a page without anything stays. */
  need(height: number): void {
    if (this.room < height && !this.isFresh) this.newPage();
  }

  lines(text: string, width: number, { weight, size }: Style): readonly string[] {
    return inLines(text, width, (part) => widthOfText(this.doc, weight, size, part));
  }

  widthOf(text: string, { weight, size }: Style): number {
    return widthOfText(this.doc, weight, size, text);
  }

  /** One line whose box begins at x and y. */
  write(line: string, x: number, y: number, { weight, size, leading }: Style): void {
    if (line === '') return;
    // The baseline at which Chinese characters stand in the middle of the line.
    const baseline = y + leading / 2 + size * 0.38;
    this.doc.font(weight).fontSize(size).fillColor('black');
    this.doc.text(line, x, baseline, { lineBreak: false, baseline: 'alphabetic' });
  }

  centred(line: string, x: number, width: number, y: number, style: Style): void {
    this.write(line, x + (width - this.widthOf(line, style)) / 2, y, style);
  }

  box(x: number, y: number, width: number, height: number, shaded = false): void {
    if (shaded) this.doc.rect(x, y, width, height).fill('#f0f0f0');
    this.doc.lineWidth(0.6).rect(x, y, width, height).stroke('black');
  }

  rule(x: number, y: number, width: number): void {
    this.doc
      .lineWidth(0.6)
      .moveTo(x, y)
      .lineTo(x + width, y)
      .stroke('black');
  }

  /** Page numbers, and the small print beside them, at the foot of every page. */
  number(footnote: string | null): void {
    const style: Style = { weight: 'regular', size: 7.5, leading: 11 };
    const { count } = this.doc.bufferedPageRange();
    const y = page.height - margin.bottom + 18;
    for (let index = 0; index < count; index += 1) {
      this.doc.switchToPage(index);
      const numbered = `第${index + 1}页　共${count}页`;
      this.centred(numbered, this.left, this.width, y, { ...style, size: 9 });
      if (footnote !== null) this.centred(footnote, this.left, this.width, y + 13, style);
    }
  }
}
