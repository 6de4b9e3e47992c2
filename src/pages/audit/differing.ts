/** A text in three: what it begins with like the other, what differs, what it ends with like the other. */
export type Parts = readonly [start: string, differs: string, end: string];

/** Short texts are taken in at a glance. */
const shortest = 40;

/** What two texts differ in; null where they are short, or have nothing to speak of in common. */
export function differing(before: string, after: string): readonly [Parts, Parts] | null {
  const [one, other] = [[...before], [...after]];
  const length = Math.min(one.length, other.length);
  if (length < shortest) return null;
  let start = 0;
  while (start < length && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < length - start && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  if (start + end < length / 4) return null;
  const parts = (text: readonly string[]): Parts => [
    text.slice(0, start).join(''),
    text.slice(start, text.length - end).join(''),
    text.slice(text.length - end).join(''),
  ];
  return [parts(one), parts(other)];
}
