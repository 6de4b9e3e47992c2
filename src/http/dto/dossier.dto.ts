import {
  IsBoolean,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
} from 'class-validator';

import { levels, type Level } from '../../rounds/policy';
import { IfGiven } from './if-given';
import { Visible } from './visible';

export class OpenDossierDto {
  /**
   * Round (年度)
   * @example "2022"
   */
  @IsString()
  @MaxLength(32)
  round!: string;

  /**
   * Level applied for (级别): 高级, 中级, 初级
   * @example "senior"
   */
  @IsIn(levels)
  level!: Level;

  /**
   * Specialty (专业)
   * @example "hydraulic-engineering"
   */
  @IsString()
  @MaxLength(64)
  specialty!: string;

  /**
   * Sub-specialty (二级专业)
   * @example "construction"
   */
  @IsString()
  @MaxLength(64)
  subSpecialty!: string;

  /**
   * The applicant's unit (工作单位)
   * @example "kashgar-irrigation-station"
   */
  @IsString()
  @IsNotEmpty()
  @MaxLength(64)
  organisation!: string;

  /**
   * Where the prefecture holds a review of its own (南疆四地州): the review chosen
   * @example "region"
   */
  @IsOptional()
  @IsIn(['region', 'prefecture'])
  reviewRoute?: 'region' | 'prefecture' | null;
}

export class SubmitDto {
  /**
   * The applicant has checked everything and answers for its truth (三(三), 四(一))
   * @example true
   */
  @IfGiven()
  @IsBoolean()
  confirmed?: boolean;
}

export class WithdrawDto {
  /**
   * Why, in the applicant's words
   * @example "单位调整，改由新单位申报"
   */
  @IfGiven()
  @IsString()
  @MaxLength(500)
  reason?: string;
}

export class ExplanationDto {
  /**
   * Answer to a reason of the return, where nothing is to be changed
   * @example "证书原件已遗失，已上传发证机关出具的证明。"
   */
  @IsString()
  @Visible()
  @MaxLength(2000)
  explanation!: string;
}

export class MaskingDto {
  /**
   * Whether the applicant's name can be seen in it (四(一)17)
   * @example true
   */
  @IsBoolean()
  nameShown!: boolean;

  /** SHA-256 of the masked version, uploaded before; needed where the name is shown. */
  @IsOptional()
  @Matches(/^[0-9a-f]{64}$/)
  maskedVersion?: string | null;
}
