import { openCheckpoint } from '../../src/audit/checkpoint';
import { leafHash } from '../../src/audit/hashes';
import { parseVerifierKey } from '../../src/audit/note-keys';
import { verifiesConsistency, verifiesInclusion } from '../../src/audit/proof-verification';
import { ed25519Sha256 as suite } from '../../src/audit/suite';
import { body, refusal, startService, until, type ServiceInProcess } from '../support/service';
import { DossierFile } from './dossier-file';
import { alice, auditor, bob, neighbourReviewer, unitReviewer } from './people';

interface Checkpoints {
  readonly key: string;
  readonly items: readonly { readonly size: number; readonly at: string; readonly note: string }[];
}

interface Inclusion {
  readonly index: number;
  readonly size: number;
  readonly record: string;
  readonly hashes: readonly string[];
  readonly checkpoint: string;
}

const bytes = (text: string): Buffer => Buffer.from(text, 'base64');

describe('Proofs of the record', () => {
  let service: ServiceInProcess;
  let receipt: string;

  const checkpoints = () => body<Checkpoints>(service.as(alice).get('/v1/audit/checkpoints'), 200);
  const inclusion = (position: string, by = alice) =>
    service.as(by).get(`/v1/audit/proofs/inclusion?position=${position}`);
  const consistency = (from: number, to: number) =>
    service.as(alice).get(`/v1/audit/proofs/consistency?from=${from}&to=${to}`);

  /** What was signed once more was added to the log, and a minute went by. */
  const signed = async (): Promise<void> => {
    const { items } = await checkpoints();
    const now = new Date(Date.parse(items[0]?.at ?? '') + 120_000).toISOString();
    await service.as(alice).post('/v1/simulation/clock', { now });
    await until(async () => (await checkpoints()).items.length > items.length);
  };

  beforeAll(async () => {
    service = await startService();
    const file = await DossierFile.filed(service, alice);
    receipt = file.position;
    await until(async () => (await checkpoints()).items.length > 0);
    await signed();
  });

  afterAll(() => service.stop());

  it('show by a receipt alone that the filing is in the log that was signed', async () => {
    const proof = await body<Inclusion>(inclusion(receipt), 200);
    const key = parseVerifierKey(suite, (await checkpoints()).key);
    const { checkpoint } = openCheckpoint(proof.checkpoint, key);
    const leaf = leafHash(suite, bytes(proof.record));
    const { index } = proof;
    const hashes = proof.hashes.map(bytes);
    expect(checkpoint.size).toBe(proof.size);
    expect(verifiesInclusion(suite, { index, leaf }, checkpoint, hashes)).toBe(true);
    const another = leafHash(suite, Buffer.concat([bytes(proof.record), Buffer.of(0)]));
    expect(verifiesInclusion(suite, { index, leaf: another }, checkpoint, hashes)).toBe(false);
    expect(bytes(proof.record).toString()).toContain('DossierSubmitted');
  });

  it('show that a later log begins with the earlier one', async () => {
    await DossierFile.open(service, bob);
    await signed();
    const { key, items } = await checkpoints();
    const log = parseVerifierKey(suite, key);
    const [late, early] = items.map(({ note }) => openCheckpoint(note, log).checkpoint);
    if (late === undefined || early === undefined) throw new Error('two checkpoints are needed');
    const { hashes } = await body<{ hashes: string[] }>(consistency(early.size, late.size), 200);
    expect(verifiesConsistency(suite, early, late, hashes.map(bytes))).toBe(true);
    const forged = { ...early, root: late.root };
    expect(verifiesConsistency(suite, forged, late, hashes.map(bytes))).toBe(false);
  });

  it('are for whoever it is about, and for those who review and audit it', async () => {
    for (const person of [alice, unitReviewer, auditor]) {
      expect((await inclusion(receipt, person)).status).toBe(200);
    }
    for (const person of [bob, neighbourReviewer]) {
      expect(await refusal(inclusion(receipt, person))).toEqual([404, 'not-found']);
    }
    expect(await refusal(service.as(null).get('/v1/audit/checkpoints'))).toEqual([
      401,
      'token-missing',
    ]);
  });

  it('are not given for what is not signed yet, or cannot be', async () => {
    const { position } = await DossierFile.open(service, { ...bob, subject: 'late' });
    expect(
      await refusal(inclusion(position, { ...bob, subject: 'late' }).set('Read-After', position)),
    ).toEqual([409, 'not-yet-signed']);
    expect(await refusal(consistency(1, 1_000_000))).toEqual([409, 'not-yet-signed']);
    expect(await refusal(consistency(5, 4))).toEqual([400, 'size-malformed']);
    expect((await consistency(-1, 4)).status).toBe(400);
    expect(await refusal(inclusion('nonsense'))).toEqual([404, 'not-found']);
  });

  it('go on the same after a restart', async () => {
    const before = await checkpoints();
    service = await service.restart();
    const after = await checkpoints();
    expect(after.items.slice(-before.items.length)).toEqual(before.items);
    expect((await inclusion(receipt)).status).toBe(200);
  });

  it.each(['%00', '%20', 'x'.repeat(65), ''])('are of no position like "%s"', async (position) => {
    const [status] = await refusal(inclusion(position));
    expect(status).toBe(400);
  });
});
