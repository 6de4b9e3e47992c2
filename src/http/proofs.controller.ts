import { Controller, Get, Inject, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';

import {
  GetConsistencyProof,
  GetInclusionProof,
  ListCheckpoints,
} from '../application/audit/proof-queries';
import { AUDIT_SIGNER } from '../application/ports';
import type { RequestContext } from '../application/request';
import { formatVerifierKey, type NoteSigner } from '../audit/note-keys';
import type { Hash } from '../audit/hashes';
import { checkpoints } from '../projections/checkpoints';
import { auditTrail } from '../projections/audit-trail';
import { decodeCursor, pageOf } from './answers';
import { Context, ReadsFrom } from './decorators';
import { ConsistencyDto, InclusionDto } from './dto/proof.dto';
import { PageDto } from './dto/query.dto';
import { malformed, notFound, Problem } from './problem';

class CheckpointAnswer {
  /** Events it is over, from the first on. */
  size!: number;
  at!: string;
  /** The signed note (c2sp.org/tlog-checkpoint). */
  note!: string;
}

class CheckpointsAnswer {
  /** What the notes are signed with. Trust it only as it was handed to you elsewhere. */
  key!: string;
  items!: CheckpointAnswer[];
  nextCursor!: string | null;
}

class InclusionAnswer {
  position!: string;
  /** Place of the event in the log, from 0. */
  index!: number;
  size!: number;
  /** What is hashed to the leaf, in Base64; docs/audit-format.md says its bytes. */
  record!: string;
  /** From the leaf's neighbour up, in Base64. */
  hashes!: string[];
  /** The signed checkpoint of this size; null where there is none. */
  checkpoint!: string | null;
}

class ConsistencyAnswer {
  from!: number;
  to!: number;
  hashes!: string[];
}

/** Proofs of the record, checked by whoever trusts nothing but a checkpoint. */
@ApiTags('audit')
@ApiBearerAuth()
@Controller('v1/audit')
export class ProofsController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(AUDIT_SIGNER) private readonly signer: NoteSigner,
  ) {}

  /** Signed checkpoints of the log, newest first; they tell how much there is, and nothing of what */
  @Get('checkpoints')
  @ReadsFrom(checkpoints)
  async list(@Query() { limit, cursor }: PageDto): Promise<CheckpointsAnswer> {
    const page = { limit, after: decodeCursor(cursor) };
    const found = await this.queries.execute(new ListCheckpoints(page));
    const { items, nextCursor } = pageOf(found);
    return { key: formatVerifierKey(this.signer.key), items: [...items], nextCursor };
  }

  /** Proves that an event is in the log: for whoever it is about, and for those who review and audit it */
  @Get('proofs/inclusion')
  @ReadsFrom(auditTrail, checkpoints)
  async inclusion(
    @Query() { position, size }: InclusionDto,
    @Context() { caller }: RequestContext,
  ): Promise<InclusionAnswer> {
    const query = new GetInclusionProof(position, size ?? null, caller);
    const proof = await this.queries.execute(query);
    if (proof === 'unknown') throw notFound();
    if (proof === 'not-yet') throw notYet;
    return {
      position,
      index: proof.index,
      size: proof.size,
      record: base64(proof.record),
      hashes: proof.hashes.map(base64),
      checkpoint: proof.checkpoint?.note ?? null,
    };
  }

  /** Proves that the log of `to` events begins with the one of `from` events */
  @Get('proofs/consistency')
  async consistency(@Query() { from, to }: ConsistencyDto): Promise<ConsistencyAnswer> {
    if (from > to) throw backwards;
    const hashes = await this.queries.execute(new GetConsistencyProof(from, to));
    if (hashes === 'not-yet') throw notYet;
    return { from, to, hashes: hashes.map(base64) };
  }
}

const base64 = (hash: Hash): string => Buffer.from(hash).toString('base64');

const notYet = new Problem(409, 'not-yet-signed', {
  zh: '尚无覆盖该范围的签名检查点，请一分钟后再试。',
  en: 'No signed checkpoint goes that far yet; try again in a minute.',
});

const backwards = malformed('size-malformed', {
  zh: 'from 不能大于 to。',
  en: '`from` must not be larger than `to`.',
});
