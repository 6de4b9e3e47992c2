import type { Json } from '../../../engine/event-store';
import type { Sound } from './sound';

/** A change of a section's content; the content itself stays as it is. */
export type Edit = (content: Json, dossier: Sound) => Json;

type Value = Json | ((content: Json, dossier: Sound) => Json);

/** Puts a value at a JSON pointer, in place of what is there. */
export function put(pointer: string, value: Value): Edit {
  return (content, dossier) => {
    const placed = typeof value === 'function' ? value(content, dossier) : value;
    return changed(content, pathOf(pointer), () => placed);
  };
}

/** Takes away what stands at a JSON pointer: a member, or an entry of a list. */
export function drop(pointer: string): Edit {
  return (content) => {
    const path = pathOf(pointer);
    const last = path.at(-1) ?? '';
    return changed(content, path.slice(0, -1), (parent) =>
      Array.isArray(parent)
        ? (parent as readonly Json[]).filter((_, index) => index !== Number(last))
        : Object.fromEntries(Object.entries(parent ?? {}).filter(([name]) => name !== last)),
    );
  };
}

/** Adds an entry to the end of a list, which begins with it where it said 「无」. */
export function add(pointer: string, entry: Value): Edit {
  return (content, dossier) => {
    const added = typeof entry === 'function' ? entry(content, dossier) : entry;
    return changed(content, pathOf(pointer), (list) => [...entriesAt(list), added]);
  };
}

/** What stands at a JSON pointer; undefined where nothing does. */
export function at(content: Json, pointer: string): unknown {
  return pathOf(pointer).reduce<unknown>(
    (inside, name) => (inside instanceof Object ? Reflect.get(inside, name) : undefined),
    content,
  );
}

/** The entries of a list at a JSON pointer; none where it says 「无」. */
export function entries(content: Json, pointer: string): readonly Record<string, Json>[] {
  return entriesAt(at(content, pointer)) as readonly Record<string, Json>[];
}

function entriesAt(list: unknown): readonly Json[] {
  return Array.isArray(list) ? (list as readonly Json[]) : [];
}

function pathOf(pointer: string): readonly string[] {
  return pointer.split('/').slice(1);
}

function changed(
  content: Json | undefined,
  [name, ...rest]: readonly string[],
  change: (value: Json | undefined) => Json,
): Json {
  if (name === undefined) return change(content);
  if (Array.isArray(content)) {
    const list = content as readonly Json[];
    return list.map((entry, index) =>
      index === Number(name) ? changed(entry, rest, change) : entry,
    );
  }
  const members = content instanceof Object ? (content as Readonly<Record<string, Json>>) : {};
  return { ...members, [name]: changed(members[name], rest, change) };
}
