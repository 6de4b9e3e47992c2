import { createSecretKey } from 'node:crypto';

import { DossierIds } from '../../src/application/dossier-ids';
import { lookupKeyFits } from '../../src/application/lookup-key-check';
import { streamOf } from '../../src/dossier/stream';
import type { EventMetadata } from '../../src/engine/event-store';
import { MemoryEventStore } from '../support/memory-event-store';

describe('The LOOKUP_KEY', () => {
  const idsOf = (key: string) => new DossierIds(createSecretKey(key, 'utf8'));
  const former = idsOf('the key the log was written with');
  const other = idsOf('another key');
  const metadata: EventMetadata = {
    at: '2022-08-10T09:00:00.000+08:00',
    actor: { kind: 'system', process: 'spec' },
    address: null,
    command: null,
    policyVersion: 1,
    person: 'alice',
    jurisdiction: [],
  };
  const event = (id: number, type: string) => ({
    id: `00000000-0000-4000-8000-00000000000${id}`,
    type,
    data: {},
    metadata,
  });

  it('fits any log without a dossier', async () => {
    const log = new MemoryEventStore();
    expect(await lookupKeyFits(log, other)).toBe(true);
    await log.append('organisations', [event(1, 'OrganisationDescribed')], 'no-stream');
    expect(await lookupKeyFits(log, other)).toBe(true);
  });

  it('is the one the first dossier was opened under', async () => {
    const log = new MemoryEventStore();
    await log.append('organisations', [event(1, 'OrganisationDescribed')], 'no-stream');
    const stream = streamOf(former.of('2022', 'alice'));
    await log.append(stream, [event(2, 'DossierOpened'), event(3, 'SectionSaved')], 'no-stream');
    expect(await lookupKeyFits(log, former)).toBe(true);
    expect(await lookupKeyFits(log, other)).toBe(false);
  });
});
