import { ValidationPipe, type ArgumentMetadata, type ValidationError } from '@nestjs/common';
import { getMetadataStorage } from 'class-validator';

import { pointerTo } from '../engine/text';
import type { Finding, Text } from '../rules/finding';
import { recordOf, type MemberCheck } from './dto/record-of';
import { isReservedName } from './json-body';
import { malformed, malformedBody, type Problem } from './problem';
import { sentenceFor } from './validation-messages';

/** Beyond this the rest is left out: a body can hold a hundred thousand unknown fields. */
const mostFindings = 100;

/** Where one of these fails, what else fails about the value is a consequence. */
const kindConstraints = [
  'isString',
  'isBoolean',
  'isNumber',
  'isInt',
  'isArray',
  'isObject',
  'nestedValidation',
];

/**
 * Checks bodies and queries against their DTOs: nothing unknown, nothing converted on the quiet.
 * Fails with a 400 Problem that has a finding for every field at fault, and repeats no value.
 */
export function validationPipe(): ValidationPipe {
  return new DtoPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    validationError: { target: true, value: true },
    exceptionFactory: (errors) => problemOf(errors.flatMap((error) => findingsOf(error, ''))),
  });
}

class DtoPipe extends ValidationPipe {
  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    // An array or a bare text would be checked as if it were an object without fields.
    if (metadata.type === 'body' && this.toValidate(metadata) && !isObjectOrAbsent(value)) {
      throw malformedBody({
        zh: '请求正文须为 JSON 对象。',
        en: 'The request body must be a JSON object.',
      });
    }
    if (metadata.type === 'query') refuseReservedNames(value);
    return super.transform(value, metadata) as Promise<unknown>;
  }
}

function refuseReservedNames(query: unknown): void {
  const reserved = Object.keys(query ?? {}).filter(isReservedName);
  if (reserved.length > 0) {
    throw problemOf(reserved.map((name) => findingOf(pointerTo('', name), unknownField)));
  }
}

function isObjectOrAbsent(value: unknown): boolean {
  return (
    value === undefined || (typeof value === 'object' && value !== null && !Array.isArray(value))
  );
}

function problemOf(findings: readonly Finding[]): Problem {
  return malformed(
    'malformed-request',
    { zh: '请求中有字段不符合要求。', en: 'Some fields of the request are not as they should be.' },
    findings.slice(0, mostFindings),
  );
}

function findingsOf(error: ValidationError, parent: string): Finding[] {
  const pointer = pointerTo(parent, error.property);
  const children = (error.children ?? []).flatMap((child) => findingsOf(child, pointer));
  const own = reported(error).map((said) => findingOf(pointer, said));
  return [...own, ...membersAtFault(error, pointer), ...children];
}

/** The members of a `RecordOf` that are not as they should be, each by its pointer. */
function membersAtFault(error: ValidationError, pointer: string): Finding[] {
  const value: unknown = error.value;
  const isAtFault = Object.hasOwn(error.constraints ?? {}, recordOf);
  if (!isAtFault || typeof value !== 'object' || value === null) return [];
  const [constraint, isKept] = declaredWith(error, recordOf) as MemberCheck;
  const said = { code: 'invalid-field', text: sentenceFor(constraint, []) };
  return Object.entries(value)
    .filter(([, member]) => !isKept(member))
    .map(([name]) => findingOf(pointerTo(pointer, name), said));
}

interface Said {
  readonly code: string;
  readonly text: Text;
}

const unknownField: Said = { code: 'unknown-field', text: sentenceFor('whitelistValidation', []) };
const missingField: Said = { code: 'missing-field', text: sentenceFor('isDefined', []) };

function reported(error: ValidationError): Said[] {
  const constraints = Object.keys(error.constraints ?? {}).filter((name) => name !== recordOf);
  if (constraints.length === 0) return [];
  if (constraints.includes('whitelistValidation')) return [unknownField];
  if (error.value === undefined) return [missingField];
  const kinds = constraints.filter((constraint) => kindConstraints.includes(constraint));
  return (kinds.length > 0 ? kinds.slice(0, 1) : constraints).map((constraint) => ({
    code: 'invalid-field',
    text: sentenceFor(constraint, declaredWith(error, constraint)),
  }));
}

/** What the DTO gave the constraint, such as the limit of a length: errors do not carry it. */
function declaredWith(
  { target, property }: ValidationError,
  constraint: string,
): readonly unknown[] {
  if (target === undefined) return [];
  const declared = getMetadataStorage()
    .getTargetValidationMetadatas(target.constructor, '', false, false)
    .find(({ propertyName, name }) => propertyName === property && name === constraint);
  return (declared?.constraints ?? []) as readonly unknown[];
}

function findingOf(pointer: string, { code, text }: Said): Finding {
  return { code, rule: null, clause: null, severity: 'block', pointer, message: text };
}
