import { Type } from 'class-transformer';
import { IsInt, Matches, Max, Min } from 'class-validator';

import { IfGiven } from './if-given';

export class InclusionDto {
  /**
   * `position` of a receipt or of a line of the audit trail
   * @example "0000000000000042"
   */
  @Matches(/^[0-9A-Za-z/_-]{1,64}$/)
  position!: string;

  /** Number of events to prove it among; by default those of the newest checkpoint. */
  @IfGiven()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  size?: number;
}

export class ConsistencyDto {
  /** @example 1000 */
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  from!: number;

  /** @example 2000 */
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  to!: number;
}
