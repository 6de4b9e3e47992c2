import { ValidateIf } from 'class-validator';

/**
 * A field that may be left out. Unlike `IsOptional` it lets no null pass: a field is given with a value, or
 * not at all.
 */
export const IfGiven = (): PropertyDecorator =>
  ValidateIf((_: unknown, value: unknown) => value !== undefined);
