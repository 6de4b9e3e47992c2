import { IsIn, IsString, Matches, MaxLength } from 'class-validator';

import { leadKinds, type LeadKind } from '../../projections/investigation/lead';
import { IfGiven } from './if-given';
import { PageDto } from './query.dto';

/** A stretch of time. */
class PeriodDto extends PageDto {
  /** Instant with its offset; inclusive. */
  @IfGiven()
  @IsString()
  @MaxLength(40)
  from?: string;

  /** Instant with its offset; inclusive. */
  @IfGiven()
  @IsString()
  @MaxLength(40)
  to?: string;
}

export class AuditDto extends PeriodDto {
  @IfGiven()
  @IsString()
  @MaxLength(80)
  dossier?: string;

  /** The account it is about: an applicant. */
  @IfGiven()
  @IsString()
  @MaxLength(200)
  person?: string;

  /** The account that acted, or the system's own process. */
  @IfGiven()
  @IsString()
  @MaxLength(200)
  actor?: string;

  /** The organisation acted for. */
  @IfGiven()
  @IsString()
  @MaxLength(64)
  organisation?: string;

  /**
   * Type of event
   * @example "DossierReturned"
   */
  @IfGiven()
  @IsString()
  @MaxLength(64)
  type?: string;

  /** SHA-256 of a file. */
  @IfGiven()
  @Matches(/^[0-9a-f]{64}$/)
  evidence?: string;

  @IfGiven()
  @IsIn(['newest-first', 'oldest-first'])
  order: 'newest-first' | 'oldest-first' = 'newest-first';
}

export class LeadsDto extends PeriodDto {
  @IfGiven()
  @IsIn(leadKinds)
  kind?: LeadKind;

  /** Only about what happened in this organisation's jurisdiction. */
  @IfGiven()
  @IsString()
  @MaxLength(64)
  organisation?: string;
}
