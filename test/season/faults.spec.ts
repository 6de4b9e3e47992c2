import type { Act } from '../../src/cli/season/act';
import { Allotment } from '../../src/cli/season/allotment';
import { faults, scanOf, type Fault, type Sound } from '../../src/cli/season/faults';
import { linesOf, type Found } from '../../src/cli/season/findings';
import { excludedAwards } from '../../src/cli/season/notice';
import { dossierContent } from '../../src/cli/season/people/dossier-content';
import type { Person } from '../../src/cli/season/people/person';
import { Random } from '../../src/cli/season/people/random';
import type { SectionDrafts } from '../../src/dossier/form/contents';
import type { Organisation } from '../../src/organisations/organisation';
import { materialFindings } from '../../src/rules/materials';
import { people, policy } from '../form/support';
import { unitOf } from '../rules/materials/support';

const now = '2022-08-08T09:00:00.000+08:00';

interface Case {
  readonly person: Person;
  readonly sound: Sound;
  readonly unit: Organisation;
  readonly attachments: readonly { readonly sha256: string; readonly mediaType: string }[];
}

const inInstitutions = people.map((person) => caseOf(person, 'public-institution'));
const cases = [...inInstitutions, ...people.map((person) => caseOf(person, 'enterprise'))];

function caseOf(person: Person, kind: Organisation['kind']): Case {
  const filled = dossierContent(person, policy);
  const unit = { ...unitOf(person.unit.tier), kind };
  const { level, subSpecialty } = person;
  const specialty = 'hydraulic-engineering';
  const choice = { level, subSpecialty, specialty, organisation: unit.id, reviewRoute: null };
  const sections = filled.sections as unknown as Sound['sections'];
  const sound = { choice, unit, sections, filings: 0, scan: scanOf(filled) };
  return { person, sound, unit, attachments: filled.evidence };
}

/** The acts that break a dossier, and what the catalogue expects to be found then. */
function broken(fault: Fault, { sound }: Case) {
  const { acts, refused } = fault.break(sound);
  const saved = acts.flatMap((act) => (act.kind === 'save' ? [act] : []));
  const flaws: readonly Found[] = saved.flatMap((act) => act.flaws ?? []);
  return { acts, saved, refused, expected: linesOf(flaws) };
}

/** What the rules of the service, asked directly, find in a dossier after these acts. */
function foundAfter(acts: readonly Act[], { person, sound, unit, attachments }: Case) {
  const saved = acts.flatMap((act) => (act.kind === 'save' ? [[act.section, act.content]] : []));
  const uploaded = acts.flatMap((act) => (act.kind === 'attach' ? [act.file] : []));
  const sections = { ...sound.sections, ...Object.fromEntries(saved) } as unknown as SectionDrafts;
  const { level, subSpecialty } = person;
  return materialFindings(
    { sections, attachments: [...attachments, ...uploaded] },
    { policy, level, subSpecialty, unit, now },
  )
    .map(({ severity, rule, code, pointer }) => `${severity} ${rule ?? ''} ${code} ${pointer}`)
    .sort();
}

const fitting = (fault: Fault): readonly Case[] => cases.filter(({ sound }) => fault.fits(sound));

/** Everything the catalogue expects of anybody, in its words: severity, rule, code, pointer. */
const lines = faults.flatMap((fault) =>
  fitting(fault).flatMap((one) => broken(fault, one).expected.map((line) => line.split(' '))),
);

describe("the season's deliberate mistakes", () => {
  it('have names of their own', () => {
    expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length);
  });

  it.each(faults.map((fault) => [fault.name, fault] as const))('%s', (_name, fault) => {
    const fits = fitting(fault);
    expect(fits.length).toBeGreaterThan(0);
    for (const one of [...fits.slice(0, 2), ...fits.slice(-1)]) {
      const before = JSON.stringify(one.sound.sections);
      const { acts, saved, refused, expected } = broken(fault, one);
      expect(JSON.stringify(one.sound.sections)).toBe(before);
      // What is not even saved never comes before the rules of a submission.
      const unsaved = saved.some(({ content }) => isExcluded(content));
      if (!unsaved) expect(foundAfter(acts, one)).toEqual(expected);
      const aboutMasking = acts.some(({ kind }) => kind !== 'save');
      const blocking = expected.some((line) => line.startsWith('block '));
      expect(refused).toBe(blocking || aboutMasking);
    }
  });

  it.each(
    [1, 3, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 25].map(
      (number) => `M-${number}`,
    ),
  )('break %s', (rule) => {
    expect(rulesFound('block')).toContain(rule);
  });

  it('break F-1 and F-2, and bring every warning and question', () => {
    expect(rulesFound('block')).toEqual(expect.arrayContaining(['F-1', 'F-2']));
    expect(rulesFound('warn')).toEqual(['F-2', 'F-4', 'M-10', 'M-11', 'M-20']);
    expect(rulesFound('review')).toEqual(['M-9']);
  });
});

/** Rules that any of the mistakes runs into, sorted. */
function rulesFound(severity: Found['severity']): readonly string[] {
  const rules = lines.filter(([how]) => how === severity).map(([, rule = '']) => rule);
  return [...new Set(rules)].sort();
}

describe('the allotment of mistakes', () => {
  const trialsOf = (seed: number) => {
    const allotment = new Allotment(new Random(seed));
    return inInstitutions.map(({ sound }) => allotment.trialsFor(sound));
  };
  const trials = trialsOf(2022);

  it('is the same for the same seed', () => {
    expect(trialsOf(2022)).toEqual(trials);
    expect(trialsOf(7)).not.toEqual(trials);
  });

  it('makes one, two and three mistakes at once, in different parts of the dossier', () => {
    for (const { mended } of trials) {
      expect(new Set(mended.map(({ length }) => length))).toEqual(new Set([1, 2, 3]));
      for (const atOnce of mended) {
        expect(new Set(atOnce.map(({ area }) => area)).size).toBe(atOnce.length);
      }
    }
  });

  it('has every other applicant file with a warning', () => {
    const kept = trials.flatMap((one) => (one.kept === null ? [] : [one.kept]));
    expect(kept).toHaveLength(people.length / 2);
    for (const fault of kept) {
      for (const one of fitting(fault).slice(0, 1)) {
        const { refused, expected } = broken(fault, one);
        expect(refused).toBe(false);
        expect(expected.length).toBeGreaterThan(0);
      }
    }
  });

  it('leaves out no section and no mistake', () => {
    expect(new Set(trials.map(({ savedLast }) => savedLast)).size).toBe(16);
    const made = new Set(trials.flatMap(({ mended, kept }) => [...mended.flat(), kept]));
    const possible = faults.filter((fault) =>
      inInstitutions.some(({ sound }) => fault.fits(sound)),
    );
    expect(possible.filter((fault) => !made.has(fault)).map(({ name }) => name)).toEqual([]);
  });
});

function isExcluded(content: unknown): boolean {
  const { entries } = content as { readonly entries?: unknown };
  if (!Array.isArray(entries)) return false;
  return (entries as readonly { readonly kind?: unknown }[]).some(({ kind }) =>
    excludedAwards.includes(kind),
  );
}
