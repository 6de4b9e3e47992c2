import { IsIn, IsOptional } from 'class-validator';

import { PageDto } from './query.dto';

export class DeliveryListDto extends PageDto {
  /** `dead`: given up after the last attempt. */
  @IsOptional()
  @IsIn(['pending', 'delivered', 'dead'])
  state?: 'pending' | 'delivered' | 'dead';
}
