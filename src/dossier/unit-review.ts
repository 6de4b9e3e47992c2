import { dayOf } from '../engine/instant';
import { stageAt } from '../organisations/organisation';
import type { Finding } from '../rules/finding';
import {
  exactRecommendation,
  noOpenObjection,
  papersAskedFor,
  publicityLongEnough,
  unitPapersComplete,
} from '../rules/publicity';
import { checklistComplete, judgementsGiven } from '../rules/review';
import { objectionSettled, unknownAttachment, unknownObjection } from './conflicts';
import { unlessBlocked, type Command, type Decision, type Facts } from './decision';
import { neverHappens, type File, type OpenedDossier } from './dossier';
import type { UnitPapers } from './events';
import { publicityFacts, publishedHash } from './publicity';

type AtTheUnit = Command<
  'StartPublicity' | 'RecordObjection' | 'SettleObjection' | 'AttachUnitPaper' | 'Recommend'
>;
type UnderReview = Extract<OpenedDossier, { status: 'under-review' }>;

/** What the grassroots unit does while the dossier is with it (三(四), 四(二)). */
export function atTheUnit(
  command: AtTheUnit,
  state: UnderReview,
  findings: readonly Finding[],
  facts: Facts,
): Decision {
  const { file } = state;
  const { policy, now } = facts;
  switch (command.type) {
    case 'StartPublicity': {
      const { place, telephone } = command;
      // Told of again, the same notice has been up all the time: its five days do not begin anew.
      const isUp =
        publicityFacts(file, policy).firstDay !== null &&
        file.publicity?.place === place &&
        file.publicity.telephone === telephone;
      const published = publishedHash(file.content, policy);
      return unlessBlocked(findings, () =>
        isUp
          ? []
          : [
              {
                type: 'PublicityStarted',
                data: { at: now, firstDay: dayOf(now), place, telephone, published },
              },
            ],
      );
    }
    case 'RecordObjection': {
      const number = file.objections.length + 1;
      return unlessBlocked(findings, () => [
        { type: 'ObjectionRecorded', data: { number, at: now, text: command.text } },
      ]);
    }
    case 'SettleObjection': {
      const { number, upheld, statement } = command;
      const objection = file.objections.find((one) => one.number === number);
      const settled = objection?.outcome === null ? [] : [objectionSettled];
      const against = objection === undefined ? [unknownObjection] : settled;
      return unlessBlocked([...findings, ...against], () => [
        { type: 'ObjectionSettled', data: { number, at: now, upheld, statement } },
      ]);
    }
    case 'AttachUnitPaper': {
      const { attachment } = command;
      const known = file.unitPapers.some(({ sha256 }) => sha256 === attachment.sha256);
      return unlessBlocked(findings, () =>
        known ? [] : [{ type: 'UnitPaperAttached', data: { attachment } }],
      );
    }
    case 'Recommend':
      return recommend(command, state, findings, facts);
    default:
      return neverHappens(command);
  }
}

/** M-9: the unit answers for what it lets through. */
function recommend(
  command: Command<'Recommend'>,
  { file, stage }: UnderReview,
  findings: readonly Finding[],
  { policy, now }: Facts,
): Decision {
  const { statement, papers } = command;
  const to = stageAt(file.chain, stage.step + 1);
  const checklist = policy.review.checklist.map(({ code }) => code);
  const publicity = publicityFacts(file, policy);
  const warnings = file.submissions.at(-1)?.warnings ?? [];
  const toJudge = warnings.filter(({ severity }) => severity === 'review');
  const judgements = Object.fromEntries(
    toJudge.map(({ pointer }) => [pointer, command.judgements[pointer] === true]),
  );
  const all = [
    ...findings,
    ...checklistComplete(policy, command.checklist),
    ...judgementsGiven(policy, toJudge, command.judgements),
    ...publicityLongEnough(policy, publicity, now),
    ...noOpenObjection(policy, publicity),
    ...exactRecommendation(policy, statement),
    ...papersAskedFor(policy, Object.keys(papers)),
    ...unitPapersComplete(policy, papersPresent(file, papers)),
    ...(strangePapers(file, papers) ? [unknownAttachment] : []),
  ];
  return unlessBlocked(all, () => {
    if (to === undefined) return [];
    const judged = toJudge.length === 0 ? {} : { judgements };
    const data = { from: stage, to, checklist, statement, papers, ...judged };
    return [{ type: 'DossierRecommended', data }];
  });
}

/** Where the applicant's other attachments (四(一)15) may already hold a paper of the unit. */
const inSection: Readonly<Record<string, readonly string[]>> = {
  'publicity-notice': ['publicityNotice'],
  'publicity-result': ['publicityResult'],
  'political-conduct': ['politicalConduct', 'evidence'],
  'integrity-certificate': ['integrityCertificate', 'evidence'],
};

function papersPresent(file: File, papers: UnitPapers): readonly string[] {
  const attached = file.content.attachments.map(({ sha256 }) => sha256);
  const inDossier = Object.entries(inSection)
    .filter(([, path]) => {
      const scans = memberAt(file.content.sections.otherAttachments, path);
      return Array.isArray(scans) && scans.some((scan) => attached.includes(String(scan)));
    })
    .map(([code]) => code);
  return [...inDossier, ...Object.keys(papers)];
}

function memberAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, key) =>
      at !== null && typeof at === 'object' ? (at as Record<string, unknown>)[key] : undefined,
    value,
  );
}

/** A paper that was never uploaded proves nothing. */
function strangePapers({ unitPapers }: File, papers: UnitPapers): boolean {
  const uploaded = unitPapers.map(({ sha256 }) => sha256);
  return Object.values(papers).some((sha256) => !uploaded.includes(sha256));
}
