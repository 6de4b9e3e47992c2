import { buffer } from 'node:stream/consumers';
import { setImmediate as nextTurn } from 'node:timers/promises';

import PDFDocument from 'pdfkit';

import { toEpoch } from '../../engine/instant';
import type {
  Block,
  Cover,
  Heading,
  Paragraph,
  PrintedDocument,
  Signature,
  Statement,
} from '../document';
import { Sheet, type Style } from './sheet';
import { drawTable } from './table';
import { typefaces } from './typeface';

/**
 * The document as a PDF file: A4, real text, the fonts embedded as far as they are used. The same
 * document gives the same bytes.
 */
export async function renderPdf(document: PrintedDocument): Promise<Buffer> {
  const fonts = await typefaces();
  const pdf = new PDFDocument({
    size: 'A4',
    margin: 0,
    autoFirstPage: false,
    bufferPages: true,
    font: '', // Otherwise it begins with Helvetica.
    lang: 'zh-CN',
    displayTitle: true,
    pdfVersion: '1.7',
    info: { Title: document.name, CreationDate: new Date(toEpoch(document.at)) },
  });
  const file = buffer(pdf);
  pdf.registerFont('regular', fonts.regular);
  pdf.registerFont('bold', fonts.bold);
  const sheet = new Sheet(pdf);
  for (const [index, block] of document.blocks.entries()) {
    const next = document.blocks[index + 1];
    if (block.kind === 'paragraph' && next?.kind === 'signature') {
      // Nobody signs a page that says nothing.
      sheet.need(heightOfParagraph(sheet, block) + heightOfSignature(sheet, next));
    }
    draw(sheet, block);
    // Shaping text takes its time: let other requests in between.
    await nextTurn();
  }
  sheet.number(document.footnote);
  pdf.end();
  return file;
}

const body: Style = { weight: 'regular', size: 12, leading: 20 };

function draw(sheet: Sheet, block: Block): void {
  switch (block.kind) {
    case 'cover':
      drawCover(sheet, block);
      break;
    case 'heading':
      drawHeading(sheet, block);
      break;
    case 'paragraph':
      drawParagraph(sheet, block);
      break;
    case 'table':
      drawTable(sheet, block);
      break;
    case 'statement':
      drawStatement(sheet, block);
      break;
    case 'signature':
      drawSignature(sheet, block);
      break;
  }
}

/** Its first line is indented by two characters. */
function linesOfParagraph(sheet: Sheet, { text }: Paragraph): readonly string[] {
  return sheet.lines(`　　${text}`, sheet.width, body);
}

function heightOfParagraph(sheet: Sheet, paragraph: Paragraph): number {
  return linesOfParagraph(sheet, paragraph).length * body.leading;
}

function drawParagraph(sheet: Sheet, paragraph: Paragraph): void {
  for (const line of linesOfParagraph(sheet, paragraph)) {
    sheet.need(body.leading);
    sheet.write(line, sheet.left, sheet.y, body);
    sheet.y += body.leading;
  }
}

const headings: Readonly<Record<Heading['level'], Style & { before: number; after: number }>> = {
  1: { weight: 'bold', size: 20, leading: 32, before: 12, after: 18 },
  2: { weight: 'bold', size: 13, leading: 20, before: 8, after: 4 },
  3: { weight: 'bold', size: 10, leading: 16, before: 2, after: 2 },
};

/** Room for the heading and the first rows of what follows; above another heading, for both. */
const notAlone: Readonly<Record<Heading['level'], number>> = { 1: 140, 2: 140, 3: 96 };

function drawHeading(sheet: Sheet, { level, text }: Heading): void {
  const style = headings[level];
  sheet.need(notAlone[level]);
  sheet.y += style.before;
  for (const line of sheet.lines(text, sheet.width, style)) {
    if (level === 1) sheet.centred(line, sheet.left, sheet.width, sheet.y, style);
    else sheet.write(line, sheet.left, sheet.y, style);
    sheet.y += style.leading;
  }
  sheet.y += style.after;
}

function drawCover(sheet: Sheet, { over, title, lines, place, under }: Cover): void {
  const { left, right, width } = sheet;
  const large: Style = { weight: 'bold', size: 26, leading: 40 };
  const photo = { width: 84, height: 112 };
  sheet.box(right - photo.width, sheet.y, photo.width, photo.height);
  const small: Style = { weight: 'regular', size: 9, leading: 14 };
  sheet.lines(place, photo.width - 16, small).forEach((line, index) => {
    sheet.centred(line, right - photo.width, photo.width, sheet.y + 40 + index * 14, small);
  });
  sheet.y += 170;
  sheet.centred(over, left, width, sheet.y, body);
  sheet.y += 40;
  sheet.centred(title, left, width, sheet.y, large);
  sheet.y += 110;
  const field = { label: left + 50, value: left + 140, width: width - 190 };
  for (const [label, value] of lines) {
    sheet.write(label, field.label, sheet.y, { ...body, weight: 'bold' });
    for (const line of sheet.lines(value, field.width, body)) {
      sheet.centred(line, field.value, field.width, sheet.y, body);
      sheet.y += body.leading;
      sheet.rule(field.value, sheet.y, field.width);
    }
    sheet.y += 12;
  }
  sheet.y += 40;
  sheet.centred(under, left, width, sheet.y, body);
  sheet.newPage();
}

/** Room to sign above, and to seal across, the lines. */
const byHand = { above: 24, between: 8 } as const;

function drawStatement(sheet: Sheet, { label, text, signature }: Statement): void {
  const style: Style = { weight: 'regular', size: 10.5, leading: 18 };
  const bold: Style = { ...style, weight: 'bold' };
  const labelWidth = 76;
  const [padding, inner] = [10, sheet.width - labelWidth - 20];
  const said = sheet.lines(text, inner, style);
  const titled = sheet.lines(label, labelWidth - 20, bold);
  const signed = signature.flatMap((line) => sheet.lines(line, inner, style));
  const height =
    2 * padding +
    said.length * style.leading +
    byHand.above +
    signed.length * (style.leading + byHand.between);
  sheet.need(height);
  sheet.box(sheet.left, sheet.y, labelWidth, height, true);
  sheet.box(sheet.left + labelWidth, sheet.y, sheet.width - labelWidth, height);
  let y = sheet.y + (height - titled.length * style.leading) / 2;
  for (const line of titled) {
    sheet.centred(line, sheet.left, labelWidth, y, bold);
    y += style.leading;
  }
  const x = sheet.left + labelWidth + padding;
  y = sheet.y + padding;
  for (const line of said) {
    sheet.write(line, x, y, style);
    y += style.leading;
  }
  y += byHand.above;
  for (const line of signed) {
    sheet.write(line, x + inner - sheet.widthOf(line, style), y, style);
    y += style.leading + byHand.between;
  }
  sheet.y += height;
}

function heightOfSignature(sheet: Sheet, signature: Signature): number {
  const lines = linesOfSignature(sheet, signature);
  return byHand.above + lines.length * (body.leading + byHand.between);
}

function linesOfSignature(sheet: Sheet, { lines }: Signature): readonly string[] {
  return lines.flatMap((line) => sheet.lines(line, sheet.width, body));
}

function drawSignature(sheet: Sheet, signature: Signature): void {
  sheet.need(heightOfSignature(sheet, signature));
  sheet.y += byHand.above;
  for (const line of linesOfSignature(sheet, signature)) {
    sheet.write(line, sheet.right - sheet.widthOf(line, body), sheet.y, body);
    sheet.y += body.leading + byHand.between;
  }
}
