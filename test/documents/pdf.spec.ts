import { spawnSync } from 'node:child_process';

import {
  cell,
  heading,
  label,
  paragraph,
  type PrintedDocument,
} from '../../src/documents/document';
import { evaluationForm } from '../../src/documents/evaluation-form';
import { renderPdf } from '../../src/documents/pdf/render';
import { publicityNotice, publicityResult } from '../../src/documents/publicity';
import { aynur, contentOf, formFacts, noticeFacts, people, resultFacts, textsOf } from './support';

const content = contentOf(aynur);
const notice = publicityNotice(noticeFacts(content));
const form = evaluationForm(formFacts(content));

const printed = (blocks: PrintedDocument['blocks']): PrintedDocument => ({
  ...notice,
  blocks,
});

describe('a printed document', () => {
  it('is a PDF of A4 pages with its fonts embedded', async () => {
    const file = (await renderPdf(notice)).toString('latin1');
    expect(file).toMatch(/^%PDF-1\.7/);
    expect(file).toMatch(/%%EOF\s*$/);
    expect(file.match(/\/MediaBox \[0 0 595\.28 841\.89\]/g)).toHaveLength(1);
    expect(file).toMatch(/\/FontFile2 \d+ 0 R/);
    expect(file.match(/\/BaseFont \/\w+/g)?.join()).not.toContain('Helvetica');
  });

  it('is the same for the same content, and another for another', async () => {
    const first = await renderPdf(form);
    expect((await renderPdf(evaluationForm(formFacts(contentOf(aynur))))).equals(first)).toBe(true);
    const later = { ...form, at: '2022-08-27T09:00:00.000+08:00' };
    expect((await renderPdf(later)).equals(first)).toBe(false);
  });

  it('dates from its content, and says nothing of the person beside the pages', async () => {
    const file = (await renderPdf(notice)).toString('latin1');
    expect(file).toContain('(D:20220907020000Z)');
    const title = Buffer.from('\ufeff公示', 'utf16le').swap16().toString('latin1');
    expect(file).toContain(`(${title})`);
  });

  it('fits a notice and a result on one sheet, whoever applies', async () => {
    for (const person of people.slice(0, 20)) {
      const filed = contentOf(person);
      expect(pagesOf(await renderPdf(publicityNotice(noticeFacts(filed))))).toBe(1);
      expect(pagesOf(await renderPdf(publicityResult(resultFacts(filed))))).toBe(1);
    }
  });

  it('goes on on as many pages as it takes', async () => {
    const long = 'text '.repeat(2000);
    const rows = [[label('总结'), cell(long)]];
    const table = {
      kind: 'table',
      columns: [1, 4],
      header: [label('a'), label('b')],
      rows,
    } as const;
    expect(pagesOf(await renderPdf(printed([table])))).toBeGreaterThan(2);
    expect(pagesOf(await renderPdf(printed([paragraph(long)])))).toBeGreaterThan(2);
  });

  it('keeps a box to sign on one page', async () => {
    const box = { kind: 'statement', label: '意见', text: '同意', signature: ['签字'] } as const;
    const boxes = (count: number) => printed(Array.from({ length: count }, () => box));
    expect(pagesOf(await renderPdf(boxes(1)))).toBe(1);
    expect(pagesOf(await renderPdf(boxes(20)))).toBeGreaterThan(1);
  });
});

const hasPdftotext = spawnSync('pdftotext', ['-v']).error === undefined;
if (!hasPdftotext) {
  console.warn(
    'skipped: the text of the pages needs pdftotext; apt-get install poppler-utils brings it',
  );
}

(hasPdftotext ? describe : describe.skip)('the text of a printed document', () => {
  it.each([
    ['notice', notice],
    ['result', publicityResult(resultFacts(content))],
    ['form', form],
  ])('can be read back, all of it: %s', async (_, document) => {
    const text = textOf(await renderPdf(document));
    const missing = textsOf(document)
      .flatMap((said) => said.split('\n').map(squeezed))
      .filter((line) => !text.includes(line) && !isTorn(text, line));
    expect(missing).toEqual([]);
  });

  it('has the dot of a name, the ID number in one piece, and page numbers', async () => {
    const text = textOf(await renderPdf(notice));
    expect(aynur.name).toContain('·');
    expect(text).toContain(`关于${aynur.name}同志`);
    expect(text).toMatch(/659\*{11}\d{3}[\dX]/);
    expect(text).toContain('第1页共1页');
  });

  it('shows the title of a torn row, and the header, on every page', async () => {
    const rows = [[label('总结'), cell('水利工程。'.repeat(2000))]];
    const table = {
      kind: 'table',
      columns: [1, 4],
      header: [label('栏'), label('目')],
      rows,
    } as const;
    const file = await renderPdf(printed([heading(2, '标题'), table]));
    const text = textOf(file);
    expect(text.match(/栏目/g)).toHaveLength(pagesOf(file));
    expect(text.match(/总结/g)).toHaveLength(pagesOf(file));
    expect(text.match(/水/g)).toHaveLength(2000);
  });

  it('has something above every signature', async () => {
    const signature = { kind: 'signature', lines: ['签字'] } as const;
    for (let count = 25; count <= 40; count += 1) {
      const lines = Array.from({ length: count }, () => paragraph('一行'));
      const file = await renderPdf(printed([...lines, signature]));
      const pages = textOf(file).split(/第\d+页共\d+页/);
      expect(pages.filter((page) => page !== '' && !page.startsWith('一行'))).toEqual([]);
    }
  });

  it('has a box in place of a character the font lacks', async () => {
    const text = textOf(await renderPdf(printed([paragraph('前😀后')])));
    expect(text).toMatch(/^前.?.?后/u);
  });
});

function pagesOf(file: Buffer): number {
  return file.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
}

function textOf(file: Buffer): string {
  const { stdout, status } = spawnSync('pdftotext', ['-raw', '-', '-'], { input: file });
  expect(status).toBe(0);
  return squeezed(stdout.toString());
}

const squeezed = (text: string): string => text.replaceAll(/[\s\u3000\f]/g, '');

/** Whether it stands there in two parts, as it does where a page ended. */
function isTorn(text: string, said: string): boolean {
  const ends = [...said].map((_, index) => index + 1);
  return ends.some((end) => text.includes(said.slice(0, end)) && text.includes(said.slice(end)));
}
