import type { Attachment } from '../dossier/events';
import { cell, label, type Table } from './document';

/** Numbers the scans as a paper comes to speak of them: 附件1 is the first one mentioned. */
export class EvidenceIndex {
  readonly #numbers = new Map<string, number>();

  cite(sha256: string): string {
    const number = this.#numbers.get(sha256) ?? this.#numbers.size + 1;
    this.#numbers.set(sha256, number);
    return `附件${number}`;
  }

  /** Every scan cited so far; the beginning of its SHA-256 leads from the paper to the file. */
  table(attachments: readonly Attachment[]): Table {
    const names = new Map(attachments.map(({ sha256, name }) => [sha256, name]));
    return {
      kind: 'table',
      columns: [2, 9, 5],
      header: ['编号', '文件名', 'SHA-256（前16位）'].map((title) => label(title)),
      rows: [...this.#numbers].map(([sha256, number]) => [
        cell(`附件${number}`),
        cell(names.get(sha256) ?? ''),
        cell(sha256.slice(0, 16)),
      ]),
    };
  }
}
