import { formSchema, type JsonSchema } from '../../dossier/form';
import type { Level, Policy } from '../../rounds/policy';

/** A place of the form with what was filled in there. */
export interface FormField {
  /** JSON pointer, `/sections/…`. */
  readonly pointer: string;
  /** The same for every entry of a list: `*` stands for its number. */
  readonly place: string;
  /** The part of the form's schema that holds there; of a field that may be 「无」, with that choice. */
  readonly schema: JsonSchema;
  /** Of an object or an array, the schema without that choice. */
  readonly shape: JsonSchema;
  readonly required: boolean;
  /** Undefined where nothing was filled in. */
  readonly value: unknown;
}

/** Every field of the form, and every entry of its lists, as deep as something is filled in. */
export function fieldsOf(sections: object, level: Level, policy: Policy): readonly FormField[] {
  const found: FormField[] = [];
  const shape = formOf(policy, level);
  collect(found, { pointer: '/sections', place: '/sections', shape, value: sections });
  return found;
}

type Node = Pick<FormField, 'pointer' | 'place' | 'shape' | 'value'>;

function collect(found: FormField[], { pointer, place, shape, value }: Node): void {
  const visit = ({ name, schema, required }: Part, key: string, filledIn: unknown): void => {
    const field = {
      pointer: `${pointer}/${key}`,
      place: `${place}/${name}`,
      schema,
      shape: shapeOf(schema, filledIn),
      required,
      value: filledIn,
    };
    found.push(field);
    collect(found, field);
  };
  const parts = partsOf(shape);
  if (Array.isArray(value)) {
    const [entry] = parts;
    if (entry === undefined) return;
    value.forEach((filledIn: unknown, index) => {
      visit(entry, String(index), filledIn);
    });
  } else if (isObject(value)) {
    for (const part of parts) {
      visit(part, part.name, Object.hasOwn(value, part.name) ? value[part.name] : undefined);
    }
  }
}

/** A property of an object, or, as `*`, what every entry of a list is. */
interface Part {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly required: boolean;
}

/** What an object or a list is made of. */
export const partsOf = remembering((shape: JsonSchema): readonly Part[] => {
  const { items, properties, required } = shape;
  if (isObject(items)) return [{ name: '*', schema: items, required: true }];
  const names: readonly unknown[] = Array.isArray(required) ? required : [];
  return Object.entries(properties ?? {}).flatMap(([name, schema]) =>
    isObject(schema) ? [{ name, schema, required: names.includes(name) }] : [],
  );
});

/** What a field may hold one of, as 「无」 or a list; nothing where there is no choice. */
export const alternativesOf = remembering(({ oneOf }: JsonSchema): readonly JsonSchema[] => {
  const branches: readonly unknown[] = Array.isArray(oneOf) ? oneOf : [];
  return branches.filter(isObject);
});

/** Among alternatives the one that an object or an array is made after. */
function shapeOf(schema: JsonSchema, value: unknown): JsonSchema {
  if (typeof value !== 'object' || value === null) return schema;
  const wanted = Array.isArray(value) ? 'array' : 'object';
  return alternativesOf(schema).find(({ type }) => type === wanted) ?? schema;
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const formsOf = remembering((_: Policy) => new Map<Level, JsonSchema>());

/** Built once for each policy and level: it is larger than any dossier. */
function formOf(policy: Policy, level: Level): JsonSchema {
  const forms = formsOf(policy);
  const form = forms.get(level) ?? formSchema(level, policy);
  forms.set(level, form);
  return form;
}

/** Works it out once for each; a form is walked for every dossier. */
function remembering<K extends object, T>(workOut: (of: K) => T): (of: K) => T {
  const known = new WeakMap<K, T>();
  return (of) => {
    const found = known.get(of) ?? workOut(of);
    known.set(of, found);
    return found;
  };
}
