import { Type } from 'class-transformer';
import { IsIn, IsInt, IsString, Max, MaxLength, Min } from 'class-validator';

import { levels, type Level } from '../../rounds/policy';
import { IfGiven } from './if-given';

export class PageDto {
  /**
   * Most items in the answer
   * @example 50
   */
  @IfGiven()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit: number = 50;

  /** `nextCursor` of the page before; opaque. */
  @IfGiven()
  @IsString()
  @MaxLength(1000)
  cursor?: string;
}

export class AsOfDto {
  /** A revision, or an instant with its offset: the dossier as it stood then. */
  @IfGiven()
  @IsString()
  @MaxLength(40)
  asOf?: string;
}

export class DossierListDto extends PageDto {
  /** `own` for those one filed; by default reviewers and auditors see their jurisdiction. */
  @IfGiven()
  @IsIn(['own', 'jurisdiction'])
  scope?: 'own' | 'jurisdiction';

  @IfGiven()
  @IsString()
  @MaxLength(32)
  round?: string;

  @IfGiven()
  @IsIn(['draft', 'under-review', 'returned', 'accepted', 'withdrawn', 'closed'])
  status?: string;

  @IfGiven()
  @IsIn(levels)
  level?: Level;
}

export class QueueDto extends PageDto {
  @IfGiven()
  @IsIn(['unit', 'supervision', 'title-office'])
  stage?: string;

  /** The unit the dossier comes from. */
  @IfGiven()
  @IsString()
  @MaxLength(64)
  organisation?: string;

  @IfGiven()
  @IsIn(levels)
  level?: Level;

  @IfGiven()
  @IsString()
  @MaxLength(64)
  subSpecialty?: string;

  @IfGiven()
  @IsIn(['true', 'false'])
  resubmission?: 'true' | 'false';
}

export class FormDto {
  @IsIn(levels)
  level!: Level;
}
