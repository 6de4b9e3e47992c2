/**
 * Pieces no line may end inside: a Latin word or a number, any other character by itself, each with the
 * opening marks before it and the closing marks behind it, which never stand at the wrong end of a line.
 */
const pieces =
  /[（《“‘【〔［｛「『([{]*(?:[\p{Script=Latin}\p{Nd}][\p{Script=Latin}\p{Nd}.,%:/@+'*-]*|\P{M}\p{M}*|\p{M})[）》”’】〕］｝」』，。、；：？！…)\]}%‰℃·．,.;:?!]*/gsu;

/** What cannot be printed: control characters but the end of a line, and marks without a shape. */
const unprintable = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu;

/** The text in lines no wider than asked, by the measure of the typeface; at least one. */
export function inLines(
  text: string,
  width: number,
  widthOf: (text: string) => number,
): readonly string[] {
  return text
    .replaceAll(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll('\t', ' ')
    .replaceAll(unprintable, '')
    .split('\n')
    .flatMap((line) => wrapped(line, width, widthOf));
}

function wrapped(text: string, width: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  const put = (piece: string): void => {
    const needed = widthOf(piece);
    if (used + needed > width && line !== '') {
      lines.push(withoutBlanks(line));
      [line, used] = ['', 0];
      // A blank between two words is not carried over to the next line.
      if (piece === ' ') return;
    }
    line += piece;
    used += needed;
  };
  for (const [piece] of text.matchAll(pieces)) {
    if (widthOf(piece) <= width) put(piece);
    else for (const character of piece) put(character);
  }
  return [...lines, withoutBlanks(line)];
}

/** Without the blanks it ends in; wide ones leave room on purpose, for a hand to write. */
function withoutBlanks(line: string): string {
  return line.replace(/ +$/, '');
}
