import { sameJson } from '../dossier/canonical';
import type { Actor, Json } from '../engine/event-store';
import type { PersonalValue } from '../engine/personal-data-cipher';
import type { Occasion } from '../notifications/notification';
import type { Organisation, Stage } from '../organisations/organisation';
import type { Policy } from '../rounds/policy';

/*
 * How the table of personal data is written: for each field of each event type, whether it is personal.
 * The compiler asks for every one of them, so that a new event or field cannot be forgotten.
 */

/** Nothing in it is about a person, or nothing that could be read without knowing the person: a code, a date, a hash. */
export const plain = 'plain';
type Plain = typeof plain;

/** Encrypted as a whole under the person's key. */
class Personal {
  constructor(readonly erased: Json) {}
}

/** For every member of a list or record. */
class Each<Member> {
  constructor(readonly member: Member) {}
}

const erasedText = '（已依法删除）';

/** What people write. */
export const text = new Personal(erasedText);
/** A sentence in both languages. */
export const bilingual = new Personal({ zh: erasedText, en: '(erased by law)' });
/** A section of the form: rules and documents take one without its fields for a blank one. */
export const section = new Personal({ erased: erasedText });

export function isErasedSection(content: Json): boolean {
  return sameJson(content, section.erased);
}

export function each<Member>(member: Member): Each<Member> {
  return new Each(member);
}

type Scalar = string | number | boolean | null;

/** About organisations, rounds and accounts; made of codes alone. */
type Impersonal = Organisation | Stage | Policy | Actor | Occasion;

/** What must be decided of a value. */
export type Decision<T> =
  | Personal
  | (T extends Scalar | readonly Scalar[] | Impersonal
      ? Plain
      : T extends readonly (infer Item)[]
        ? Each<Decision<Item>>
        : T extends object
          ? string extends keyof T
            ? Each<Decision<T[string & keyof T]>>
            : { readonly [Name in keyof T]-?: Decision<T[Name]> }
          : never);

/** The personal values a decision names. */
export function valuesIn(decision: unknown, path: readonly string[] = []): PersonalValue[] {
  if (decision instanceof Personal) return [{ path, erased: decision.erased }];
  if (decision instanceof Each) return valuesIn(decision.member, [...path, '*']);
  if (typeof decision !== 'object' || decision === null) return [];
  return Object.entries(decision).flatMap(([name, member]) => valuesIn(member, [...path, name]));
}
