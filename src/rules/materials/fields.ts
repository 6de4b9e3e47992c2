import { formSchema, type JsonSchema } from '../../dossier/form';
import type { Json } from '../../engine/event-store';
import type { Level, Policy } from '../../rounds/policy';

/** A place of the form with what was filled in there. */
export interface FormField {
  /** JSON pointer, `/sections/…`. */
  readonly pointer: string;
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
  collect(found, formOf(level, policy), sections, '/sections');
  return found;
}

function collect(found: FormField[], shape: JsonSchema, value: unknown, pointer: string): void {
  const visit = (schema: Json | undefined, part: unknown, name: string, required: boolean) => {
    if (!isSchema(schema)) return;
    const field = {
      pointer: `${pointer}/${name}`,
      schema,
      shape: shapeOf(schema, part),
      required,
      value: part,
    };
    found.push(field);
    collect(found, field.shape, part, field.pointer);
  };
  if (Array.isArray(value)) {
    value.forEach((entry: unknown, index) => {
      visit(shape['items'], entry, String(index), true);
    });
  } else if (value instanceof Object) {
    const required: readonly unknown[] = listOf(shape['required']);
    for (const [name, schema] of Object.entries(shape['properties'] ?? {})) {
      const part: unknown = Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
      visit(schema as Json, part, name, required.includes(name));
    }
  }
}

/** Among alternatives, as 「无」 or a list, the one an object or an array is made after. */
function shapeOf(schema: JsonSchema, value: unknown): JsonSchema {
  if (!(value instanceof Object)) return schema;
  const type = Array.isArray(value) ? 'array' : 'object';
  const found = listOf(schema['oneOf']).find(
    (branch) => isSchema(branch) && branch['type'] === type,
  );
  return isSchema(found) ? found : schema;
}

function isSchema(value: Json | undefined): value is JsonSchema {
  return value instanceof Object && !Array.isArray(value);
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

const forms = new WeakMap<Policy, Map<Level, JsonSchema>>();

/** Built once for each policy and level: it is larger than any dossier. */
function formOf(level: Level, policy: Policy): JsonSchema {
  const ofPolicy = forms.get(policy) ?? new Map<Level, JsonSchema>();
  forms.set(policy, ofPolicy);
  const form = ofPolicy.get(level) ?? formSchema(level, policy);
  ofPolicy.set(level, form);
  return form;
}
