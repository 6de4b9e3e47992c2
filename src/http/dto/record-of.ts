import { ValidateBy } from 'class-validator';

export const recordOf = 'recordOf';

/** What is asked of every member: a constraint, which says it to the client, and whether a value keeps it. */
export type MemberCheck = readonly [constraint: string, isKept: (value: unknown) => boolean];

/** An object, beside `IsObject`, whose members' names are not known here: each one that is at fault is named. */
export const RecordOf = (...check: MemberCheck): PropertyDecorator =>
  ValidateBy({
    name: recordOf,
    constraints: [...check],
    validator: {
      validate: (value: unknown) =>
        typeof value === 'object' && value !== null && Object.values(value).every(check[1]),
    },
  });
