import { join } from 'node:path';

import { decryptedFile } from '../../src/adapters/evidence/encrypted-file';
import { SqliteEventStore } from '../../src/adapters/sqlite/event-store';
import { SqliteKeyStore } from '../../src/adapters/sqlite/key-store';
import { MasterKeys } from '../../src/engine/master-keys';
import { PersonKeys, type PersonKey } from '../../src/engine/person-keys';
import { PersonalDataCipher } from '../../src/engine/personal-data-cipher';
import { personalData } from '../../src/privacy/personal-data';
import { testConfig } from '../support/http';
import { everyEvent } from '../support/service';
import { filesIn, sightings, type Canary } from './canaries';

/** Whether a text of the log and a file of one folder open with any key of another. */
export async function openedWith(
  data: string,
  keyFolder: string,
  canaries: readonly Canary[],
): Promise<{ readonly values: boolean; readonly files: boolean }> {
  const { masterKeys } = testConfig();
  const masters = new MasterKeys(masterKeys.newest);
  const keyStore = SqliteKeyStore.open(join(keyFolder, 'keys.db'));
  const log = SqliteEventStore.open(join(data, 'events.db'));
  try {
    const people = (await keyStore.list(null, 1000)).map(({ person }) => person);
    const keys = new PersonKeys(keyStore, masters);
    const events = (await everyEvent(log)).filter(({ metadata }) => metadata.person === 'wren');
    const found = { values: false, files: false };
    for (const person of people) {
      const key = await keys.existing(person);
      if (key === undefined || key === 'erased') continue;
      const asTheirs = new PersonalDataCipher(keys, personalData);
      for (const event of events) {
        const opened = await asTheirs.decrypt([{ ...event, person }]).catch(() => null);
        if (
          opened !== null &&
          sightings(canaries, Buffer.from(JSON.stringify(opened)), '').length > 0
        )
          found.values = true;
      }
      for (const [path, bytes] of filesIn(data)) {
        if (path.startsWith('evidence') && (await opensAsFile(bytes, key, canaries)))
          found.files = true;
      }
    }
    return found;
  } finally {
    await log.close();
    await keyStore.close();
  }
}

async function opensAsFile(
  bytes: Buffer,
  { files }: PersonKey,
  canaries: readonly Canary[],
): Promise<boolean> {
  const content = async function* () {
    await Promise.resolve();
    yield bytes;
  };
  const plain: Buffer[] = [];
  try {
    for await (const piece of decryptedFile(content(), files)) plain.push(piece);
  } catch {
    return false;
  }
  return sightings(canaries, Buffer.concat(plain), '').length > 0;
}
