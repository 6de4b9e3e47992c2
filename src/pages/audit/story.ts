import type { Language } from '../language.ts';
import type { Change, Dossier, RoundPolicy, Term, TimelineEntry } from './answers.ts';
import { placeAt, type Schema } from './form.ts';

/* What happened to a dossier, as the page tells it: from the audit trail, or from what was filed and returned. */

interface Wait {
  readonly seconds: number;
  readonly officeSeconds: number | null;
}

export interface Happening {
  readonly at: string;
  /** Who did what. */
  readonly sentence: string;
  readonly reasons: readonly string[];
  readonly isReturn: boolean;
  readonly changes: readonly (Change & { readonly title: string })[];
  readonly rules: TimelineEntry['rules'];
  /** Before it, at the stage it was at; since it was filed where `officeSeconds` is null. */
  readonly waited: Wait | null;
  readonly file: string | null;
  /** One of the many small steps of filling in the form. */
  readonly fillingIn: boolean;
}

const steps = ['SectionSaved', 'EvidenceAttached', 'MaskingAnswered'];

/** Everything, for an auditor. */
export function storyOfTrail(entries: readonly TimelineEntry[]): readonly Happening[] {
  return entries.map((entry) => ({
    ...entry,
    isReturn: entry.type === 'DossierReturned',
    fillingIn: steps.includes(entry.type),
  }));
}

interface Known {
  readonly language: Language;
  readonly form: Schema;
  readonly policy: RoundPolicy['policy'] | null;
  readonly nameOf: (organisation: string) => string;
  /** By number of the submission. */
  readonly changes: ReadonlyMap<number, readonly Change[]>;
}

const stages: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  unit: { zh: '单位', en: 'the unit' },
  supervision: { zh: '主管部门', en: 'the supervising body' },
  'title-office': { zh: '职称办公室', en: 'the title office' },
};

/** What its applicant and its reviewers may know: what was filed, what came back and why. */
export function storyOfFilings(dossier: Dossier, known: Known): readonly Happening[] {
  const { submissions, returns, publicity } = dossier;
  const filed = submissions.map(({ number, at, remaining }) => ({
    ...nothingElse,
    at,
    sentence: {
      zh: `第${number}次上报，剩余${remaining}次。`,
      en: `Submission ${number}; tries left: ${remaining}.`,
    }[known.language],
    changes: (known.changes.get(number) ?? []).map((change) => ({
      ...change,
      title: placeAt(known.form, change.pointer, known.language).title,
    })),
  }));
  const returned = returns.map(({ at, from, submission, reasons }) => {
    const stage = stages[from.kind]?.[known.language] ?? from.kind;
    const name = known.nameOf(from.organisation);
    return {
      ...nothingElse,
      at,
      sentence: {
        zh: `${name}在${stage}环节退回第${submission}次上报，理由${reasons.length}条。`,
        en: `${name} returned submission ${submission} at ${stage}; reasons: ${reasons.length}.`,
      }[known.language],
      reasons: reasons.map((reason) => sentenceOf(reason, known)),
      isReturn: true,
      waited: sinceFiling(submissions[submission - 1]?.at, at),
    };
  });
  const published = publicity === null ? [] : [publicOn(publicity, known.language)];
  return [...filed, ...returned, ...published].sort(
    (one, other) => Date.parse(one.at) - Date.parse(other.at),
  );
}

const nothingElse = {
  reasons: [],
  isReturn: false,
  changes: [],
  rules: [],
  waited: null,
  file: null,
  fillingIn: false,
} as const;

function publicOn(
  { at, firstDay }: NonNullable<Dossier['publicity']>,
  language: Language,
): Happening {
  const sentence = { zh: `自${firstDay}起公示。`, en: `Put up in public from ${firstDay}.` };
  return { ...nothingElse, at, sentence: sentence[language] };
}

/** When it came to the stage is not told here. */
function sinceFiling(filed: string | undefined, until: string): Wait | null {
  if (filed === undefined) return null;
  const seconds = Math.floor((Date.parse(until) - Date.parse(filed)) / 1000);
  return { seconds, officeSeconds: null };
}

function sentenceOf(
  { code, part, correction, explanation }: Dossier['returns'][number]['reasons'][number],
  { language, form, policy }: Known,
): string {
  const kind = termIn(policy?.review.returnReasons, code, language);
  const place = 'section' in part ? `/sections/${part.section}` : `/attachments/${part.attachment}`;
  const { title } = placeAt(form, place, language);
  const answer = { zh: `（说明：${explanation ?? ''}）`, en: ` (explained: ${explanation ?? ''})` };
  const said = {
    zh: `〔${title}〕${kind}：${correction}`,
    en: `[${title}] ${kind}: ${correction}`,
  };
  return said[language] + (explanation === null ? '' : answer[language]);
}

export function termIn(
  terms: readonly Term[] | undefined,
  code: string,
  language: Language,
): string {
  return terms?.find((term) => term.code === code)?.[language] ?? code;
}

/** In the two largest units that say something. */
export function durationOf(seconds: number, language: Language): string {
  const units = [
    { length: 86_400, zh: '天', en: ' d' },
    { length: 3_600, zh: '小时', en: ' h' },
    { length: 60, zh: '分', en: ' min' },
  ];
  let rest = seconds;
  const parts = units.flatMap((unit) => {
    const amount = Math.floor(rest / unit.length);
    rest -= amount * unit.length;
    return amount === 0 ? [] : [`${amount}${unit[language]}`];
  });
  if (parts.length === 0) return language === 'zh' ? '不到1分' : 'under 1 min';
  return parts.slice(0, 2).join(language === 'zh' ? '' : ' ');
}

/** Runs of small steps together, so that what matters is seen. */
export function chapters(story: readonly Happening[]): readonly (readonly Happening[])[] {
  const all: Happening[][] = [];
  for (const happening of story) {
    const last = all.at(-1);
    if (happening.fillingIn && last?.[0]?.fillingIn === true) last.push(happening);
    else all.push([happening]);
  }
  return all;
}
