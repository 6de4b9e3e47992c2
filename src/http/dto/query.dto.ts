import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';

import { levels, type Level } from '../../rounds/policy';

export class PageDto {
  /**
   * Most items in the answer
   * @example 50
   */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit: number = 50;

  /** `nextCursor` of the page before; opaque. */
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  cursor?: string;
}

export class AsOfDto {
  /** A revision, or an instant with its offset: the dossier as it stood then. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  asOf?: string;
}

export class DossierListDto extends PageDto {
  @IsOptional()
  @IsString()
  @MaxLength(32)
  round?: string;

  @IsOptional()
  @IsIn(['draft', 'under-review', 'returned', 'accepted', 'withdrawn', 'closed'])
  status?: string;

  @IsOptional()
  @IsIn(levels)
  level?: Level;
}

export class QueueDto extends PageDto {
  @IsOptional()
  @IsIn(['unit', 'supervision', 'title-office'])
  stage?: string;

  /** The unit the dossier comes from. */
  @IsOptional()
  @IsString()
  @MaxLength(64)
  organisation?: string;

  @IsOptional()
  @IsIn(levels)
  level?: Level;

  @IsOptional()
  @IsString()
  @MaxLength(64)
  subSpecialty?: string;

  @IsOptional()
  @IsIn(['true', 'false'])
  resubmission?: 'true' | 'false';
}

export class AuditDto extends PageDto {
  @IsOptional()
  @IsString()
  @MaxLength(80)
  dossier?: string;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  actor?: string;

  /** The organisation acted for. */
  @IsOptional()
  @IsString()
  @MaxLength(64)
  organisation?: string;

  /**
   * Type of event
   * @example "DossierReturned"
   */
  @IsOptional()
  @IsString()
  @MaxLength(64)
  type?: string;

  /** SHA-256 of a file. */
  @IsOptional()
  @Matches(/^[0-9a-f]{64}$/)
  evidence?: string;

  /** Instant with its offset; inclusive. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  from?: string;

  /** Instant with its offset; inclusive. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  to?: string;

  @IsOptional()
  @IsIn(['newest-first', 'oldest-first'])
  order: 'newest-first' | 'oldest-first' = 'newest-first';
}

export class FormDto {
  @IsIn(levels)
  level!: Level;
}
