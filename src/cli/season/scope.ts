import type { Organisation } from '../../organisations/organisation';
import { refusal, southernPrefectures, type Refusal } from './notice';

/** What the applicant chooses when the dossier is opened. */
export interface Choice {
  readonly level: string;
  readonly specialty: string;
  readonly subSpecialty: string;
  readonly organisation: string;
  readonly reviewRoute: 'region' | 'prefecture' | null;
}

/** Facts of a unit that decide who reviews its people (三(二)). */
export type Unit = Pick<Organisation, 'kind' | 'tier' | 'prefecture' | 'ownership' | 'waterSystem'>;

/** Why a dossier of this unit is not taken here (三(二)). */
export function scopeRefusals(choice: Choice, unit: Unit): Refusal[] {
  return [...whoReviews(choice.level, unit), ...whichRoute(choice, unit)];
}

/** Whether the applicant chooses between this review and the prefecture's own (三(二)1). */
export function choosesRoute(level: string, { prefecture }: Unit): boolean {
  const southern: readonly (string | null)[] = southernPrefectures;
  return level === 'senior' && southern.includes(prefecture);
}

/** Refused where others review the people of this unit at this level. */
export function whoReviews(level: string, unit: Unit): Refusal[] {
  const { kind, tier, prefecture, ownership, waterSystem } = unit;
  const ofTheRegion = ownership === 'region-state';
  if (prefecture === 'urumqi' && kind !== 'public-institution' && !ofTheRegion) {
    return [refusal.reviewedByUrumqi];
  }
  const works = kind === 'public-institution' || kind === 'enterprise';
  if (level === 'senior') {
    const here = waterSystem || (works && (tier !== 'region' || ofTheRegion));
    return here ? [] : [refusal.outsideSeniorScope];
  }
  const here = (waterSystem && kind === 'public-institution') || (works && ofTheRegion);
  return here ? [] : [refusal.outsideLowerScope];
}

function whichRoute({ level, reviewRoute }: Choice, unit: Unit): Refusal[] {
  if (!choosesRoute(level, unit) || reviewRoute === 'region') return [];
  return [reviewRoute === null ? refusal.routeNotChosen : refusal.otherRouteChosen];
}
