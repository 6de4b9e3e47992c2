import type { EvidenceStore } from '../../src/engine/evidence-store';
import { type Backing, onEveryAdapter } from './adapters';
import { evidenceStoreContract } from './evidence-store.contract';
import { mongoEvidenceStores } from './mongodb-backing';

onEveryAdapter(mongoEvidenceStores(), (name, open) => {
  const opened: Backing<EvidenceStore>[] = [];
  afterAll(async () => {
    for (const backing of opened) await backing.dispose();
  });
  evidenceStoreContract(name, async () => {
    const backing = await open();
    opened.push(backing);
    return backing.connect();
  });
});
