import { policy2022 } from '../../src/rounds/policy-2022';

/** A JSON pointer and what is put there; undefined takes away what is there. */
export type Edit = readonly [pointer: string, value: unknown];

/** The policy of 2022 as the office would edit its file: plain data, a copy. */
export function edited(...edits: readonly Edit[]): Record<string, unknown> {
  const policy = structuredClone(policy2022) as unknown as Record<string, unknown>;
  for (const [pointer, value] of edits) {
    const path = pointer.split('/').slice(1);
    const last = path.pop() ?? '';
    const at = path.reduce<unknown>(
      (node, name) => Reflect.get(Object(node) as object, name),
      policy,
    );
    if (typeof at !== 'object' || at === null) throw new Error(`nothing at ${pointer}`);
    if (value === undefined) Reflect.deleteProperty(at, last);
    else Reflect.set(at, last, value);
  }
  return policy;
}
