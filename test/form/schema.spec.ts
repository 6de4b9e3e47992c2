import { createAjv } from '../../src/application/form-validator';
import { draftSchema, formSchema, sectionSchema } from '../../src/dossier/form';
import { sectionNames, sections } from '../../src/dossier/sections';
import { levels } from '../../src/rounds/policy';
import { nodes, policy } from './support';

type Node = Readonly<Record<string, unknown>>;

const schemaNodes = (schema: object): Node[] =>
  [...nodes(schema)].map(([, node]) => node as Node).filter((node) => !Array.isArray(node));

describe.each(levels)('the form of level %s', (level) => {
  const form = formSchema(level, policy);
  const all = schemaNodes(form);

  it('compiles in the strictest mode, complete and as a draft', () => {
    expect(() => createAjv().compile(form)).not.toThrow();
    expect(() => createAjv().compile(draftSchema(form))).not.toThrow();
  });

  it('has every section, in the order of the notice, with titles and clause', () => {
    const properties = form['properties'] as Record<string, Node>;
    expect(Object.keys(properties)).toEqual([...sectionNames]);
    for (const name of sectionNames) {
      expect(properties[name]).toMatchObject({
        type: 'object',
        title: sections[name].title,
        'x-english': sections[name].english,
        description: expect.stringMatching(/^四\(一\)\d+：./) as unknown,
      });
      expect(String(properties[name]?.['description'])).toContain(`${sections[name].clause}：`);
    }
  });

  it('asks for every field, the exams the notice does not insist on apart', () => {
    const asking = all.filter((node) => node['type'] === 'object' && node !== form);
    expect(asking.length).toBeGreaterThan(30);
    for (const node of asking) {
      const names = Object.keys(node['properties'] as object);
      if (node['title'] === sections.languageAndComputer.title) {
        expect(node).not.toHaveProperty('required');
      } else {
        expect(node['required']).toEqual(names);
      }
    }
    expect(form['required']).toEqual(sectionNames.filter((name) => name !== 'languageAndComputer'));
  });

  it('closes every object and bounds every text and every list', () => {
    for (const node of all) {
      if (node['type'] === 'object') expect(node['additionalProperties']).toBe(false);
      if (node['type'] === 'array') expect(node['maxItems']).toBeGreaterThan(0);
      if (node['type'] === 'string' && !('oneOf' in node)) {
        expect(node['maxLength']).toBeGreaterThan(0);
      }
    }
  });

  it('titles every field and every choice in both languages', () => {
    const named = all.flatMap((node) => [
      ...Object.values((node['properties'] ?? {}) as Record<string, Node>),
      ...('const' in node ? [node] : []),
    ]);
    for (const node of named) {
      expect(node['title']).toEqual(expect.stringMatching(/\S/));
      expect(node['x-english']).toEqual(expect.stringMatching(/\S/));
    }
  });

  it('gives every entry of every list its evidence', () => {
    const entries = all
      .filter((node) => node['type'] === 'array')
      .map((node) => node['items'] as Node)
      .filter((items) => items['type'] === 'object');
    expect(entries.length).toBeGreaterThanOrEqual(20);
    for (const entry of entries) expect(entry['properties']).toHaveProperty('evidence');
  });
});

const choicesOf = (
  section: 'qualification' | 'practiceAbility' | 'achievements',
  path: string[],
) => {
  let node: unknown = sectionSchema(section, 'senior', policy);
  for (const key of path) node = (node as Record<string, unknown>)[key];
  return (node as { oneOf: { const: string }[] }).oneOf.map((branch) => branch.const);
};

it('offers the routes of the level', () => {
  const senior = choicesOf('qualification', ['properties', 'route']);
  expect(senior).toEqual(['water-engineer', 'civil-servant', 'other-specialty']);
});

it('offers the conditions of the catalogue', () => {
  const condition = ['properties', 'entries', 'oneOf', '1', 'items', 'properties', 'condition'];
  const { general, bySubSpecialty } = policy.conditions;
  const special = Object.values(bySubSpecialty);
  const codes = (terms: readonly { code: string }[]) => terms.map(({ code }) => code);
  expect(choicesOf('practiceAbility', condition)).toEqual(
    codes(special.flatMap(({ practice }) => practice)),
  );
  expect(choicesOf('achievements', condition)).toEqual(
    codes([...general, ...special.flatMap(({ achievements }) => achievements)]),
  );
});

it('has a catalogue for every sub-specialty, no code twice', () => {
  const { general, bySubSpecialty } = policy.conditions;
  expect(Object.keys(bySubSpecialty)).toEqual(policy.subSpecialties.map(({ code }) => code));
  expect(general.length).toBeGreaterThanOrEqual(5);
  for (const { practice, achievements } of Object.values(bySubSpecialty)) {
    expect(practice.length).toBeGreaterThanOrEqual(4);
    expect(achievements.length).toBeGreaterThanOrEqual(4);
  }
  const all = Object.values(bySubSpecialty).flatMap((of) => [...of.practice, ...of.achievements]);
  const codes = [...general, ...all].map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
});
