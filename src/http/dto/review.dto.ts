import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsObject,
  IsString,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';

import { sectionNames, type SectionName } from '../../dossier/sections';
import { IfGiven } from './if-given';
import { RecordOf } from './record-of';
import { Visible } from './visible';

const sha256 = /^[0-9a-f]{64}$/;

export class StartPublicityDto {
  /**
   * Where it is put up in the unit (公示地点)
   * @example "单位办公楼一楼公示栏"
   */
  @IsString()
  @Visible()
  @MaxLength(200)
  place!: string;

  /**
   * Telephone for objections (监督电话)
   * @example "0998-0000000"
   */
  @IsString()
  @Visible()
  @MaxLength(40)
  telephone!: string;
}

export class RecommendDto {
  /** Answers to the grassroots check (三(四)), by the codes of the round's policy. */
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'boolean' },
    example: { 'no-omissions': true, authentic: true, accurate: true },
  })
  @IfGiven()
  @IsObject()
  @RecordOf('isBoolean', (answer) => typeof answer === 'boolean')
  checklist?: Record<string, boolean>;

  /**
   * The notice's exact sentence (四(二))
   * @example "本单位已对提供的申报材料逐一审核，真实、完整、有效，同意推荐"
   */
  @IfGiven()
  @IsString()
  @MaxLength(200)
  statement?: string;

  /** The unit's sealed papers, by the codes of the round's policy: SHA-256 of scans uploaded before. */
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string', pattern: '^[0-9a-f]{64}$' },
    example: { 'publicity-notice': 'a'.repeat(64), 'publicity-result': 'b'.repeat(64) },
  })
  @IfGiven()
  @IsObject()
  @RecordOf('isHash', (scan) => typeof scan === 'string' && sha256.test(scan))
  papers?: Record<string, string>;

  /** What the rules leave to a human, each by the pointer of its `review` finding: whether it is recognised. */
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'boolean' },
    example: { '/sections/qualification/vocationalCertificates/0': true },
  })
  @IfGiven()
  @IsObject()
  @RecordOf('isBoolean', (answer) => typeof answer === 'boolean')
  judgements?: Record<string, boolean>;
}

export class ObjectionDto {
  /**
   * What is objected, without naming the objector
   * @example "反映其2019年项目角色与实际不符。"
   */
  @IsString()
  @Visible()
  @MaxLength(2000)
  text!: string;
}

export class ObjectionOutcomeDto {
  /**
   * Whether the objection was found to be right
   * @example false
   */
  @IsBoolean()
  upheld!: boolean;

  /**
   * How it was looked into, and what was found
   * @example "经核查项目任务书，角色属实，异议不成立。"
   */
  @IsString()
  @Visible()
  @MaxLength(2000)
  statement!: string;
}

export class EndorseDto {
  /**
   * Opinion of the supervising body (审核意见)
   * @example "经审核，材料符合要求，同意上报。"
   */
  @IfGiven()
  @IsString()
  @MaxLength(1000)
  opinion?: string;
}

export class ReturnReasonDto {
  /**
   * Type of correction, from the round's policy
   * @example "evidence-illegible"
   */
  @IsString()
  @MaxLength(64)
  code!: string;

  /**
   * Section it names (栏目); this or `attachment`
   * @example "education"
   */
  @IfGiven()
  @IsIn(sectionNames)
  section?: SectionName;

  /** Attachment it names (附件), by SHA-256; this or `section`. */
  @IfGiven()
  @Matches(sha256)
  attachment?: string;

  /**
   * What to correct
   * @example "毕业证书扫描件模糊，请重新扫描正面上传。"
   */
  @IsString()
  @MaxLength(2000)
  correction!: string;
}

export class ReturnDto {
  /** Every reason; none is refused (三(四), 四(三)). */
  @IfGiven()
  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => ReturnReasonDto)
  reasons?: ReturnReasonDto[];
}
