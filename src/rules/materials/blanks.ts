import type { JsonSchema } from '../../dossier/form';
import { none, notBlank } from '../../dossier/form/schema';
import { block, type Finding, type Text } from '../finding';
import { alternativesOf } from './fields';
import type { Materials } from './materials';
import { isBlank } from './reading';

/** F-1 (三(三)): nothing the form asks for stays blank; without content it says 「无」. */
export function nothingBlank({ policy, fields }: Materials): readonly Finding[] {
  return fields
    .filter(({ required, value }) => required && isBlank(value))
    .map(({ pointer, schema }) => {
      const title = titleOf(schema);
      const orNone = mayBeNone(schema);
      return block(policy, 'F-1', {
        code: 'blank-field',
        pointer,
        zh: `“${title.zh}”未填写${orNone ? `；没有内容的请填「${none}」` : ''}。`,
        en: `"${title.en}" is not filled in${orNone ? `; write ${none} if there is nothing` : ''}.`,
      });
    });
}

/** What people call a field. */
export function titleOf(schema: JsonSchema): Text {
  const { title, 'x-english': english } = schema;
  return {
    zh: typeof title === 'string' ? title : '',
    en: typeof english === 'string' ? english : '',
  };
}

function mayBeNone(schema: JsonSchema): boolean {
  return (
    schema['pattern'] === notBlank || alternativesOf(schema).some((one) => one['const'] === none)
  );
}
