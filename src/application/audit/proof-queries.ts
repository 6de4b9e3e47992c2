import { Inject } from '@nestjs/common';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';

import type { Hash } from '../../audit/hashes';
import type { MerkleLog } from '../../audit/merkle-log';
import type { NoteSigner } from '../../audit/note-keys';
import { StoredTree } from '../../audit/proofs';
import { encodeRecord } from '../../audit/record';
import type { SignedCheckpoint } from '../../audit/signed-checkpoints';
import type { EventStore, Position } from '../../engine/event-store';
import { encodeJson } from '../../engine/json';
import type { Found, ReadModels } from '../../engine/read-models';
import { auditTrail, type AuditEntry } from '../../projections/audit-trail';
import { checkpoints } from '../../projections/checkpoints';
import { hasRole, reviewerRoles, type Caller } from '../access';
import type { PageRequest } from '../list-queries';
import { AUDIT_SIGNER, MERKLE_LOG, RAW_EVENT_STORE, READ_MODELS } from '../ports';

/** Signed checkpoints, newest first. */
export class ListCheckpoints extends Query<Found<SignedCheckpoint>> {
  constructor(readonly page: PageRequest) {
    super();
  }
}

@QueryHandler(ListCheckpoints)
export class ListCheckpointsHandler implements IQueryHandler<ListCheckpoints> {
  constructor(@Inject(READ_MODELS) private readonly readModels: ReadModels) {}

  execute({ page: { limit, after } }: ListCheckpoints): Promise<Found<SignedCheckpoint>> {
    return this.readModels.find<SignedCheckpoint>(checkpoints, {
      index: 'all',
      equals: {},
      descending: true,
      limit,
      ...(after === null ? {} : { after }),
    });
  }
}

/** That an event is in the log, as far as a checkpoint goes. */
export interface InclusionProof {
  readonly index: number;
  readonly size: number;
  readonly record: Uint8Array;
  readonly hashes: readonly Hash[];
  /** The checkpoint of exactly this size; null where none was signed. */
  readonly checkpoint: SignedCheckpoint | null;
}

/** `size` null for the newest checkpoint. */
export class GetInclusionProof extends Query<InclusionProof | 'unknown' | 'not-yet'> {
  constructor(
    readonly position: Position,
    readonly size: number | null,
    readonly caller: Caller,
  ) {
    super();
  }
}

@QueryHandler(GetInclusionProof)
export class GetInclusionProofHandler implements IQueryHandler<GetInclusionProof> {
  constructor(
    @Inject(RAW_EVENT_STORE) private readonly store: EventStore,
    @Inject(READ_MODELS) private readonly readModels: ReadModels,
    @Inject(MERKLE_LOG) private readonly merkle: MerkleLog,
    @Inject(AUDIT_SIGNER) private readonly signer: NoteSigner,
  ) {}

  async execute({ position, size: wanted, caller }: GetInclusionProof) {
    const entry = await this.readModels.get<AuditEntry>(auditTrail, position);
    if (entry === undefined || !mayKnow(entry, caller)) return 'unknown';
    const [event] = await this.store.read(entry.stream, entry.revision);
    if (event === undefined) return 'unknown';
    const index = await this.merkle.indexOf(position);
    const checkpoint = await checkpointAt(this.readModels, wanted);
    const size = wanted ?? checkpoint?.size ?? 0;
    const sealed = (await this.merkle.frontier()).size;
    if (index === undefined || index >= size || size > sealed) return 'not-yet';
    const { suite } = this.signer.key;
    const record = encodeRecord(
      event,
      suite.hash(encodeJson(event.data)),
      suite.hash(encodeJson({ ...event.metadata })),
    );
    const hashes = await new StoredTree(suite, this.merkle.hashes).inclusionProof(index, size);
    return { index, size, record, hashes, checkpoint };
  }
}

export class GetConsistencyProof extends Query<readonly Hash[] | 'not-yet'> {
  constructor(
    readonly from: number,
    readonly to: number,
  ) {
    super();
  }
}

@QueryHandler(GetConsistencyProof)
export class GetConsistencyProofHandler implements IQueryHandler<GetConsistencyProof> {
  constructor(
    @Inject(MERKLE_LOG) private readonly merkle: MerkleLog,
    @Inject(AUDIT_SIGNER) private readonly signer: NoteSigner,
  ) {}

  async execute({ from, to }: GetConsistencyProof) {
    if (to > (await this.merkle.frontier()).size) return 'not-yet';
    return new StoredTree(this.signer.key.suite, this.merkle.hashes).consistencyProof(from, to);
  }
}

async function checkpointAt(
  readModels: ReadModels,
  size: number | null,
): Promise<SignedCheckpoint | null> {
  if (size !== null) {
    return (await readModels.get<SignedCheckpoint>(checkpoints, String(size))) ?? null;
  }
  const { items } = await readModels.find<SignedCheckpoint>(checkpoints, {
    index: 'all',
    equals: {},
    descending: true,
    limit: 1,
  });
  return items[0] ?? null;
}

/** Whoever it is about, and whoever reviews or audits where it happened. */
function mayKnow({ person, jurisdiction }: AuditEntry, caller: Caller): boolean {
  const { organisation } = caller;
  return (
    (hasRole(caller, 'applicant') && person === caller.subject) ||
    (organisation !== null &&
      jurisdiction.includes(organisation) &&
      hasRole(caller, ...reviewerRoles, 'auditor'))
  );
}
