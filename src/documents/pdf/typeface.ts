import { readFile } from 'node:fs/promises';

import type PDFDocument from 'pdfkit';

export type Pdf = InstanceType<typeof PDFDocument>;

export type Weight = 'regular' | 'bold';

/** Noto Sans SC, under the SIL Open Font License. */
const files: Readonly<Record<Weight, string>> = {
  regular: '400Regular/NotoSansSC_400Regular.ttf',
  bold: '700Bold/NotoSansSC_700Bold.ttf',
};

type Typefaces = Readonly<Record<Weight, Buffer>>;

let loading: Promise<Typefaces> | undefined;

/** Ten megabytes a weight: read for the first document that is asked for, then kept. */
export function typefaces(): Promise<Typefaces> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Typefaces> {
  const [regular, bold] = await Promise.all([read('regular'), read('bold')]);
  return { regular, bold };
}

function read(weight: Weight): Promise<Buffer> {
  return readFile(require.resolve(`@expo-google-fonts/noto-sans-sc/${files[weight]}`));
}

const widths: Readonly<Record<Weight, Map<string, number>>> = {
  regular: new Map(),
  bold: new Map(),
};

/** Width of a character at one point; asked of the font once. The document needs the weights registered. */
function widthOf(doc: Pdf, weight: Weight, character: string): number {
  const known = widths[weight].get(character);
  if (known !== undefined) return known;
  const width = doc.font(weight).fontSize(1).widthOfString(character);
  widths[weight].set(character, width);
  return width;
}

/** Width of a text in points. */
export function widthOfText(doc: Pdf, weight: Weight, size: number, text: string): number {
  return [...text].reduce((width, one) => width + widthOf(doc, weight, one) * size, 0);
}
