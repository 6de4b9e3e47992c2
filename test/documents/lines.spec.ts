import fc from 'fast-check';

import { inLines } from '../../src/documents/pdf/lines';

/** As if every character were one wide. */
const wrap = (text: string, width: number) => inLines(text, width, (part) => [...part].length);

it.each([
  ['水利工程', 2, ['水利', '工程']],
  ['水利工程', 4, ['水利工程']],
  ['', 4, ['']],
  ['一\n\n二', 4, ['一', '', '二']],
  ['一\r\n二', 4, ['一', '二']],
  // No line begins with a closing mark or ends with an opening one.
  ['水利工程，验收', 4, ['水利工', '程，验收']],
  ['参加《规范》编写', 3, ['参加', '《规', '范》编', '写']],
  // Words and numbers stay whole where they can.
  ['长12.5公里', 4, ['长', '12.5', '公里']],
  ['a long word', 6, ['a long', 'word']],
  ['659***********0017', 18, ['659***********0017']],
  ['abcdefgh', 3, ['abc', 'def', 'gh']],
  // A name with a dot, also where it breaks.
  ['艾力·买买提', 4, ['艾力·买', '买提']],
  // What has no shape is not printed, and a pair of surrogates is one character.
  ['水\u0000利\u200b\t工', 5, ['水利 工']],
  ['𠮷𠮷𠮷', 2, ['𠮷𠮷', '𠮷']],
  // Wide blanks leave room for a hand.
  ['签字：　　', 5, ['签字：　　']],
])('%j in lines of %i', (text, width, lines) => {
  expect(wrap(text, width)).toEqual(lines);
});

it('loses nothing and exceeds no line', () => {
  const some = fc.string({
    unit: fc.constantFrom(...'水利工程，。（）《》·ab1.5%', ' ', '\n', '　'),
  });
  fc.assert(
    fc.property(some, fc.integer({ min: 1, max: 12 }), (text, width) => {
      const lines = wrap(text, width);
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(/[ \n]/g, ''));
      for (const line of lines) expect([...line].length).toBeLessThanOrEqual(width);
    }),
  );
});
