import { open, rename, rm } from 'node:fs/promises';
import { DatabaseSync } from '@photostructure/sqlite';

/**
 * Copies a SQLite file as it is at one moment, while others go on writing to it, and puts the copy in the
 * place of an earlier one in one step. Rejects with SQLite's error, or where the copy is damaged.
 */
export async function copyDatabase(from: string, to: string): Promise<void> {
  const draft = `${to}.draft`;
  await rm(draft, { force: true });
  const source = new DatabaseSync(from, { readOnly: true, timeout: 10_000 });
  try {
    source.prepare('VACUUM INTO ?').run(draft);
  } finally {
    source.close();
  }
  check(draft);
  await flush(draft);
  await rename(draft, to);
}

function check(path: string): void {
  const copy = new DatabaseSync(path, { readOnly: true });
  try {
    const found = copy.prepare('PRAGMA integrity_check').all() as { integrity_check: string }[];
    const complaints = found.map(({ integrity_check }) => integrity_check).join('; ');
    if (complaints !== 'ok') throw new Error(`The copy is damaged: ${complaints}`);
  } finally {
    copy.close();
  }
}

async function flush(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
