import {
  count,
  dimsIn,
  groupOf,
  until,
  type Counted,
  type Item,
  type Values,
  type Wanted,
} from './counting';
import { standingAfter, type Log, type Standing } from './stories';

/* How things stood, evening by evening: progress, fees, falsification, evidence. */

type Recount = (log: Log, wanted: Wanted) => Counted;

export const countProgress: Recount = (log, wanted) =>
  overEvenings(log, wanted, (evening) => progressItems(log, wanted, evening), progressValues);

export const countFees: Recount = (log, wanted) =>
  overEvenings(
    log,
    wanted,
    (evening) => feeItems(log, wanted, evening),
    (items) => feeValues(items, wanted),
  );

export const countFalsification: Recount = (log, wanted) =>
  overEvenings(log, wanted, (evening) => caseItems(log, wanted, evening), caseValues);

export const countEvidence: Recount = (log, wanted) =>
  overEvenings(log, wanted, (evening) => useItems(log, wanted, evening), useValues);

/** Reports of how things stand: a row for every evening on which they changed. */
function overEvenings<T>(
  log: Log,
  wanted: Wanted,
  itemsAt: (evening: string) => readonly Item<T>[],
  valuesOf: (items: readonly T[]) => Values & { readonly fine?: string },
): Counted {
  const { by, evening } = wanted;
  const counted: Counted = new Map();
  const plain = ({ fine: _fine, ...values }: Values): Values => values;
  counted.set('', plain(valuesOf(itemsAt(evening).map(({ it }) => it))));
  const grouped = (at: string, day: string): Map<string, T[]> => {
    const groups = new Map<string, T[]>();
    for (const { dims, it } of itemsAt(at)) {
      const group = groupOf(dims, by, day);
      groups.set(group, [...(groups.get(group) ?? []), it]);
    }
    return groups;
  };
  if (!by.includes('day')) {
    for (const [group, items] of grouped(evening, '')) counted.set(group, plain(valuesOf(items)));
    return counted;
  }
  let before = '';
  for (const day of log.days.filter((one) => one <= evening)) {
    const now = grouped(day, day);
    const then = grouped(before, day);
    for (const group of new Set([...now.keys(), ...then.keys()])) {
      const values = valuesOf(now.get(group) ?? []);
      if (JSON.stringify(values) === JSON.stringify(valuesOf(then.get(group) ?? []))) continue;
      counted.set(group, plain(values));
    }
    before = day;
  }
  return counted;
}

// --- progress ---

function progressItems(log: Log, wanted: Wanted, evening: string): Item<Standing>[] {
  return log.dossiers.flatMap(({ round, events }) => {
    const standing = standingAfter(until(events, evening));
    const dims = standing && dimsIn(wanted, { round, ...standing });
    return standing && dims ? [{ dims, it: standing }] : [];
  });
}

function progressValues(dossiers: readonly Standing[]): Values {
  const had = (type: string) => count(dossiers, (one) => one.had.has(type));
  const filed = (state: string) => count(dossiers, (one) => one.tries > 0 && one.state === state);
  const never = (...states: string[]) =>
    count(dossiers, (one) => one.tries === 0 && states.includes(one.state));
  return {
    opened: dossiers.length,
    submitted: count(dossiers, ({ tries }) => tries > 0),
    recommended: had('DossierRecommended'),
    reachedTitleOffice: count(dossiers, ({ reachedOffice }) => reachedOffice),
    passed: had('DossierAccepted'),
    preparing: never('in hand'),
    neverFiled: never('withdrawn', 'never-submitted'),
    atUnit: filed('unit'),
    atSupervision: filed('supervision'),
    atTitleOffice: filed('title-office'),
    inHand: filed('in hand'),
    accepted: filed('accepted'),
    withdrawn: filed('withdrawn'),
    notResubmitted: filed('not-resubmitted'),
    limitReached: filed('submission-limit'),
    falsified: filed('falsified'),
  };
}

// --- fees ---

type FeeItem =
  | {
      readonly kind: 'owes';
      readonly level: string;
      readonly paid: boolean;
      readonly forms: boolean;
    }
  | { readonly kind: 'fee' | 'forms'; readonly amount: number; readonly late: boolean };

function feeItems(log: Log, wanted: Wanted, evening: string): Item<FeeItem>[] {
  const items: Item<FeeItem>[] = [];
  for (const { round, events } of log.dossiers) {
    const told = until(events, evening);
    const standing = standingAfter(told);
    const dims = standing && dimsIn(wanted, { round, ...standing });
    if (standing === undefined || dims === undefined) continue;
    if (standing.state === 'accepted') {
      const paid = standing.had.has('FeeReceived');
      const forms = standing.had.has('PrintedFormsReceived');
      items.push({ dims, it: { kind: 'owes', level: standing.cell.level, paid, forms } });
    }
    for (const { type, data } of told) {
      const late = ((data['warnings'] ?? []) as unknown[]).length > 0;
      const amount = Number(data['amount'] ?? 0);
      // Of a dossier that owes nothing any more, forms that came in time count nowhere.
      if (amount === 0 && !late) continue;
      if (type === 'FeeReceived') items.push({ dims, it: { kind: 'fee', amount, late } });
      if (type === 'PrintedFormsReceived')
        items.push({ dims, it: { kind: 'forms', amount, late } });
    }
  }
  return items;
}

function feeValues(items: readonly FeeItem[], { fee }: Wanted): Values {
  const owing = items.filter((item) => item.kind === 'owes');
  const receipts = items.filter((item) => item.kind !== 'owes');
  const late = (kind: string) => count(receipts, (one) => one.kind === kind && one.late);
  let yuanDue = 0;
  let yuanReceived = 0;
  for (const { level } of owing) yuanDue += fee(level);
  for (const { amount } of receipts) yuanReceived += amount;
  return {
    due: owing.length,
    feePaid: count(owing, ({ paid }) => paid),
    feeOutstanding: count(owing, ({ paid }) => !paid),
    feeLate: late('fee'),
    yuanDue,
    yuanReceived,
    formsReceived: count(owing, ({ forms }) => forms),
    formsOutstanding: count(owing, ({ forms }) => !forms),
    formsLate: late('forms'),
    fine: owing
      .map(({ level }) => level)
      .sort()
      .join(),
  };
}

// --- falsification ---

function caseItems(log: Log, wanted: Wanted, evening: string): Item<string>[] {
  const items: Item<string>[] = [];
  for (const { id, events } of log.cases) {
    const [opened, decided] = until(events, evening);
    const dossier = log.dossiers.find((one) => one.id === opened?.data['dossier']);
    if (opened === undefined || dossier === undefined) continue;
    const then = standingAfter(dossier.events.filter(({ index }) => index < opened.index));
    const dims = then && dimsIn(wanted, { round: dossier.round, ...then });
    if (dims === undefined) continue;
    items.push({ dims, it: 'opened' });
    if (decided !== undefined) {
      items.push({ dims, it: decided.data['upheld'] === true ? 'upheld' : 'dismissed' });
    }
    if (until(log.bars.get(id) ?? [], evening).length > 0) items.push({ dims, it: 'barred' });
  }
  for (const { round, events } of log.dossiers) {
    const told = until(events, evening);
    for (const [index, { type, data }] of told.entries()) {
      const then = standingAfter(told.slice(0, index + 1));
      const dims = then && dimsIn(wanted, { round, ...then });
      if (type !== 'DossierFalsified' || dims === undefined) continue;
      items.push({ dims, it: data['titleWithdrawn'] === true ? 'titleWithdrawn' : 'closed' });
    }
  }
  return items;
}

function caseValues(items: readonly string[]): Values {
  const of = (name: string) => count(items, (item) => item === name);
  return {
    opened: of('opened'),
    open: of('opened') - of('upheld') - of('dismissed'),
    ...Object.fromEntries(
      ['upheld', 'dismissed', 'closed', 'titleWithdrawn', 'barred'].map((name) => [name, of(name)]),
    ),
  };
}

// --- evidence ---

interface Use {
  readonly first: boolean;
  /** Uses of the file in the jurisdiction before this one. */
  readonly before: number;
  readonly newlySharing: boolean;
}

function useItems(log: Log, wanted: Wanted, evening: string): Item<Use>[] {
  const items: Item<Use>[] = [];
  const uses = new Map<unknown, number>();
  const attached = new Set<string>();
  const sharing = new Set<string>();
  const all = log.dossiers.flatMap((story) =>
    until(story.events, evening).map((one) => ({ story, one })),
  );
  all.sort((one, other) => one.one.index - other.one.index);
  for (const { story, one } of all) {
    if (one.type !== 'EvidenceAttached') continue;
    const then = standingAfter(story.events.filter(({ index }) => index < one.index));
    if (then === undefined) continue;
    const { sha256 } = one.data['attachment'] as { readonly sha256: string };
    const first = !attached.has(story.id);
    attached.add(story.id);
    if (!then.chain.includes(wanted.scope)) continue;
    const before = uses.get(sha256) ?? 0;
    uses.set(sha256, before + 1);
    const newlySharing = before > 0 && !sharing.has(story.id);
    if (before > 0) sharing.add(story.id);
    const dims = dimsIn(wanted, { round: story.round, ...then });
    if (dims !== undefined) items.push({ dims, it: { first, before, newlySharing } });
  }
  return items;
}

function useValues(items: readonly Use[]): Values {
  return {
    dossiers: count(items, ({ first }) => first),
    uses: items.length,
    files: count(items, ({ before }) => before === 0),
    shared: count(items, ({ before }) => before === 1),
    repeated: count(items, ({ before }) => before > 0),
    sharing: count(items, ({ newlySharing }) => newlySharing),
  };
}
