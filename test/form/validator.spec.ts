import { validateComplete, validateDraft } from '../../src/application/form-validator';
import { dossierContent } from '../../src/cli/season/people/dossier-content';
import { sectionNames, type SectionName } from '../../src/dossier/sections';
import { levels, type Policy } from '../../src/rounds/policy';
import { copyOf, nodes, people, policy } from './support';

const senior = people.find(({ level }) => level === 'senior') ?? people[0];
if (senior === undefined) throw new Error('nobody applies');
const { sections } = dossierContent(senior, policy);

const draft = (section: SectionName, value: unknown) =>
  validateDraft(section, 'senior', policy, value);
const complete = (section: SectionName, value: unknown) =>
  validateComplete(section, 'senior', policy, value);
const pointers = (errors: readonly { pointer: string }[]) => errors.map(({ pointer }) => pointer);

describe('complete dossiers', () => {
  it.each(people.map((person) => [`${person.level} ${person.subSpecialty}`, person] as const))(
    'fit the form: %s',
    (_, person) => {
      const filled = dossierContent(person, policy).sections;
      for (const name of sectionNames) {
        expect(validateComplete(name, person.level, policy, filled[name])).toEqual([]);
        expect(validateDraft(name, person.level, policy, filled[name])).toEqual([]);
      }
    },
  );
});

describe.each(sectionNames)('section %s', (name) => {
  it('refuses a field it does not know, wherever it is put', () => {
    for (const [pointer, node] of nodes(sections[name])) {
      if (Array.isArray(node)) continue;
      for (const unknown of ['surprise', '__proto__', 'constructor', 'toString']) {
        const spoilt = copyOf(sections[name]);
        Object.defineProperty(at(spoilt, pointer), unknown, { value: '无', enumerable: true });
        expect(pointers(draft(name, spoilt))).toEqual([`${pointer}/${unknown}`]);
        expect(pointers(complete(name, spoilt))).toEqual([`${pointer}/${unknown}`]);
      }
    }
  });

  it('takes a draft without any one field, and misses exactly that one in the end', () => {
    for (const [pointer, node] of nodes(sections[name])) {
      if (Array.isArray(node)) continue;
      for (const field of Object.keys(node)) {
        const spoilt = copyOf(sections[name]);
        Reflect.deleteProperty(at(spoilt, pointer), field);
        expect(draft(name, spoilt)).toEqual([]);
        const missed = name === 'languageAndComputer' ? [] : [`${pointer}/${field}`];
        expect(complete(name, spoilt)).toEqual(
          missed.map((at) => expect.objectContaining({ pointer: at, blank: true }) as unknown),
        );
      }
    }
  });

  it('takes blanks in a draft, and names each of them in the end', () => {
    for (const [pointer, node] of nodes(sections[name])) {
      if (Array.isArray(node)) continue;
      for (const [field, value] of Object.entries(node)) {
        if (typeof value === 'object' || field === 'evidence' || value === '无') continue;
        const spoilt = copyOf(sections[name]);
        at(spoilt, pointer)[field] = '';
        expect(draft(name, spoilt)).toEqual([]);
        expect(complete(name, spoilt)).toEqual([
          expect.objectContaining({ pointer: `${pointer}/${field}`, blank: true }),
        ]);
      }
    }
  });

  it('refuses a value of the wrong type at its place, once', () => {
    for (const [pointer, node] of nodes(sections[name])) {
      for (const field of Object.keys(node)) {
        const spoilt = copyOf(sections[name]);
        at(spoilt, pointer)[field] = 0.5;
        expect(pointers(draft(name, spoilt))).toEqual([`${pointer}/${field}`]);
        expect(pointers(complete(name, spoilt))).toEqual([`${pointer}/${field}`]);
      }
    }
  });

  it.each([[null], ['无'], [[]], [7]])('is an object, not %j', (value) => {
    expect(pointers(draft(name, value))).toEqual(['']);
    expect(pointers(complete(name, value))).toEqual(['']);
  });

  it('takes an empty draft', () => {
    expect(draft(name, {})).toEqual([]);
  });
});

describe('values', () => {
  const education = (entry: object) => draft('education', { entries: [{}, entry] });

  it.each(['2022-02-30', '2021-02-29', '2022-13-01', '2022-1-1', '20220101', 'yesterday', '无'])(
    'no day: %s',
    (birthDate) => {
      const [error, ...others] = draft('basicInformation', { birthDate });
      expect(others).toEqual([]);
      expect(error).toMatchObject({
        pointer: '/birthDate',
        zh: '应为日历上存在的日期（YYYY-MM-DD）。',
      });
    },
  );

  it('a leap day is a day', () => {
    expect(draft('basicInformation', { birthDate: '1984-02-29' })).toEqual([]);
  });

  it.each(['2020-00', '2020-13', '2020-1', '2020-01-01'])('no month: %s', (from) => {
    expect(education({ from })).toEqual([
      expect.objectContaining({ pointer: '/entries/1/from', en: 'Must be a month (YYYY-MM).' }),
    ]);
  });

  it('an end may be 至今, a beginning may not', () => {
    const period = { from: '至今', to: '至今' };
    expect(pointers(draft('workHistory', { entries: [period] }))).toEqual(['/entries/0/from']);
    expect(draft('workHistory', { entries: [{ to: '2020' }] })).toEqual([
      expect.objectContaining({ zh: '应为年月（YYYY-MM），或「至今」。' }),
    ]);
  });

  it('a choice outside the list is one error, also where 「无」 would do', () => {
    expect(education({ level: 'kindergarten', degree: 'kindergarten' })).toEqual([
      expect.objectContaining({ pointer: '/entries/1/level', zh: '应为可选项之一。' }),
      expect.objectContaining({ pointer: '/entries/1/degree', zh: '应为可选项之一，或「无」。' }),
    ]);
  });

  it.each(['', 'a'.repeat(63), 'A'.repeat(64), 'a'.repeat(65), `${'a'.repeat(64)}\n`, '../x'])(
    'no evidence: %j',
    (sha256) => {
      expect(pointers(education({ evidence: [sha256] })).every(isEvidence)).toBe(true);
      expect(education({ evidence: [sha256] }).length).toBeGreaterThan(0);
    },
  );
  const isEvidence = (pointer: string) => pointer === '/entries/1/evidence/0';

  it('a list is 「无」 or has entries', () => {
    expect(complete('education', { entries: '无' })).toEqual([]);
    expect(draft('education', { entries: [] })).toEqual([]);
    expect(complete('education', { entries: [] })).toEqual([
      {
        pointer: '/entries',
        blank: true,
        zh: '未填写；没有内容的请填「无」。',
        en: expect.anything() as unknown,
      },
    ]);
    expect(draft('education', { entries: '没有' })).toEqual([
      expect.objectContaining({ pointer: '/entries', zh: '应为列表，或「无」。' }),
    ]);
  });

  it('no list and no text is too long', () => {
    const entries = Array.from({ length: 11 }, () => ({}));
    expect(draft('education', { entries: entries.slice(1) })).toEqual([]);
    expect(draft('education', { entries })).toEqual([
      expect.objectContaining({ pointer: '/entries', zh: '不得超过10项。' }),
    ]);
    const name = (length: number) => ({ name: '阿'.repeat(length) });
    expect(draft('basicInformation', name(50))).toEqual([]);
    expect(draft('basicInformation', name(51))).toEqual([
      expect.objectContaining({ pointer: '/name', en: 'Must not be longer than 50 characters.' }),
    ]);
  });

  it('white space is blank', () => {
    expect(complete('workSummary', { text: ' \n\t　' })).toEqual([
      expect.objectContaining({ pointer: '/text', blank: true }),
    ]);
  });

  it('a field name is escaped in the pointer', () => {
    expect(pointers(draft('workSummary', { 'a/b~c': 1 }))).toEqual(['/a~1b~0c']);
  });

  it('an award the notice leaves out can be stated, for M-17 to refuse', () => {
    expect(draft('awards', { entries: [{ kind: 'union' }] })).toEqual([]);
  });

  it('a level has its own routes', () => {
    expect(pointers(draft('qualification', { route: 'first-title' }))).toEqual(['/route']);
    expect(validateDraft('qualification', 'junior', policy, { route: 'first-title' })).toEqual([]);
  });
});

describe('errors', () => {
  it('tell all at once', () => {
    const spoilt = { birthDate: '30.2.1980', gender: 'x', phone: 1, extra: 1 };
    expect(pointers(draft('basicInformation', spoilt)).sort()).toEqual([
      '/birthDate',
      '/extra',
      '/gender',
      '/phone',
    ]);
  });

  it('never repeat what was filled in', () => {
    const secret = '650102198001011234-secret';
    for (const name of sectionNames) {
      for (const [pointer, node] of nodes(sections[name])) {
        for (const field of Object.keys(node)) {
          const spoilt = copyOf(sections[name]);
          at(spoilt, pointer)[field] = secret;
          const told = JSON.stringify([draft(name, spoilt), complete(name, spoilt)]);
          expect(told).not.toContain('secret');
        }
      }
    }
  });

  it('stay few for a hostile body', () => {
    const entries = Array.from({ length: 30_000 }, () => ({ evidence: 5 }));
    const errors = draft('education', { entries });
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.length).toBeLessThanOrEqual(1000);
  });
});

describe('the policy', () => {
  const withKind = (code: string): Policy => ({
    ...policy,
    form: {
      ...policy.form,
      researchKinds: { clause: null, terms: [{ code, zh: code, en: code }] },
    },
  });
  const stated = { entries: [{ kind: 'first' }] };

  it('is the one in hand, never one compiled before', () => {
    expect(validateDraft('researchAbility', 'senior', withKind('first'), stated)).toEqual([]);
    expect(
      pointers(validateDraft('researchAbility', 'senior', withKind('second'), stated)),
    ).toEqual(['/entries/0/kind']);
    expect(validateDraft('researchAbility', 'senior', withKind('first'), stated)).toEqual([]);
  });

  it('is told from others after more versions than are kept compiled', () => {
    for (let version = 0; version < 200; version += 1) {
      const kind = `kind-${version}`;
      const own = { entries: [{ kind }] };
      expect(validateDraft('researchAbility', 'senior', withKind(kind), own)).toEqual([]);
    }
    expect(validateDraft('researchAbility', 'senior', withKind('first'), stated)).toEqual([]);
  });

  it.each(levels)('has a form for every section of level %s', (level) => {
    for (const name of sectionNames) {
      expect(validateDraft(name, level, policy, {})).toEqual([]);
    }
  });
});

/** The object or array at a pointer made by `nodes`; field names of the form need no escaping. */
function at(value: unknown, pointer: string): Record<string, unknown> {
  const path = pointer.split('/').slice(1);
  return path.reduce((node, key) => (node as Record<string, unknown>)[key], value) as Record<
    string,
    unknown
  >;
}
