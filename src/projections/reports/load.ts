import type { Actor } from '../../engine/event-store';
import type { Stage } from '../../organisations/organisation';
import { countOf, type Count } from './counts';
import type { DossierRecord } from './records';
import { oncePerTryAndStage, onePerson, sumOf, type Column, type Report } from './report';
import { stepsOf } from './reviews';
import { asPart } from './sums';

/** What reviewers decide day by day, and what waits for their organisations. */
export const load: Report = {
  name: 'load',
  title: { zh: '审核工作量', en: "Reviewers' load" },
  about: {
    zh: '各审核单位、审核人每天办结多少，还有多少待审。',
    en: 'What each reviewing organisation and account decides a day, and what waits.',
  },
  dimensions: ['organisation', 'actingOrganisation', 'reviewer', 'stage', 'day'],
  measures: {
    passed: ['stage', 'reviewer'],
    returned: ['stage', 'reviewer'],
    waiting: ['stage'],
  },
  columns: [
    {
      ...acts('decisions', { zh: '审核次数', en: 'Decisions' }),
      measures: ['passed', 'returned'],
      value: (sums) => sums.of('passed') + sums.of('returned'),
    },
    acts('passed', { zh: '通过次数', en: 'Passed on' }),
    acts('returned', { zh: '退回次数', en: 'Returned' }),
    sumOf('waiting', {
      key: 'waiting',
      title: { zh: '待审', en: 'Waiting' },
      unit: 'people',
      standing: true,
      known: 'to reviewers',
      guard: onePerson,
    }),
  ],
  count(happening) {
    const { left, came } = stepsOf(happening);
    const counts: Count[] = [];
    if (left !== null) {
      const { dossier, from, decision } = left;
      const by = reviewerIn(happening.event.metadata.actor);
      const decided = decision !== null && { [`${decision}/${from.kind}/${by}`]: 1 };
      const amounts = { [`waiting/${from.kind}`]: -1, ...decided };
      counts.push({ ...workOf(dossier, from), amounts });
    }
    if (came !== null) {
      const { dossier, to } = came;
      counts.push({ ...workOf(dossier, to), amounts: { [`waiting/${to.kind}`]: 1 } });
    }
    return counts;
  },
};

function acts(key: string, title: Column['title']): Column {
  return sumOf(key, {
    key,
    title,
    unit: 'acts',
    known: 'to reviewers',
    guard: oncePerTryAndStage,
  });
}

/** Work is counted for the organisation that does it and for those above it; not for those below. */
function workOf(dossier: DossierRecord, { organisation, step }: Stage): Omit<Count, 'amounts'> {
  const { round, chain } = countOf(dossier);
  return {
    round,
    level: null,
    subSpecialty: null,
    chain: chain.slice(step),
    cell: { prefecture: null, tier: null, specialty: null, actingOrganisation: organisation },
  };
}

function reviewerIn(actor: Actor): string {
  return asPart(actor.kind === 'person' ? actor.subject : actor.process);
}
