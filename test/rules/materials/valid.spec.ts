import fc from 'fast-check';

import { validateDraft } from '../../../src/application/form-validator';
import { sectionNames } from '../../../src/dossier/sections';
import { levels } from '../../../src/rounds/policy';
import { counted, materialFindings } from '../../../src/rules/materials';
import { nodes } from '../../form/support';
import {
  caseOf,
  findingsOf,
  firstOf,
  leftOut,
  people,
  policy,
  said,
  senior,
  withContent,
  type Case,
} from './support';

describe('a dossier that keeps the rules', () => {
  it.each(levels)('has nothing found against it at level %s, and all of it counts', (level) => {
    const cases = people.filter((person) => person.level === level).map(caseOf);
    expect(cases.length).toBeGreaterThan(20);
    for (const one of cases) {
      expect(said(one)).toEqual([]);
      expect(leftOut(one)).toEqual([]);
      expect(counted(one.filed, one.context).length).toBeGreaterThan(10);
    }
  });
});

const fitsTheDraft = ({ filed: { sections }, context: { level } }: Case): boolean =>
  sectionNames.every((name) => validateDraft(name, level, policy, sections[name]).length === 0);

describe('whatever a draft holds', () => {
  it('an empty one is told what is missing', () => {
    for (const level of levels) {
      const { context } = firstOf(level);
      const findings = materialFindings({ sections: {}, attachments: [] }, context);
      const blank = findings.filter(({ rule }) => rule === 'F-1').map(({ pointer }) => pointer);
      const asked = sectionNames.filter((name) => name !== 'languageAndComputer');
      expect(blank).toEqual(asked.map((name) => `/sections/${name}`));
    }
  });

  it('any part of it may be missing or blank: it is judged all the same', () => {
    const { sections } = senior.filed;
    const places = [...nodes(sections)].flatMap(([pointer, node]) =>
      Array.isArray(node) ? [] : Object.keys(node).map((field) => `${pointer}/${field}`),
    );
    const change = fc.tuple(
      fc.constantFrom(...places),
      fc.constantFrom(undefined, '', ' ', '无', [], [{}], {}, 0, 2100, true, '2999-12-31'),
    );
    fc.assert(
      fc.property(change, ([pointer, value]) => {
        const spoilt = withContent(senior, { [pointer]: value });
        fc.pre(fitsTheDraft(spoilt));
        for (const finding of findingsOf(spoilt)) {
          expect(policy.clauses[finding.rule ?? '']).toBe(finding.clause);
          expect(finding.pointer).toMatch(/^\/sections\/\w+/);
          expect(finding.message.zh).toMatch(/\p{sc=Han}.*[。”]$/u);
          expect(finding.message.en).toMatch(/[A-Za-z]/);
        }
        counted(spoilt.filed, spoilt.context);
      }),
      { numRuns: 500 },
    );
  });

  it('names no person in what it says', () => {
    const { name, idNumber } = senior.filed.sections.basicInformation;
    const spoilt = withContent(senior, {
      '/basicInformation/birthDate': '1970-01-01',
      '/achievements/entries': '无',
      '/annualAssessments/entries': '无',
      '/commitment/text': name,
    });
    expect(findingsOf(spoilt).length).toBeGreaterThan(3);
    expect(JSON.stringify(findingsOf(spoilt))).not.toContain(name);
    expect(JSON.stringify(findingsOf(spoilt))).not.toContain(idNumber);
  });
});
