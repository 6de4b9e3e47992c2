import type { Draft, RepresentativeWork } from '../../dossier/form/contents';
import type { Text } from '../finding';
import type { Materials } from './materials';
import { groupOf, isEvidenced, placed, saysNothing } from './reading';

type Work = Draft<RepresentativeWork>;

/** What is missing for a representative work to count as a paper (四(一)7); empty where it counts. */
export interface Shortcoming extends Text {
  /** The field it is about, below the entry; '' for the whole. */
  readonly field: string;
}

/** M-16: a unit of a tier that may, enough different endorsers with the title, signed and sealed. */
export function shortcomingsOf(materials: Materials, work: Work): readonly Shortcoming[] {
  const { sections, policy, unit } = materials;
  const { tiers, endorsers, endorserTitles } = policy.materials.representativeWorks;
  const found: Shortcoming[] = [];
  const tier: string | undefined = unit?.tier ?? sections.basicInformation?.unitTier;
  if (tier !== undefined && !tiers.some((allowed) => allowed === tier)) {
    const names = policy.form.unitTiers.terms.filter(({ code }) => tiers.some((of) => of === code));
    found.push({
      field: '',
      zh: `代表作只适用于${names.map(({ zh }) => zh).join('、')}的申报人，请删去（填「无」）`,
      en: `only staff of ${names.map(({ en }) => en).join(', ')} units may give one: leave it out`,
    });
  }
  const { counted, repeated } = endorsersOf(materials, work);
  if (counted < endorsers) {
    const again = repeated > 0;
    found.push({
      field: '/endorsers',
      zh: `须有${endorsers}名不同的${endorserTitles[0] ?? ''}认可并附印证材料，现计${counted}名${again ? '（同一人不重复计）' : ''}`,
      en: `${endorsers} different people holding the title ${endorserTitles[0] ?? ''} must endorse it, each with evidence; ${counted} count${again ? ' (nobody twice)' : ''}`,
    });
  }
  const approval = groupOf(work.unitApproval);
  if (approval?.signed !== true || approval.sealed !== true) {
    found.push({
      field: '/unitApproval',
      zh: '须经单位主要领导签字并加盖单位公章',
      en: 'the head of the unit must sign and seal it',
    });
  }
  return found;
}

/** How many different people endorse the work, and how many entries name one of them again. */
function endorsersOf(materials: Materials, work: Work): { counted: number; repeated: number } {
  const { endorserTitles } = materials.policy.materials.representativeWorks;
  const applicant = materials.sections.basicInformation?.idNumber ?? '';
  const seen = new Set<string>(saysNothing(applicant) ? [] : [`id ${keyOf(applicant)}`]);
  let counted = 0;
  let repeated = 0;
  for (const { entry } of placed(work.endorsers, '')) {
    const { name = '', title = '', unit = '', identification = '' } = entry;
    const qualified = endorserTitles.includes(title.trim()) && isEvidenced(materials, entry);
    if (!qualified || [name, unit, identification].some(saysNothing)) continue;
    // Somebody may be named once by the ID number and once by the certificate's.
    const marks = [`id ${keyOf(identification)}`, `name ${keyOf(name)} ${keyOf(unit)}`];
    if (marks.some((mark) => seen.has(mark))) repeated += 1;
    else counted += 1;
    marks.forEach((mark) => seen.add(mark));
  }
  return { counted, repeated };
}

/** Spaces and case do not make another person. */
function keyOf(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase();
}
