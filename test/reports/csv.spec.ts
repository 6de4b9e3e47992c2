import { csvOf } from '../../src/http/csv';
import { prefersCsv } from '../../src/http/media-range';

const fieldOf = (value: string | number | null) => csvOf([[value]]).slice(1, -2);

describe('CSV for spreadsheets', () => {
  it('says that it is UTF-8, and ends every line with CRLF', () => {
    expect(
      csvOf([
        ['级别', '人数'],
        ['高级', 3],
      ]),
    ).toBe('\uFEFF级别,人数\r\n高级,3\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '＝1', '＋1', '－1', '＠A1', '\t=1', ' =1', '　@A1'])(
    'takes the formula out of %j',
    (text) => {
      expect(fieldOf(text)).toBe(`'${text}`);
    },
  );

  it('takes it out of a text that is quoted, too', () => {
    expect(fieldOf('\r=1')).toBe('"\'\r=1"');
    expect(fieldOf('=HYPERLINK("http://example.org","点击")')).toBe(
      '"\'=HYPERLINK(""http://example.org"",""点击"")"',
    );
  });

  it.each([0, 12, 0.8125, -3])('leaves the number %d a number', (number) => {
    expect(fieldOf(number)).toBe(String(number));
  });

  it.each([
    ['伊犁州水利局', '伊犁州水利局'],
    ['a,b', '"a,b"'],
    ['说"好"', '"说""好"""'],
    ['一\n二', '"一\n二"'],
    ['<5', '<5'],
    ['2022-08-20', '2022-08-20'],
    [null, ''],
  ])('writes %j as %j', (value, written) => {
    expect(fieldOf(value)).toBe(written);
  });
});

describe('Accept', () => {
  it.each([
    ['text/csv', true],
    ['text/csv;q=0.9, application/json;q=0.5', true],
    ['TEXT/CSV', true],
    ['text/*', true],
    ['application/json;q=0.1, text/csv', true],
    [undefined, false],
    ['*/*', false],
    ['application/json, text/csv', false],
    ['text/csv;q=0', false],
    ['text/html,application/xhtml+xml,*/*;q=0.8', false],
    ['application/pdf', false],
  ])('%j asks for CSV: %j', (accept, csv) => {
    expect(prefersCsv(accept)).toBe(csv);
  });
});
