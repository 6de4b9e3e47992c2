import type { RouteRequirement } from '../../rounds/materials-policy';
import { block, type Finding } from '../finding';
import type { Materials } from './materials';
import { dayIn, groupOf, isBlank, isFuture } from './reading';

const at = '/sections/qualification';

type Unmet = (field: string, zh: string, en: string) => Finding;

/** M-6 (四(一)3): the route chosen is open to the level, and what it rests on is there. */
export function routeMet(materials: Materials): readonly Finding[] {
  const { sections, policy, level } = materials;
  const route = sections.qualification?.route;
  if (route === undefined || isBlank(route)) return [];
  const unmet: Unmet = (field, zh, en) =>
    block(policy, 'M-6', { code: 'qualification-route-unmet', pointer: `${at}/${field}`, zh, en });
  const term = policy.form.qualificationRoutes.terms.find(({ code }) => code === route);
  const requirement = policy.materials.qualification.routes[route];
  if (requirement === undefined || term?.levels.includes(level) !== true) {
    return [
      unmet(
        'route',
        '所选途径不适用于申报的级别，请另选申报途径。',
        'This route does not lead to the level applied for: choose another.',
      ),
    ];
  }
  switch (requirement.needs) {
    case 'title':
      return titleHeld(materials, requirement, unmet);
    case 'civil-service':
      return civilServiceDone(materials, requirement, unmet);
    case 'nothing':
      return [];
  }
}

function titleHeld(
  { sections, policy, level }: Materials,
  { specialties }: Extract<RouteRequirement, { needs: 'title' }>,
  unmet: Unmet,
): Finding[] {
  const stated = sections.qualification?.title;
  const asked = policy.materials.qualification.titleLevels[level];
  const terms = policy.form.titleLevels.terms.filter(({ code }) => asked.includes(code));
  const title = groupOf(stated);
  if (title === undefined) {
    if (isBlank(stated)) return [];
    return [
      unmet(
        'title',
        `该途径须已取得${terms.map(({ zh }) => zh).join('或')}职称，请填写现专业技术任职资格。`,
        `This route needs a title held (${terms.map(({ en }) => en).join(' or ')}): state it.`,
      ),
    ];
  }
  const findings: Finding[] = [];
  if (title.level !== undefined && !isBlank(title.level) && !asked.includes(title.level)) {
    findings.push(
      unmet(
        'title/level',
        `申报该级别须已取得${terms.map(({ zh }) => zh).join('或')}职称。`,
        `The level applied for needs a title held of level ${terms.map(({ en }) => en).join(' or ')}.`,
      ),
    );
  }
  const { specialty = '' } = title;
  const isOther = specialties?.some((word) => specialty.includes(word)) === false;
  if (isOther && !isBlank(specialty)) {
    findings.push(
      unmet(
        'title/specialty',
        '现任职资格不是水利专业的，请改选“取得其他专业职称后从事水利专业工作”等相应途径。',
        'The title held is not in water engineering: choose the route for titles of other specialties.',
      ),
    );
  }
  return findings;
}

const papers = [
  { field: 'explanation', zh: '情况说明', en: 'the explanation' },
  { field: 'appointment', zh: '任命文件', en: 'the appointment document' },
  { field: 'cadreResume', zh: '干部履历表', en: 'the cadre résumé' },
] as const;

function civilServiceDone(
  materials: Materials,
  { years, kinds }: Extract<RouteRequirement, { needs: 'civil-service' }>,
  unmet: Unmet,
): Finding[] {
  const { sections, unit, attached } = materials;
  const stated = sections.qualification?.civilService;
  const service = groupOf(stated);
  if (service === undefined) {
    if (isBlank(stated)) return [];
    return [unmet('civilService', '请填写公务员经历。', 'State the civil service.')];
  }
  const findings: Finding[] = [];
  if (typeof service.years === 'number' && service.years < years) {
    findings.push(
      unmet(
        'civilService/years',
        `从事水利专业相关工作须满${years}年。`,
        `At least ${years} full years in water work are needed.`,
      ),
    );
  }
  const { transferredOn } = service;
  if (
    !isBlank(transferredOn) &&
    (dayIn(transferredOn) === undefined || isFuture(materials, transferredOn))
  ) {
    findings.push(
      unmet(
        'civilService/transferredOn',
        '须已转任事业单位，转任时间不能晚于今天。',
        'The move to a public institution must have taken place: its date cannot be in the future.',
      ),
    );
  }
  if (unit !== undefined && !kinds.includes(unit.kind)) {
    findings.push(
      unmet(
        'route',
        '该途径只适用于转任事业单位的公务员，您所在单位不是事业单位。',
        'This route is for civil servants moved to a public institution, which your unit is not.',
      ),
    );
  }
  for (const { field, zh, en } of papers) {
    const named = service[field];
    const isAttached = named instanceof Array && named.some((sha256) => attached.has(sha256));
    if (isAttached) continue;
    findings.push(unmet(`civilService/${field}`, `请上传${zh}。`, `Upload ${en}.`));
  }
  return findings;
}
