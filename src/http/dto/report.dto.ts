import { IsIn, IsString, Matches, MaxLength } from 'class-validator';

import { tiers } from '../../organisations/organisation';
import { levels } from '../../rounds/level';
import { IfGiven } from './if-given';

export class ReportDto {
  /**
   * Round (年度)
   * @example "2022"
   */
  @IsString()
  @MaxLength(32)
  round!: string;

  /**
   * The organisation whose subtree is told of; the caller's own by default
   * @example "ili-hr"
   */
  @IfGiven()
  @IsString()
  @MaxLength(64)
  organisation?: string;

  /**
   * What to group by: up to three dimensions of the report, separated by commas
   * @example "level,stage"
   */
  @IfGiven()
  @IsString()
  @MaxLength(200)
  by?: string;

  /**
   * The report as it read in the evening of this day (Beijing)
   * @example "2022-08-26"
   */
  @IfGiven()
  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  asOf?: string;

  /** Prefecture of the applicants' units; `none` for the region's own. */
  @IfGiven()
  @IsString()
  @MaxLength(32)
  prefecture?: string;

  /** Tier of the applicants' units. */
  @IfGiven()
  @IsIn(tiers)
  tier?: string;

  @IfGiven()
  @IsIn(levels)
  level?: string;

  @IfGiven()
  @IsString()
  @MaxLength(64)
  specialty?: string;

  @IfGiven()
  @IsString()
  @MaxLength(64)
  subSpecialty?: string;

  /** Of the load: the organisation that reviews. */
  @IfGiven()
  @IsString()
  @MaxLength(64)
  actingOrganisation?: string;

  @IfGiven()
  @IsIn(['unit', 'supervision', 'title-office'])
  stage?: string;

  /** Of returns: decisions on the first, second … submission alone. */
  @IfGiven()
  @Matches(/^[1-9]\d{0,2}$/)
  tries?: string;

  /** Of returns: those that name a reason. */
  @IfGiven()
  @IsString()
  @MaxLength(64)
  reason?: string;

  /** Of returns: those that name a section, or `attachment`. */
  @IfGiven()
  @IsString()
  @MaxLength(64)
  section?: string;

  /** Of the load: one reviewer's account. */
  @IfGiven()
  @IsString()
  @MaxLength(200)
  reviewer?: string;
}
