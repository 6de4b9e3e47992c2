import type { Json } from '../../engine/event-store';
import { pointerTo } from '../../engine/text';
import type { Content } from '../../dossier/dossier';

/** Where in a content a text stands, such as the hash of a file: JSON pointers. */
export function placesOf({ sections }: Content, text: string): readonly string[] {
  return found(sections, text, '/sections');
}

function found(value: Json, text: string, at: string): readonly string[] {
  if (value === text) return [at];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries<Json>(value).flatMap(([name, member]) =>
    found(member, text, pointerTo(at, name)),
  );
}
