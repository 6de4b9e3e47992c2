import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { UnacceptableEvidence, type EvidenceStore } from '../../src/engine/evidence-store';

/** The limit every store under this contract is opened with, in bytes. */
export const limit = 64 * 1024;

export const samples = {
  'application/pdf': Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n'),
  'image/jpeg': Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex'),
  'image/png': Buffer.from(
    '89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de' +
      '0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082',
    'hex',
  ),
} as const;

const { 'application/pdf': pdf, 'image/jpeg': jpeg, 'image/png': png } = samples;

export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export function pdfOf(bytes: number): Buffer {
  const end = Buffer.from('%%EOF');
  return Buffer.concat([Buffer.from('%PDF-'), Buffer.alloc(bytes - 10, 'x'), end]);
}

function inPieces(bytes: Buffer, size: number): Readable {
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
  return Readable.from(pieces, { objectMode: false });
}

/** What every evidence store keeps to; `open` gives an empty one that takes up to `limit` bytes. */
export function evidenceStoreContract(name: string, open: () => Promise<EvidenceStore>): void {
  describe(`${name} keeps the contract of an evidence store`, () => {
    const owner = 'alice';
    let store: EvidenceStore;
    beforeEach(async () => {
      store = await open();
    });

    async function stored(address: string): Promise<Buffer | undefined> {
      const content = await store.get(owner, address);
      return content === undefined ? undefined : await buffer(content);
    }

    async function expectRefusal(bytes: Buffer, reason: string): Promise<void> {
      const put = store.put(owner, Readable.from([bytes], { objectMode: false }));
      await expect(put).rejects.toBeInstanceOf(UnacceptableEvidence);
      await expect(put).rejects.toMatchObject({ reason });
      expect(await stored(sha256(bytes))).toBeUndefined();
    }

    it.each(Object.entries(samples))('gives back a %s under its hash', async (type, bytes) => {
      const evidence = await store.put(owner, inPieces(bytes, bytes.length));
      expect(evidence).toEqual({ sha256: sha256(bytes), mediaType: type, bytes: bytes.length });
      expect(await stored(evidence.sha256)).toEqual(bytes);
    });

    it.each(Object.entries(samples))('knows a %s that comes byte by byte', async (type, bytes) => {
      const evidence = await store.put(owner, inPieces(bytes, 1));
      expect(evidence).toEqual({ sha256: sha256(bytes), mediaType: type, bytes: bytes.length });
    });

    it('gives the content from its beginning each time', async () => {
      const { sha256: address } = await store.put(owner, inPieces(pdf, 7));
      expect([await stored(address), await stored(address)]).toEqual([pdf, pdf]);
    });

    it('takes the same bytes again, one after the other and at once', async () => {
      const first = await store.put(owner, inPieces(png, 10));
      const more = await Promise.all(
        [1, 2, 3, 4].map((size) => store.put(owner, inPieces(png, size))),
      );
      expect(more).toEqual([first, first, first, first]);
      expect(await stored(first.sha256)).toEqual(png);
    });

    it('takes a file of exactly the limit and refuses one byte more', async () => {
      const evidence = await store.put(owner, inPieces(pdfOf(limit), 1000));
      expect(evidence.bytes).toBe(limit);
      await expectRefusal(pdfOf(limit + 1), 'too-large');
    });

    it('stops reading once the limit is passed, and lets go of the source', async () => {
      let given = 0;
      const endless = new Readable({
        read() {
          given += 1024;
          this.push(Buffer.alloc(1024, '%PDF-'));
        },
      });
      await expect(store.put(owner, endless)).rejects.toMatchObject({ reason: 'too-large' });
      expect(endless.destroyed).toBe(true);
      expect(given).toBeLessThan(limit * 4);
    });

    it('rejects when the source breaks off, and keeps nothing', async () => {
      const breaking = Readable.from(
        (function* () {
          yield pdf;
          throw new Error('client gone');
        })(),
        { objectMode: false },
      );
      await expect(store.put(owner, breaking)).rejects.toThrow('client gone');
      expect(await stored(sha256(pdf))).toBeUndefined();
    });

    it('rejects a source that has failed before it was asked', async () => {
      const failed = new Readable({ read: () => undefined });
      failed.once('error', () => undefined);
      failed.destroy(new Error('client gone'));
      await expect(store.put(owner, failed)).rejects.toThrow();
    });

    it('rejects a source that closes without an end', async () => {
      const closing = new Readable({ read: () => undefined });
      closing.push(pdf);
      setImmediate(() => closing.destroy());
      await expect(store.put(owner, closing)).rejects.toThrow();
      expect(await stored(sha256(pdf))).toBeUndefined();
    });

    it('refuses an empty file', () => expectRefusal(Buffer.alloc(0), 'empty'));

    it.each([
      ['text', Buffer.from('certificate')],
      ['a ZIP', Buffer.from('504b0304', 'hex')],
      ['a PDF behind other bytes', Buffer.concat([Buffer.from('\n'), pdf])],
      ['a GIF', Buffer.from('GIF89a')],
      ['a PNG signature without a header chunk', Buffer.concat([png.subarray(0, 8), pdf])],
      ['the beginning of a beginning', Buffer.from('%PD')],
    ])('refuses %s as of unknown type', (_, bytes) => expectRefusal(bytes, 'unknown-type'));

    it.each([
      ['PDF', pdf.subarray(0, -6)],
      ['PDF whose end mark is not near the end', Buffer.concat([pdf, Buffer.alloc(1100, 'x')])],
      ['JPEG', jpeg.subarray(0, -1)],
      ['JPEG with other bytes after its end', Buffer.concat([jpeg, Buffer.from('x')])],
      ['PNG', png.subarray(0, -1)],
      ['PNG with bytes after its end', Buffer.concat([png, Buffer.alloc(1)])],
    ])('refuses a damaged %s', (_, bytes) => expectRefusal(bytes, 'damaged'));

    it.each([
      ['a PDF with some bytes after its end mark', Buffer.concat([pdf, Buffer.alloc(1000)])],
      ['a JPEG padded by a scanner', Buffer.concat([jpeg, Buffer.from('\0\0\r\n ')])],
    ])('takes %s', async (_, bytes) => {
      expect((await store.put(owner, inPieces(bytes, 500))).sha256).toBe(sha256(bytes));
    });

    it('still takes a good file after refusals', async () => {
      await expectRefusal(Buffer.from('certificate'), 'unknown-type');
      expect((await store.put(owner, inPieces(jpeg, 4))).mediaType).toBe('image/jpeg');
    });

    it("keeps each person's files for that person", async () => {
      const { sha256: address } = await store.put(owner, inPieces(pdf, 7));
      expect(await store.get('bob', address)).toBeUndefined();
      await store.put('bob', inPieces(pdf, 9));
      await store.erase(owner);
      expect(await stored(address)).toBeUndefined();
      const others = await store.get('bob', address);
      expect(others && (await buffer(others))).toEqual(pdf);
    });

    it('erases again, whoever has nothing, and takes new files', async () => {
      await store.erase(owner);
      for (const bytes of [pdf, png, jpeg]) await store.put(owner, inPieces(bytes, 10));
      await store.erase(owner);
      await store.erase(owner);
      for (const bytes of [pdf, png, jpeg]) expect(await stored(sha256(bytes))).toBeUndefined();
      const { sha256: address } = await store.put(owner, inPieces(png, 7));
      expect(await stored(address)).toEqual(png);
    });

    it('knows nothing by an address that is none', async () => {
      const { sha256: address } = await store.put(owner, inPieces(pdf, 7));
      const strangers = [
        '0'.repeat(64),
        address.toUpperCase(),
        address.slice(1),
        `${address}\n`,
        `../${address}`,
        '../../../../etc/passwd',
        '',
      ];
      for (const stranger of strangers) expect(await stored(stranger)).toBeUndefined();
    });
  });
}
