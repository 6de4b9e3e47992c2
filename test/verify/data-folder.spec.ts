import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { formatNote, cosignText, parseNote } from '../../src/audit/note';
import { formatVerifierKey } from '../../src/audit/note-keys';
import { elsewhere, log, otherLog, witness } from '../audit/keys';
import {
  checkpointOf,
  copyOf,
  inDatabase,
  makeLog,
  newFolder,
  openLog,
  project,
  removeFolders,
  seal,
  settled,
} from './log';
import { fileWith, logKey, verify, verifyFolder } from './running';

let folder: string;
let note: string;

beforeAll(async () => {
  folder = await makeLog(600, { every: 100 });
  await project(folder);
  note = await checkpointOf(folder);
});

afterAll(removeFolders);

const position = (number: number) => String(number).padStart(16, '0');

describe('a sound data folder', () => {
  it('is told to be sound, with how much was checked and how fast', () => {
    const { code, out, err } = verifyFolder(folder, note);
    expect(out).toContain('Result: nothing wrong was found.');
    expect(code).toBe(0);
    expect(err).toBe('');
    expect(out).toMatch(/^606 events in \d+\.\d\d s, \d+ a second\.$/m);
    expect(out).toContain('1 from outside, 6 in the log.');
    expect(out).toContain('606 events agree with a checkpoint, 0 after it are not yet sealed.');
    expect(out).toContain(`a replay: 75, up to position ${position(606)}.`);
    expect(out).toContain('Entries of the audit trail compared with the log: 606.');
  });

  it('is told so in Chinese unless asked otherwise', () => {
    const { code, out } = verify('--data', folder, '--key', logKey);
    expect(code).toBe(0);
    expect(out).toContain('结论：未发现问题。');
    expect(out).toContain('日志若连同其中的检查点一起退回旧版本，则无法发现。');
  });

  it('has events that no checkpoint seals yet: they are counted', async () => {
    const grown = copyOf(folder);
    const store = openLog(grown);
    const [last] = await store.read('dossier-2022-00000000000000000000000000000000');
    if (last === undefined) throw new Error('no event');
    await store.append('later', [{ ...last, id: 'later' }], 'no-stream');
    await store.close();
    const { code, out } = verifyFolder(grown, note);
    expect(out).toContain('606 events agree with a checkpoint, 1 after it are not yet sealed.');
    expect(code).toBe(0);
  });

  it('is left exactly as it was', () => {
    const closed = settled(folder);
    const content = () =>
      readdirSync(closed).map((name) => [name, readFileSync(join(closed, name), 'base64')]);
    const before = content();
    expect(before.map(([name]) => name).sort()).toEqual(['events.db', 'read-models.db']);
    verifyFolder(closed, note);
    expect(content()).toEqual(before);
  });

  it('may be in use: what is not yet in the main file is checked too', async () => {
    const live = copyOf(folder);
    const store = openLog(live);
    await seal(store);
    expect(statSync(join(live, 'events.db-wal')).size).toBeGreaterThan(0);
    const running = verifyFolder(live, note);
    const backup = copyOf(live);
    await store.close();
    expect(running.out).toContain('607 events');
    expect(running.code).toBe(0);

    const files = readdirSync(backup);
    expect(files).toContain('events.db-wal');
    expect(files).not.toContain('events.db-shm');
    const { code, out } = verifyFolder(backup, note);
    expect(readdirSync(backup)).toEqual(files);
    expect(out).toContain('607 events');
    expect(code).toBe(0);
  });

  it('may be empty', async () => {
    const { code, out } = verifyFolder(await makeLog(0));
    expect(out).toContain('0 events');
    expect(code).toBe(0);
  });

  it('of older programs keeps no tree, and is checked all the same', () => {
    const older = copyOf(folder);
    inDatabase(older, (database) => {
      database.exec('DROP TABLE tiles; DROP TABLE frontier');
    });
    expect(verifyFolder(older, note).code).toBe(0);
  });
});

describe('what was changed is named', () => {
  const changed = (sql: string, file?: string) => {
    const copy = copyOf(folder);
    inDatabase(
      copy,
      (database) => {
        database.exec(sql);
      },
      file,
    );
    const { code, out } = verifyFolder(copy, note);
    expect(code).toBe(1);
    return out.slice(out.indexOf('Result:'));
  };

  it('an event, by its position, stream and revision', () => {
    const out = changed(
      `UPDATE events SET data = replace(data, '"level":"', '"level": "') WHERE position = 42`,
    );
    expect(out).toContain(
      `The first place:\n  position ${position(42)} (stream dossier-2022-00000000000000000000000000000029, revision 0): the event is not the one that was sealed`,
    );
  });

  it('an event too new for its leaf to be kept, by the checkpoints around it', () => {
    expect(changed("UPDATE events SET type = 'x' WHERE position = 600")).toContain(
      'something changed among the events 505 to 605',
    );
  });

  it.each([
    ['DELETE FROM events WHERE position = 42', `position ${position(42)} should be here`],
    [
      'UPDATE events SET revision = 9 WHERE position = 42',
      `position ${position(42)} (stream dossier-2022-00000000000000000000000000000029, revision 9): revision 0 should be here`,
    ],
    [
      'UPDATE events SET id = (SELECT id FROM events WHERE position = 41) WHERE position = 42',
      `position ${position(42)} (stream dossier-2022-00000000000000000000000000000029, revision 0): the event's id was there before`,
    ],
    ["UPDATE events SET data = '{' WHERE position = 42", 'column data is not JSON'],
    ["UPDATE events SET metadata = '{}' WHERE position = 42", 'names no instant or no actor'],
    [
      "UPDATE events SET data = CAST(x'22ff22' AS TEXT) WHERE position = 42",
      'column data is not UTF-8 text',
    ],
    ['DELETE FROM events WHERE position > 600', 'the end is cut off'],
    [
      'DELETE FROM events WHERE position > 600; UPDATE sqlite_sequence SET seq = 600',
      'there should be 606 events, there are 600',
    ],
    ["UPDATE frontier SET hashes = replace(hashes, 'A', 'B')", "the tree's edge at 606 events"],
    ['UPDATE frontier SET size = 605', "the tree's edge at 605 events"],
    ['UPDATE tiles SET hashes = zeroblob(8192) WHERE level = 0 AND tile = 1', 'tile 1 of level 0'],
    ['DELETE FROM tiles WHERE level = 8', 'tile 0 of level 8'],
    ['INSERT INTO tiles VALUES (0, 7, zeroblob(8192))', 'tile 7 of level 0'],
    [
      'CREATE TRIGGER t AFTER INSERT ON events BEGIN DELETE FROM events; END',
      'not built as the service builds it: trigger t',
    ],
  ])('%s', (sql, sentence) => {
    expect(changed(sql)).toContain(sentence);
  });

  it('a value of another type, which a table that is not strict would take', () => {
    const table =
      'position INTEGER PRIMARY KEY AUTOINCREMENT, stream, revision, id, type, data, metadata';
    const out = changed(`
      ALTER TABLE events RENAME TO strict;
      CREATE TABLE events (${table}, UNIQUE (stream, revision));
      INSERT INTO events SELECT position, stream, revision, id, type,
        iif(position = 42, CAST(data AS BLOB), data), metadata FROM strict;
      DROP TABLE strict`);
    expect(out).toContain(`${position(42)} (stream dossier`);
    expect(out).toContain('column data (blob) is stored as another type');
  });

  it.each([
    ['stream TEXT COLLATE NOCASE NOT NULL', 'collation NOCASE'],
    ['stream TEXT NOT NULL, also TEXT', 'columns: '],
    ['stream TEXT NOT NULL, more TEXT AS (type)', 'columns: '],
  ])('a table that is declared in another way: %s', (column, told) => {
    const out = changed(`
      CREATE TABLE other (position INTEGER PRIMARY KEY AUTOINCREMENT, ${column},
        revision INTEGER NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL, data TEXT NOT NULL,
        metadata TEXT NOT NULL, UNIQUE (stream, revision)) STRICT;
      INSERT INTO other (position, stream, revision, id, type, data, metadata) SELECT * FROM events;
      DROP TABLE events;
      ALTER TABLE other RENAME TO events`);
    expect(out).toContain(`not built as the service builds it: ${told}`);
  });

  it.each([
    ['status', 'accepted', '"accepted"'],
    ['revision', 9, '9'],
    ['submissions', 1, '1'],
  ])('a document whose %s is not what a replay gives', (field, value, told) => {
    const out = changed(
      `UPDATE documents_2 SET document = json_set(document, '$.${field}', json('${JSON.stringify(value)}'))
       WHERE id LIKE '%00000007'`,
      'read-models.db',
    );
    expect(out).toContain('the document of dossier 2022-00000000000000000000000000000007 differs');
    expect(out).toContain(`${told} in the document`);
  });

  it('a document too many, or one that is not there', () => {
    expect(
      changed("INSERT INTO documents_2 VALUES ('2022-0000', '{}')", 'read-models.db'),
    ).toContain('dossier 2022-0000 differs from the log: documents is 0 by replay, 1');
    expect(
      changed("DELETE FROM documents_2 WHERE id LIKE '%00000007'", 'read-models.db'),
    ).toContain('documents is 1 by replay, 0 in the document');
  });

  const trail = 'documents_4';
  const entry = `${position(42)}'`;
  it.each([
    [
      'at',
      `UPDATE ${trail} SET document = json_set(document, '$.at', '2022') WHERE id = '${entry}`,
    ],
    [
      'actor',
      `UPDATE ${trail} SET document = json_set(document, '$.actor', 'x') WHERE id = '${entry}`,
    ],
    [
      'dossier',
      `UPDATE ${trail} SET document = json_remove(document, '$.dossier') WHERE id = '${entry}`,
    ],
    [
      'details',
      `UPDATE ${trail} SET document = json_set(document, '$.details.x', 1) WHERE id = '${entry}`,
    ],
    ['position', `DELETE FROM ${trail} WHERE id = '${entry}`],
  ])('an entry of the audit trail by its %s, or one that is not there', (field, sql) => {
    expect(changed(sql, 'read-models.db')).toContain(
      `the audit trail differs from the log at position ${position(42)}: ${field}`,
    );
  });

  it('an entry of the audit trail too many, wherever it stands', () => {
    for (const id of ['0000000000000000', `${position(42)}x`, '9']) {
      expect(changed(`INSERT INTO ${trail} VALUES ('${id}', '{}')`, 'read-models.db')).toContain(
        `the audit trail differs from the log at position ${id}: entry`,
      );
    }
  });

  it('documents that have seen more than the log holds', () => {
    const out = changed(
      `UPDATE checkpoints SET position = '${position(700)}' WHERE collection = 'dossiers'`,
      'read-models.db',
    );
    expect(out).toContain('the documents have reached position 0000000000000700');
  });

  it('a file that is none any more', () => {
    const copy = copyOf(folder);
    inDatabase(copy, (database) => {
      database.exec('DROP TABLE events');
    });
    const { code, out } = verifyFolder(copy, note);
    expect(code).toBe(1);
    expect(out).toContain('events.db');
  });
});

describe('documents that lag behind the log', () => {
  it('are compared as far as they have come', async () => {
    const grown = copyOf(folder);
    const store = openLog(grown);
    const stream = 'dossier-2022-00000000000000000000000000000001';
    const events = await store.read(stream);
    const last = events.at(-1);
    if (last === undefined) throw new Error('no event');
    await store.append(stream, [{ ...last, id: 'later' }], last.revision);
    await store.close();
    const { code, out } = verifyFolder(grown, note);
    expect(out).toContain(`a replay: 75, up to position ${position(606)}.`);
    expect(code).toBe(0);
  });
});

describe('a checkpoint', () => {
  it('that is missing everywhere leaves nothing proven', async () => {
    const unsealed = await makeLog(10, { every: 100 });
    const { code, out } = verifyFolder(unsealed);
    expect(out).toContain('there is no checkpoint to compare with: nothing is proven');
    expect(code).toBe(1);
  });

  it.each([
    [
      'of another log',
      () => checkpointOf(folder, elsewhere),
      'no log key that was given signed it',
    ],
    [
      'of another log by the same key',
      () => checkpointOf(folder, log, 'elsewhere.example/log'),
      'it is of another log',
    ],
    ['by another key', () => checkpointOf(folder, otherLog), 'no log key that was given signed it'],
    ['with another size', () => note.replace('\n606\n', '\n605\n'), 'does not fit the text'],
    ['that is none', () => 'trust me\n', 'it is no signed note'],
  ])('%s is not believed', async (_, given, reason) => {
    const { code, out } = verifyFolder(folder, await given());
    expect(out).toContain(reason);
    expect(code).toBe(1);
  });

  it('is the newest of a witness’s file', async () => {
    const older = await checkpointOf(await makeLog(10, { every: 100 }));
    expect(verifyFolder(folder, `${note}\n`).code).toBe(0);
    expect(verifyFolder(folder, `${older}\n${note}\n${note}\n`).code).toBe(0);
    const { code, out } = verifyFolder(folder, `${note}\n${older}\n`);
    expect(out).toContain('something changed among the events');
    expect(code).toBe(1);
  });

  it('must be cosigned by every witness asked for', () => {
    const args = ['--data', folder, '--key', logKey, '--lang', 'en', '--witness'];
    const asked = (text: string) =>
      verify(...args, formatVerifierKey(witness.key), '--checkpoint', fileWith(text));
    const { text, signatures } = parseNote(note);
    const cosigned = formatNote({
      text,
      signatures: [...signatures, cosignText(text, witness, 1_659_315_600)],
    });
    expect(asked(note).out).toContain('is not cosigned by witness.example/w1');
    expect(asked(note).code).toBe(1);
    expect(asked(cosigned).code).toBe(0);
  });

  it('in the log must be of what stands before it', async () => {
    const forged = copyOf(folder);
    const other = await makeLog(300);
    const store = openLog(other);
    await seal(store);
    const [event] = (await store.read('audit-checkpoints')).slice(-1);
    await store.close();
    const victim = openLog(forged);
    const revision = (await victim.read('audit-checkpoints')).at(-1)?.revision ?? 0;
    if (event === undefined) throw new Error('no checkpoint');
    await victim.append('audit-checkpoints', [{ ...event, id: 'forged' }], revision);
    await victim.close();
    const { code, out } = verifyFolder(forged, note);
    expect(out).toContain('its size does not fit the place where it stands');
    expect(code).toBe(1);
  });

  it('in the log by a key that was changed since is compared, and told of', async () => {
    const rotated = await makeLog(50);
    const store = openLog(rotated);
    await seal(store, otherLog);
    await store.close();
    const { code, out } = verifyFolder(rotated);
    expect(out).toContain('2 in the log (1 of them signed by no key that was given).');
    expect(code).toBe(0);
    const both = verify(
      ...['--data', rotated, '--lang', 'en'],
      ...['--key', logKey, '--key', formatVerifierKey(otherLog.key)],
    );
    expect(both.out).toContain('2 in the log.');
  });
});

describe('wrong usage', () => {
  it.each([
    [],
    ['--data', '.'],
    ['--key', logKey],
    ['--data', newFolder(), '--key', logKey],
    ['--export', '/nowhere', '--key', logKey],
    ['--data', '.', '--export', 'x', '--key', logKey],
    ['--data', '.', '--key', 'no key'],
    ['--data', '.', '--key', formatVerifierKey(witness.key)],
    ['--data', '.', '--key', logKey, '--lang', 'fr'],
    ['--data', '.', '--key', logKey, '--what'],
  ])('ends with 2 and says what is meant: %s %s %s', (...args) => {
    const { code, out, err } = verify(...args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).not.toBe('');
  });

  it('is told in the language asked for', () => {
    expect(verify('--lang', 'en').err).toContain('Usage:');
    expect(verify().err).toContain('用法：');
  });

  it('of a checkpoint that is not there', () => {
    const args = ['--data', folder, '--key', logKey, '--checkpoint', '/nowhere'];
    expect(verify(...args)).toMatchObject({ code: 2, err: '无法读取：/nowhere' });
    expect(log.key.name).toBe('title-review.example/log');
  });
});
