import type { Cell, Table } from '../document';
import type { Sheet, Style } from './sheet';

const value: Style = { weight: 'regular', size: 9.5, leading: 15 };
const title: Style = { ...value, weight: 'bold' };
const padding = { x: 5, y: 4 } as const;

/** A row that has more lines than this may go on on the next page; a smaller one is not torn. */
const untorn = 6;
/** Fewer lines than this are not left behind. */
const leastLeft = 3;

interface LaidCell {
  readonly x: number;
  readonly width: number;
  readonly label: boolean;
  readonly lines: readonly string[];
}

export function drawTable(sheet: Sheet, { columns, header, rows }: Table): void {
  const total = columns.reduce((sum, column) => sum + column, 0);
  const widths = columns.map((column) => (column / total) * sheet.width);
  const laidHeader = header && layRow(sheet, header, widths);
  if (laidHeader) drawRow(sheet, laidHeader, null);
  for (const row of rows) drawRow(sheet, layRow(sheet, row, widths), laidHeader);
  sheet.y += 6;
}

function layRow(sheet: Sheet, cells: readonly Cell[], widths: readonly number[]): LaidCell[] {
  let column = 0;
  let x = sheet.left;
  return cells.map(({ text, label, span }) => {
    const width = widths.slice(column, column + span).reduce((sum, one) => sum + one, 0);
    const lines = sheet.lines(text, width - 2 * padding.x, label ? title : value);
    const laid = { x, width, label, lines };
    column += span;
    x += width;
    return laid;
  });
}

function drawRow(sheet: Sheet, cells: readonly LaidCell[], header: readonly LaidCell[] | null) {
  const height = Math.max(...cells.map(({ lines }) => lines.length));
  const fitting = Math.floor((sheet.room - 2 * padding.y) / value.leading);
  if (height <= fitting) {
    drawLines(sheet, cells, height);
    return;
  }
  const torn = height > untorn && fitting >= leastLeft ? fitting : 0;
  if (torn > 0) {
    const upper = cells.map((cell) => ({ ...cell, lines: cell.lines.slice(0, torn) }));
    drawLines(sheet, upper, torn);
  }
  sheet.newPage();
  if (header) drawLines(sheet, header, Math.max(...header.map(({ lines }) => lines.length)));
  drawRow(
    sheet,
    cells.map((cell) => (cell.label ? cell : { ...cell, lines: cell.lines.slice(torn) })),
    header,
  );
}

function drawLines(sheet: Sheet, cells: readonly LaidCell[], height: number): void {
  const rowHeight = height * value.leading + 2 * padding.y;
  for (const { x, width, label, lines } of cells) {
    sheet.box(x, sheet.y, width, rowHeight, label);
    const slack = ((height - lines.length) * value.leading) / 2;
    lines.forEach((line, index) => {
      const y = sheet.y + padding.y + slack + index * value.leading;
      if (label) sheet.centred(line, x, width, y, title);
      else sheet.write(line, x + padding.x, y, value);
    });
  }
  sheet.y += rowHeight;
}
