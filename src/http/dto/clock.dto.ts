import { IsString, MaxLength } from 'class-validator';

export class MoveClockDto {
  /**
   * Instant the simulated clock is moved forward to
   * @example "2022-08-25T09:00:00+08:00"
   */
  @IsString()
  @MaxLength(40)
  now!: string;
}
