import {
  IsBoolean,
  IsInt,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateIf,
} from 'class-validator';
import { Visible } from './visible';

export class FeeDto {
  /**
   * Amount received, in whole yuan (四(一)19)
   * @example 500
   */
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  amount!: number;
}

export class PrintedFormsDto {
  /**
   * Double-sided copies of the evaluation form received (评审表)
   * @example 2
   */
  @IsInt()
  @Min(0)
  @Max(100)
  copies!: number;
}

export class DefenceDto {
  /**
   * Appointment, with its offset
   * @example "2022-10-12T10:30:00+08:00"
   */
  @IsString()
  @MaxLength(40)
  defenceAt!: string;

  /**
   * How to join it
   * @example "腾讯会议，会议号以短信为准"
   */
  @IsString()
  @Visible()
  @MaxLength(200)
  meeting!: string;
}

export class DefenceOutcomeDto {
  /** @example true */
  @IsBoolean()
  attended!: boolean;

  /** Cause of an absence; without one it is vetoed (四(一)18) */
  @IsOptional()
  @IsString()
  @Visible()
  @MaxLength(500)
  cause?: string | null;

  /**
   * How long it took
   * @example 4
   */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(600)
  minutes?: number | null;

  /**
   * Whether it was passed; to be said where the applicant attended
   * @example true
   */
  @ValidateIf(({ attended, passed }: DefenceOutcomeDto) => attended || passed !== undefined)
  @IsBoolean()
  passed?: boolean;
}
