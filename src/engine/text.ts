/**
 * A character that can be seen (for a RegExp with the flag `u`): no white space, the ideographic one
 * included, and none of those that show nothing, such as U+200B, U+FEFF or the empty pattern of Braille.
 */
export const visible = '[^\\s\\p{Cc}\\p{Cf}\\p{Cs}\\p{DI}\\u2800]';

const anyVisible = new RegExp(visible, 'u');

export function isBlankText(text: string): boolean {
  return !anyVisible.test(text);
}

/** JSON pointer (RFC 6901) to a member of what another one points to. */
export function pointerTo(parent: string, name: string): string {
  return `${parent}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
