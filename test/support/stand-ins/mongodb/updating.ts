import { CommandError } from './command-error';
import { copyOf, type Doc } from './wire';

/** Whether the update is a whole document, not operators. */
export function isReplacement(update: Doc): boolean {
  return !Object.keys(update).some((name) => name.startsWith('$'));
}

/** The document after the update; `inserting` where an upsert makes it. */
export function applyUpdate(document: Doc, update: Doc, inserting: boolean): Doc {
  if (isReplacement(update)) {
    return copyOf('_id' in document ? { _id: document._id, ...update } : update);
  }
  const changed = copyOf(document);
  for (const [operator, fields] of Object.entries(update)) {
    for (const [path, value] of Object.entries(fields as Doc)) {
      switch (operator) {
        case '$setOnInsert':
          if (inserting) setAt(changed, path, value);
          break;
        case '$set':
          setAt(changed, path, value);
          break;
        case '$unset':
          unsetAt(changed, path);
          break;
        default:
          throw new CommandError(9, `the update operator ${operator} is not known here`);
      }
    }
  }
  return copyOf(changed);
}

/** The fields an upsert takes from the plain equalities of its filter. */
export function fromFilter(filter: Doc): Doc {
  const document: Doc = {};
  for (const [path, condition] of Object.entries(filter)) {
    if (!path.startsWith('$') && !hasOperators(condition)) setAt(document, path, condition);
  }
  return document;
}

function hasOperators(condition: unknown): boolean {
  return isDoc(condition) && Object.keys(condition).some((name) => name.startsWith('$'));
}

function setAt(document: Doc, path: string, value: unknown): void {
  const { parent, name } = placeOf(document, path, true);
  if (parent !== undefined) parent[name] = value;
}

function unsetAt(document: Doc, path: string): void {
  const { parent, name } = placeOf(document, path, false);
  if (parent !== undefined) Reflect.deleteProperty(parent, name);
}

function placeOf(
  document: Doc,
  path: string,
  making: boolean,
): { parent: Doc | undefined; name: string } {
  const names = path.split('.');
  const name = names.pop() ?? '';
  let parent: Doc | undefined = document;
  for (const step of names) {
    if (making && parent[step] === undefined) parent[step] = {};
    const child: unknown = parent[step];
    if (!isDoc(child)) return { parent: undefined, name };
    parent = child;
  }
  return { parent, name };
}

function isDoc(value: unknown): value is Doc {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
