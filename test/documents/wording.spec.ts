import {
  chineseDate,
  chineseNumeral,
  displayWidth,
  maskedIdNumber,
} from '../../src/documents/wording';

it.each([
  ['659901198001010017', '659***********0017'],
  ['65990119800101001X', '659***********001X'],
  ['12345678', '123*5678'],
  // Nothing of a text too short to hide any of it.
  ['1234567', '*******'],
  ['×××', '***'],
  ['', ''],
])('the ID number %s is shown as %s', (idNumber, shown) => {
  expect(maskedIdNumber(idNumber)).toBe(shown);
});

it.each([
  ['2022-09-07', '2022年9月7日'],
  ['2022-10-31', '2022年10月31日'],
  ['2022-08', '2022年8月'],
  ['至今', '至今'],
  ['2022-2023', '2022-2023'],
  ['编号2022-09-07', '编号2022-09-07'],
])('%s reads %s', (text, read) => {
  expect(chineseDate(text)).toBe(read);
});

it('numbers sections in Chinese', () => {
  expect([1, 9, 10, 11, 16, 20, 21].map(chineseNumeral)).toEqual([
    '一',
    '九',
    '十',
    '十一',
    '十六',
    '二十',
    '二十一',
  ]);
});

it('takes Chinese characters for wider than others', () => {
  expect(displayWidth('水利')).toBe(2);
  expect(displayWidth('ab')).toBeLessThan(displayWidth('水利'));
  expect(displayWidth('')).toBe(0);
});
