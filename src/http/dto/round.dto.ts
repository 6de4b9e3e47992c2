import { Type } from 'class-transformer';
import { IsInt, IsObject, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

import { Visible } from './visible';

export class PolicyChangeDto {
  /** The whole policy; its schema is held against it apart from this class. */
  @IsObject()
  policy!: object;

  /**
   * Why, for everybody who looks at the version later
   * @example "按通知发布"
   */
  @IsString()
  @Visible()
  @MaxLength(2000)
  reason!: string;
}

export class PolicyQueryDto {
  /** A version of the policy, from 1; the one in force where it is not given. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  version?: number;
}
