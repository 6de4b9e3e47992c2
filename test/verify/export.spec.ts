import {
  exportEnd,
  exportHeader,
  exportLine,
  type ExportedEvent,
} from '../../src/audit/export-file';
import { StoredTree } from '../../src/audit/proofs';
import { log } from '../audit/keys';
import { suite } from '../audit/support';
import { checkpointOf, inDatabase, makeLog, openLog, removeFolders } from './log';
import { fileWith, logKey, verify } from './running';

const size = 304;
const origin = log.key.name;
let note: string;
let older: string;
let events: readonly ExportedEvent[];
let proven: readonly string[];

beforeAll(async () => {
  older = await checkpointOf(await makeLog(200, { every: 1000 }));
  const folder = await makeLog(300, { every: 75 });
  note = await checkpointOf(folder);
  events = inDatabase(folder, (database) =>
    database
      .prepare('SELECT * FROM events ORDER BY position')
      .all()
      .map((row, index) => {
        const event = row as ExportedEvent & { position: number };
        return { ...event, index, position: String(event.position).padStart(16, '0') };
      }),
  );
  const store = openLog(folder);
  const tree = new StoredTree(suite, store.merkleLog.hashes);
  proven = await Promise.all(
    events.map(async (event) => exportLine(event, await tree.inclusionProof(event.index, size))),
  );
  await store.close();
});

afterAll(removeFolders);

const whole = () => [
  exportHeader(suite, 'whole', { checkpoint: note, origin }),
  ...events.map((event) => exportLine(event)),
  exportEnd(events.length),
];
const part = (...indexes: number[]) => [
  exportHeader(suite, 'part', { checkpoint: note, origin }),
  ...indexes.map((index) => proven[index] ?? ''),
  exportEnd(indexes.length),
];

function verified(lines: readonly string[], ...notes: readonly string[]) {
  const given = notes.flatMap((text) => ['--checkpoint', fileWith(text)]);
  const file = fileWith(lines.join(''));
  return verify('--export', file, '--key', logKey, '--lang', 'en', ...given);
}

describe('an export of a whole log', () => {
  it('is verified by its own checkpoint, those within it, and one from elsewhere', () => {
    const { code, out } = verified(whole(), note);
    expect(out).toContain('304 events in');
    expect(out).toContain('2 from outside, 4 in the log.');
    expect(out).toContain('304 events agree with a checkpoint, 0 after it');
    expect(code).toBe(0);
  });

  it('keeps the stored bytes exactly, whatever they are', () => {
    const spaced = '{ "名" : "\\u6c34\\n𠮷" }';
    const [event] = events;
    if (event === undefined) throw new Error('no event');
    const line = exportLine({ ...event, data: spaced });
    expect((JSON.parse(line) as ExportedEvent).data).toBe(spaced);
  });

  it.each<[string, (lines: string[]) => string[], string]>([
    [
      'an event changed',
      (lines) => lines.map((l) => l.replace('密文', '明文')),
      'the events 1 to 75',
    ],
    [
      'a newer event changed',
      (lines) => lines.with(300, (lines[300] ?? '').replace('2022', '2023')),
      'the events 228 to 303',
    ],
    ['an event left out', (lines) => lines.toSpliced(50, 1), 'line 51'],
    [
      'two events swapped',
      (lines) => lines.with(50, lines[51] ?? '').with(51, lines[50] ?? ''),
      'line 51',
    ],
    ['the end left out', (lines) => lines.slice(0, -1), 'line 306'],
    ['the last events left out', (lines) => lines.toSpliced(-5, 4), 'line 302'],
    [
      'the last events left out, and the end adapted',
      (lines) => [...lines.slice(0, -5), exportEnd(300)],
      'there should be 304 events, there are 300',
    ],
    ['something after the end', (lines) => [...lines, exportEnd(304)], 'line 307'],
    ['a line that is no JSON', (lines) => lines.with(9, '{\n'), 'line 10'],
    [
      'a line cut by a space',
      (lines) => lines.with(9, (lines[9] ?? '').replace(',', ', ')),
      'line 10',
    ],
    [
      'a field twice',
      (lines) => lines.with(9, (lines[9] ?? '').replace('{', '{"index":8,')),
      'line 10',
    ],
    [
      'a field more',
      (lines) => lines.with(9, (lines[9] ?? '').replace('}\n', ',"x":1}\n')),
      'line 10',
    ],
    [
      'another suite',
      (lines) => lines.with(0, (lines[0] ?? '').replace('sha256', 'sm3')),
      'line 1',
    ],
    ['another format', (lines) => lines.with(0, (lines[0] ?? '').replace('/v1', '/v2')), 'line 1'],
    ['no header', (lines) => lines.slice(1), 'line 1'],
    ['nothing', () => [], 'line 1'],
    [
      'a newline missing at its end',
      (lines) => [...lines.slice(0, -1), exportEnd(304).trimEnd()],
      'line 306',
    ],
  ])('with %s is found out', (_, change, told) => {
    const lines = change(whole());
    expect(lines).not.toEqual(whole());
    const { code, out } = verified(lines);
    expect(out).toContain(told);
    expect(code).toBe(1);
  });

  it('of another log is found out by a checkpoint from elsewhere', () => {
    const { code, out } = verified(whole(), older);
    expect(out).toContain('something changed among the events 152 to 200');
    expect(code).toBe(1);
  });

  it('with bytes that are no text is found out', () => {
    const bytes = Buffer.from(whole().join(''));
    bytes[bytes.indexOf('密')] = 0xff;
    const file = fileWith(bytes as unknown as string);
    const { code, out } = verify('--export', file, '--key', logKey, '--lang', 'en');
    expect(out).toMatch(/line \d+ of the export is malformed/);
    expect(code).toBe(1);
  });

  it('from EventStoreDB counts positions as that does: they only rise', () => {
    const onServer = (number: number) => `${number}`.padStart(19, '0').replace(/.*/, '$&-$&');
    const lines = (numbers: readonly number[]) => [
      exportHeader(suite, 'whole', { checkpoint: note, origin }),
      ...numbers.map((number, index) => {
        const [event] = events;
        if (event === undefined) throw new Error('no event');
        const facts = { index, revision: index, id: String(index), position: onServer(number) };
        return exportLine({ ...event, ...facts });
      }),
      exportEnd(numbers.length),
    ];
    expect(verified(lines([7, 900, 901])).out).not.toContain('should be here');
    expect(verified(lines([7, 900, 900])).out).toContain('should be here');
  });
});

describe('an export of some events', () => {
  it('proves each of them, and says nothing of the others', () => {
    const { code, out } = verified(part(0, 7, 299, 303), note);
    expect(out).toContain('4 events agree with a checkpoint');
    expect(code).toBe(0);
  });

  it.each<[string, (lines: string[]) => string[], string]>([
    [
      'an event changed',
      (lines) => lines.map((l) => l.replace('"revision":1', '"revision":2')),
      '(stream dossier-2022-0000000000000000000000000000000c, revision 2): not proven',
    ],
    [
      'an event in the place of another',
      (lines) => lines.with(2, (lines[2] ?? '').replace('"index":50', '"index":51')),
      'not proven',
    ],
    [
      'a proof cut short',
      (lines) => lines.map((l) => l.replace(/,"[^"]*"\]}/, ']}')),
      'not proven',
    ],
    ['a proof left out', (lines) => lines.map((l) => l.replace(/,"proof":.*\]/, '')), 'line 2'],
    ['an event twice', (lines) => lines.toSpliced(2, 0, lines[2] ?? ''), 'line 4'],
    [
      'metadata that is none',
      (lines) => lines.map((l) => l.replace(/"metadata":"(?:[^"\\]|\\.)*"/, '"metadata":"{"')),
      'not proven',
    ],
  ])('with %s is found out', (_, change, told) => {
    const lines = change(part(7, 50));
    expect(lines).not.toEqual(part(7, 50));
    const { code, out } = verified(lines);
    expect(out).toContain(told);
    expect(code).toBe(1);
  });

  it('cannot be compared with a checkpoint of another size', () => {
    const { code, out } = verified(part(7), older);
    expect(out).toContain('proves against a checkpoint of 304 events, the one given is of 200');
    expect(code).toBe(1);
  });
});
