import { IsIn } from 'class-validator';

import { erasureGrounds, type ErasureGround } from '../../privacy/person';

export class ErasureDto {
  /**
   * Why, by the grounds of the Personal Information Protection Law, article 47
   * @example "retention-over"
   */
  @IsIn(erasureGrounds)
  ground!: ErasureGround;
}
