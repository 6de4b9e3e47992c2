import type { Choice, DossierEvent } from '../../src/dossier/events';
import { streamOf } from '../../src/dossier/stream';
import type { Json, RecordedEvent } from '../../src/engine/event-store';
import type { Instant } from '../../src/engine/instant';
import type { Look, Projection } from '../../src/engine/projection';
import type { Document } from '../../src/engine/read-models';
import type { Organisation, ReviewChain } from '../../src/organisations/organisation';
import { stageAt } from '../../src/organisations/organisation';
import type { Policy } from '../../src/rounds/policy';
import { policy2022 } from '../../src/rounds/policy-2022';
import { roundsStream } from '../../src/rounds/rounds';

/* A log as the service leaves it, written down event by event: what leads are told from. */

export const chainA: ReviewChain = ['station-a', 'bureau-a', 'office'];
export const chainB: ReviewChain = ['station-b', 'bureau-b', 'office'];
export const chainC: ReviewChain = ['station-c', 'bureau-b', 'office'];

export const sha = (letter: string): string => letter.repeat(64);

/** A dossier's id of its own for each name and round. */
export const dossierOf = (name: string, round = '2022'): string =>
  `${round}-${Buffer.from(name).toString('hex').padEnd(32, '0').slice(0, 32)}`;

/** Who acts, from where, and when. */
export interface Act {
  readonly by: string;
  readonly at: Instant;
  readonly from?: string | null;
  readonly organisation?: string;
  readonly policyVersion?: number;
}

const choice: Choice = {
  level: 'senior',
  specialty: policy2022.specialty.code,
  subSpecialty: 'construction',
  organisation: 'station-a',
  reviewRoute: null,
};

interface Standing {
  readonly applicant: string;
  readonly chain: ReviewChain;
  readonly filed: number;
  readonly step: number;
}

export class Log {
  readonly events: RecordedEvent[] = [];
  private readonly revisions = new Map<string, number>();
  private readonly standings = new Map<string, Standing>();

  /** Publishes the round of 2022 first, under this policy. */
  constructor(policy: Policy = policy2022) {
    this.decree(policy, 1);
  }

  decree(policy: Policy, version: number): void {
    const data = { round: policy.round, version, policy, at: '', reason: '通知' };
    const type = version === 1 ? 'RoundPublished' : 'PolicyCorrected';
    this.add(roundsStream, type, data as unknown as Json, {
      actor: { kind: 'system', process: 'test' },
      at: '2022-08-01T00:00:00.000+08:00',
      address: null,
      policyVersion: null,
      person: null,
      jurisdiction: [],
    });
  }

  /** Opened and filed; answers with the dossier's id. */
  file(applicant: string, act: Omit<Act, 'by'>, chain = chainA, round = '2022'): string {
    const id = dossierOf(applicant, round);
    const known = this.standings.get(id);
    const standing = { applicant, chain, filed: (known?.filed ?? 0) + 1, step: 0 };
    this.standings.set(id, standing);
    const to = stageAt(chain, 0);
    if (to === undefined) throw new Error('no stage');
    const number = standing.filed;
    const filing = {
      ...{ number, at: act.at, contentHash: sha('0'), counted: true, remaining: 3 - number },
      ...{ warnings: [], answers: [], to },
    };
    const type = number === 1 ? 'DossierSubmitted' : 'DossierResubmitted';
    const data = { round, applicant, unit: unitOf(chain), filing, choice, chain };
    this.happens(id, { type, data }, { organisation: chain[0], ...act, by: applicant });
    return id;
  }

  attach(applicant: string, sha256: string, act: Omit<Act, 'by'>, chain = chainA, round = '2022') {
    const id = dossierOf(applicant, round);
    if (!this.standings.has(id)) {
      this.standings.set(id, { applicant, chain, filed: 0, step: 0 });
    }
    const attachment = { sha256, mediaType: 'application/pdf', bytes: 1, name: 'encrypted:v1:x' };
    const data = { attachment };
    this.happens(id, { type: 'EvidenceAttached', data }, { ...act, by: applicant });
    return id;
  }

  attachPaper(id: string, sha256: string, act: Act): void {
    const attachment = { sha256, mediaType: 'application/pdf', bytes: 1, name: 'encrypted:v1:x' };
    this.happens(id, { type: 'UnitPaperAttached', data: { attachment } }, act);
  }

  /** To the next stage, or to the acceptance. */
  pass(id: string, act: Act, papers: Readonly<Record<string, string>> = {}): void {
    const standing = this.standing(id);
    const from = stageAt(standing.chain, standing.step);
    const to = stageAt(standing.chain, standing.step + 1);
    if (from === undefined) throw new Error('nowhere');
    this.standings.set(id, { ...standing, step: standing.step + 1 });
    const by = { organisation: from.organisation, ...act };
    if (to === undefined) {
      this.happens(id, { type: 'DossierAccepted', data: { from, at: act.at } }, by);
    } else if (from.step === 0) {
      const data = { from, to, checklist: ['authentic'], statement: '', papers };
      this.happens(id, { type: 'DossierRecommended', data }, by);
    } else {
      this.happens(id, { type: 'DossierEndorsed', data: { from, to, opinion: '' } }, by);
    }
  }

  giveBack(id: string, act: Act): void {
    const { chain, step, filed } = this.standing(id);
    const from = stageAt(chain, step);
    if (from === undefined) throw new Error('nowhere');
    const data = { number: filed, at: act.at, from, submission: filed, reasons: [] };
    const by = { organisation: from.organisation, ...act };
    this.happens(id, { type: 'DossierReturned', data }, by);
  }

  happens(id: string, { type, data }: DossierEvent, act: Act): void {
    const { applicant, chain } = this.standing(id);
    const { by: subject, at, from: address = null, policyVersion = 1 } = act;
    const organisation = act.organisation ?? chain[0];
    this.add(streamOf(id), type, data as unknown as Json, {
      actor: { kind: 'person', subject, roles: [], organisation },
      ...{ at, address, policyVersion, person: applicant, jurisdiction: chain },
    });
  }

  stepOf(id: string): number {
    return this.standing(id).step;
  }

  private standing(id: string): Standing {
    const standing = this.standings.get(id);
    if (standing === undefined) throw new Error(`${id} was never filed`);
    return standing;
  }

  private add(
    stream: string,
    type: string,
    data: Json,
    metadata: Omit<RecordedEvent['metadata'], 'command'>,
  ): void {
    const revision = (this.revisions.get(stream) ?? -1) + 1;
    this.revisions.set(stream, revision);
    const position = String(this.events.length).padStart(12, '0');
    const where = { id: `event-${position}`, stream, revision, position };
    this.events.push({ ...where, type, data, metadata: { ...metadata, command: null } });
  }
}

/** The documents of a projection after the events, folded one by one. */
export function folded<D extends Document>(
  projection: Projection<D>,
  events: readonly RecordedEvent[],
): ReadonlyMap<string, D> {
  const documents = new Map<string, D>();
  const look: Look<D> = (key) => documents.get(key);
  for (const event of events) {
    if (!projection.prefixes.some((prefix) => event.stream.startsWith(prefix))) continue;
    const results = projection
      .keys(event)
      .map((key) => [key, projection.project(documents.get(key), event, key, look)] as const);
    for (const [key, document] of results) {
      if (document === undefined) documents.delete(key);
      else documents.set(key, document);
    }
  }
  return documents;
}

function unitOf([id, supervisedBy]: ReviewChain): Organisation {
  return {
    ...{ id, name: id, kind: 'public-institution', tier: 'county', prefecture: 'ili' },
    ...{ ownership: 'local-state', waterSystem: false, supervisedBy },
  };
}
