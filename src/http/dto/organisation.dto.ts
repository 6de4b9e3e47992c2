import { IsBoolean, IsIn, IsString, Matches, MaxLength, ValidateIf } from 'class-validator';

import {
  organisationKinds,
  ownerships,
  tiers,
  type OrganisationKind,
  type Ownership,
  type Tier,
} from '../../organisations/organisation';
import { Visible } from './visible';

export class OrganisationDto {
  /**
   * Name (单位名称)
   * @example "喀什地区灌溉试验站"
   */
  @IsString()
  @Visible()
  @MaxLength(200)
  name!: string;

  /**
   * Kind (性质)
   * @example "public-institution"
   */
  @IsIn(organisationKinds)
  kind!: OrganisationKind;

  /**
   * Tier (规格): 自治区, 地州, 县及以下
   * @example "prefecture"
   */
  @IsIn(tiers)
  tier!: Tier;

  /**
   * Prefecture it belongs to or is registered in (地州); null for the region's own
   * @example "kashgar"
   */
  @ValidateIf((organisation: OrganisationDto) => organisation.prefecture !== null)
  @IsString()
  @Matches(/^[a-z][a-z0-9-]{0,31}$/)
  prefecture!: string | null;

  /**
   * Ownership (所有制): 自治区国有, 地县国有, 非国有
   * @example "local-state"
   */
  @IsIn(ownerships)
  ownership!: Ownership;

  /**
   * Belongs to the water department's system (厅系统)
   * @example false
   */
  @IsBoolean()
  waterSystem!: boolean;

  /**
   * Next organisation up the review chain (主管单位); null only for the title office
   * @example "kashgar-water-bureau"
   */
  @ValidateIf((organisation: OrganisationDto) => organisation.supervisedBy !== null)
  @IsString()
  @MaxLength(64)
  supervisedBy!: string | null;
}
