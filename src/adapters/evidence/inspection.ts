import { createHash } from 'node:crypto';
import { UnacceptableEvidence, type StoredEvidence } from '../../engine/evidence-store';
import { detectMediaType, headBytes, tailBytes } from './media-type';

/** Hashes, counts and keeps both ends of what passes through, whatever store it goes to. */
export class Inspection {
  readonly #hash = createHash('sha256');
  #bytes = 0;
  #head = Buffer.alloc(0);
  #tail = Buffer.alloc(0);

  /** @param limit most bytes that may pass */
  constructor(private readonly limit: number) {}

  /** The same chunks. Throws {@link UnacceptableEvidence} once the limit is passed. */
  async *of(chunks: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
    for await (const chunk of chunks) {
      this.#bytes += chunk.length;
      if (this.#bytes > this.limit) throw new UnacceptableEvidence('too-large');
      this.#hash.update(chunk);
      const missing = headBytes - this.#head.length;
      if (missing > 0) this.#head = Buffer.concat([this.#head, chunk.subarray(0, missing)]);
      this.#tail = Buffer.concat([this.#tail, chunk.subarray(-tailBytes)]).subarray(-tailBytes);
      yield chunk;
    }
  }

  /** What has passed, once all has. Throws {@link UnacceptableEvidence}. */
  result(): StoredEvidence {
    if (this.#bytes === 0) throw new UnacceptableEvidence('empty');
    const mediaType = detectMediaType(this.#head, this.#tail);
    if (mediaType === 'unknown-type' || mediaType === 'damaged')
      throw new UnacceptableEvidence(mediaType);
    return { sha256: this.#hash.digest('hex'), mediaType, bytes: this.#bytes };
  }
}

/** Nothing but an address reaches a store, so that none leads out of it. */
export function isAddress(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}
