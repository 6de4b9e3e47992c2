import type { Finding, Text } from '../rules/finding';
import { contradiction } from './contradiction';
import { levels, type Choices, type Policy, type Term } from './policy';

/** Codes at one place of the policy that another place must list. */
interface Reference {
  readonly pointer: string;
  readonly code: string;
  readonly known: readonly Term[];
  /** What the list is of. */
  readonly of: Text;
}

/** Parameters about a sub-specialty, a route, a subject, … that the round does not have. */
export function unknownCodes(policy: Policy): readonly Finding[] {
  const unknown = references(policy)
    .filter(({ code, known }) => !known.some((term) => term.code === code))
    .map(({ pointer, code, of }) =>
      contradiction(
        pointer,
        `没有代码为“${code}”的${of.zh}。`,
        `There is no ${of.en} with the code "${code}".`,
      ),
    );
  return [...unknown, ...withoutParameters(policy)];
}

function references(policy: Policy): readonly Reference[] {
  const { subSpecialties, form, conditions, materials } = policy;
  const { titleLevels, routes, proofs } = materials.qualification;
  const subSpecialty = { zh: '二级专业', en: 'sub-specialty' };
  const proof = { zh: '资格证明', en: 'proof of a title' };
  return [
    ...names(conditions.bySubSpecialty, '/conditions/bySubSpecialty', subSpecialties, subSpecialty),
    ...each(
      materials.research.suggestedTo,
      '/materials/research/suggestedTo',
      subSpecialties,
      subSpecialty,
    ),
    ...levels.flatMap((level) =>
      each(
        titleLevels[level],
        `/materials/qualification/titleLevels/${level}`,
        form.titleLevels.terms,
        { zh: '职称级别', en: 'level of a title' },
      ),
    ),
    ...names(routes, '/materials/qualification/routes', form.qualificationRoutes.terms, {
      zh: '申报途径',
      en: 'route',
    }),
    ...names(proofs, '/materials/qualification/proofs', form.titlePlaces.terms, {
      zh: '取得地',
      en: 'place of a title',
    }),
    ...Object.entries(proofs).flatMap(([place, { all, any }]) => {
      const at = `/materials/qualification/proofs/${place}`;
      const { terms } = form.titleProofs;
      return [...each(all, `${at}/all`, terms, proof), ...each(any, `${at}/any`, terms, proof)];
    }),
    ...levels.flatMap((level) =>
      names(
        materials.continuingEducation.years[level],
        `/materials/continuingEducation/years/${level}`,
        form.continuingEducationSubjects.terms,
        { zh: '继续教育科目', en: 'subject of continuing education' },
      ),
    ),
  ];
}

function each(codes: readonly string[], at: string, known: readonly Term[], of: Text): Reference[] {
  return codes.map((code, index) => ({ pointer: `${at}/${index}`, code, known, of }));
}

function names(byCode: object, at: string, known: readonly Term[], of: Text): Reference[] {
  return Object.keys(byCode).map((code) => ({ pointer: `${at}/${code}`, code, known, of }));
}

/** What the form offers, while the policy does not say what it asks for. */
function withoutParameters({ form, materials }: Policy): readonly Finding[] {
  const { routes, proofs } = materials.qualification;
  const missing = (offered: Choices, said: object, at: string) =>
    offered.terms
      .filter(({ code }) => !Object.hasOwn(said, code))
      .map(({ code, zh, en }) =>
        contradiction(
          `${at}/${code}`,
          `表单提供“${zh}”，但此处没有规定它的要求。`,
          `The form offers "${en}", but nothing here says what it asks for.`,
        ),
      );
  return [
    ...missing(form.qualificationRoutes, routes, '/materials/qualification/routes'),
    ...missing(form.titlePlaces, proofs, '/materials/qualification/proofs'),
  ];
}
