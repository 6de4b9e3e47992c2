import { dossierContent } from '../../src/cli/season/people/dossier-content';
import { entriesOf, type SectionDrafts } from '../../src/dossier/form/contents';
import { people, policy } from './support';

it('a list has no entries where it is missing, blank or 「无」', () => {
  const drafts: SectionDrafts = { education: {}, awards: { entries: '无' } };
  expect(entriesOf(drafts.education?.entries)).toEqual([]);
  expect(entriesOf(drafts.awards?.entries)).toEqual([]);
  expect(entriesOf('')).toEqual([]);
});

it('a list has its entries otherwise', () => {
  const [person] = people;
  if (person === undefined) throw new Error('nobody applies');
  const { education } = dossierContent(person, policy).sections;
  expect(entriesOf(education.entries).map(({ mode }) => mode)).toEqual(['full-time']);
});
