import { isBlankText, pointerTo } from '../../src/engine/text';

describe('a text', () => {
  it.each([
    ['nothing', ''],
    ['white space', ' \t\r\n\u00a0'],
    ['ideographic spaces', '\u3000\u3000'],
    ['zero-width characters', '\u200b\u200c\u200d\u2060\ufeff'],
    ['control characters', '\u0000\u001b'],
    ['fillers, selectors and an empty pattern of Braille', '\u3164\ufe0f\u2800'],
    ['half a character', '\ud800'],
  ])('of %s is blank', (_, text) => {
    expect(isBlankText(text)).toBe(true);
  });

  it.each(['无', '\u3000无\u200b', '0', '-', 'ئ', '𠮷', '👷'])(
    'with something to see is not: %s',
    (text) => {
      expect(isBlankText(text)).toBe(false);
    },
  );
});

it('a pointer escapes what would read as its own signs', () => {
  expect(pointerTo('/papers', 'a/b~c')).toBe('/papers/a~1b~0c');
});
