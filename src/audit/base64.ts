/** Bytes in standard Base64 (RFC 4648, section 4), as all of C2SP writes them. */
export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

/** Undefined unless it is the one canonical form of those bytes: padded, no stray bits or characters. */
export function fromBase64(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}
