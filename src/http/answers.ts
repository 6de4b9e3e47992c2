import type { Caller } from '../application/access';
import type { Dossier, OpenedDossier } from '../dossier/dossier';
import type { DossierEvent } from '../dossier/events';
import type { Outcome } from '../engine/execute';
import type { Cursor } from '../engine/read-models';
import type { Finding } from '../rules/finding';
import { notFound, Problem, refusal } from './problem';

type Accepted<State, Event> = Extract<
  Outcome<State, Event, readonly Finding[]>,
  { kind: 'accepted' }
>;

/** What was accepted; every other outcome is a problem. */
export function accepted<State, Event>(
  outcome: Outcome<State, Event, readonly Finding[]>,
): Accepted<State, Event> {
  switch (outcome.kind) {
    case 'accepted':
      return outcome;
    case 'refused':
      throw refusal(outcome.refused);
    case 'unknown':
      throw notFound();
    case 'stale':
      throw new Problem(412, 'stale-revision', {
        zh: `材料已有更新（现为第${outcome.revision}版），请刷新后再试。`,
        en: `The dossier has changed (it stands at revision ${outcome.revision}); reload and try again.`,
      });
    case 'identity-reused':
      throw new Problem(422, 'idempotency-key-reused', {
        zh: '该 Idempotency-Key 已用于另一个请求，请换一个。',
        en: 'This Idempotency-Key belongs to another request; use a new one.',
      });
  }
}

/** How every command on a dossier answers; `revision` is the ETag, `position` serves Read-After. */
export class CommandAnswer {
  dossier!: string;
  /** @example "draft" */
  status!: string;
  /** @example 7 */
  revision!: number;
  /** @example "0000000000000042" */
  position!: string;
}

export function commandAnswer(
  dossier: string,
  { state, revision, position }: Accepted<Dossier, DossierEvent>,
): CommandAnswer {
  return { dossier, status: opened(state).status, revision, position };
}

export function opened(state: Dossier): OpenedDossier {
  if (state.status === 'unopened') throw notFound();
  return state;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

export function pageOf<Item extends object>(found: {
  readonly items: readonly Item[];
  readonly next: Cursor | null;
}): Page<Item> {
  return { items: found.items, nextCursor: found.next && encodeCursor(found.next) };
}

/** A page of a list that is at hand as a whole, in the order of its keys. */
export function pageFrom<Item extends object>(
  items: readonly Item[],
  keyOf: (item: Item) => string | number,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Page<Item> {
  const after = decodeCursor(cursor)?.order;
  if (after != null && items[0] !== undefined && typeof after !== typeof keyOf(items[0])) {
    throw cursorMalformed();
  }
  const rest = after == null ? items : items.filter((item) => keyOf(item) > after);
  const shown = rest.slice(0, limit);
  const last = shown.at(-1);
  const hasMore = rest.length > shown.length && last !== undefined;
  return pageOf({ items: shown, next: hasMore ? { order: keyOf(last), id: '' } : null });
}

function encodeCursor({ order, id }: Cursor): string {
  return Buffer.from(JSON.stringify([order, id])).toString('base64url');
}

export function decodeCursor(text: string | undefined): Cursor | null {
  if (text === undefined) return null;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (Array.isArray(parsed) && parsed.length === 2) {
      const [order, id] = parsed as unknown[];
      if (isText(id) && isScalar(order)) return { order, id };
    }
  } catch {
    // Not one of ours; said below.
  }
  throw cursorMalformed();
}

function cursorMalformed(): Problem {
  return new Problem(400, 'cursor-malformed', {
    zh: 'cursor 无效，请使用上一页返回的 nextCursor。',
    en: 'The cursor is not one this service gave; use nextCursor of the page before.',
  });
}

function isScalar(value: unknown): value is Cursor['order'] {
  return value === null || ['number', 'boolean'].includes(typeof value) || isText(value);
}

/** Other text is in no store, and none can look it up. */
function isText(value: unknown): value is string {
  return typeof value === 'string' && value.isWellFormed() && !value.includes('\0');
}

/** What was asked for; validation leaves an undefined field for everything that was not. */
export function given<F extends object>(
  filter: F,
): { readonly [Field in keyof F]?: Exclude<F[Field], undefined> } {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as {
    readonly [Field in keyof F]?: Exclude<F[Field], undefined>;
  };
}

/** The organisation a caller acts for; where the token names none, there is no jurisdiction to show. */
export function organisationOf({ organisation }: Caller): string {
  if (organisation !== null) return organisation;
  throw new Problem(403, 'organisation-missing', {
    zh: '令牌中没有单位（org），无法确定管辖范围。',
    en: 'The token names no organisation (org), so there is no jurisdiction to show.',
  });
}
