import { IsBoolean, IsString, MaxLength } from 'class-validator';
import { Visible } from './visible';

export class OpenCaseDto {
  /**
   * Dossier under suspicion
   * @example "2022-0123456789abcdef0123456789abcdef"
   */
  @IsString()
  @MaxLength(80)
  dossier!: string;

  /**
   * What is suspected, and where it shows
   * @example "业绩成果第2项的项目任务书与建设单位存档不一致。"
   */
  @IsString()
  @Visible()
  @MaxLength(5000)
  grounds!: string;
}

export class HearingDto {
  /**
   * Who was heard, by account: the applicant, or somebody who passed the dossier
   * @example "alice"
   */
  @IsString()
  @MaxLength(200)
  person!: string;

  /**
   * What was said, as it was taken down
   * @example "任务书由项目部统一提供，本人未作改动。"
   */
  @IsString()
  @Visible()
  @MaxLength(5000)
  statement!: string;
}

export class DecideCaseDto {
  /**
   * Whether the falsification was found
   * @example true
   */
  @IsBoolean()
  upheld!: boolean;

  /**
   * What was found, and how
   * @example "经核查存档原件并听取本人陈述，弄虚作假属实。"
   */
  @IsString()
  @Visible()
  @MaxLength(5000)
  statement!: string;
}
