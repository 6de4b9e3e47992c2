import type { Amounts } from '../../engine/counting';
import type { Day } from '../../engine/instant';
import { cellOf, type Cell, type Sheet } from './counts';
import {
  isPart,
  type Circumstances,
  type Column,
  type Dimension,
  type PartDimension,
  type Report,
  type Row,
  type Value,
} from './report';
import { reader, Sums, type Named, type Parts } from './sums';

/** What is asked of a report, of the sheets that were found. */
export interface Question {
  readonly by: readonly Dimension[];
  /** Narrowed to these, of what measures tell apart. */
  readonly only: { readonly [Part in PartDimension]?: string };
  /** Narrowed to these, of what rows tell of. */
  readonly where: { readonly [Field in keyof Cell]?: string | null };
  /** The organisation that scope's dossiers must pass, too. */
  readonly jurisdiction: string;
  /** The evening it is told for. */
  readonly day: Day;
}

export type Values = Readonly<Record<string, Value>>;

export interface TableRow {
  /** A value for each of `by`. */
  readonly group: readonly (string | null)[];
  readonly values: Values;
}

export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly TableRow[];
  readonly total: Values;
}

/** What the name of an amount says to the question. */
interface AskedFor {
  readonly parts: Parts;
  /** The same for those of one group. */
  readonly key: string;
}

/** A report's answer. Rows are in no particular order, but those of one group in the order of their days. */
export class Tabulation {
  private readonly read: (name: string) => Named;
  private readonly columns: readonly Column[];
  private readonly fixed: readonly PartDimension[];
  /** By what it is grouped by besides the day, then by day ('' where the day is not asked for). */
  private readonly groups = new Map<string, Map<Day, Sums>>();
  // Sheets have most of their rows and names in common. Null for what is not asked for.
  private readonly cells = new Map<string, Cell | null>();
  private readonly asked = new Map<string, AskedFor | null>();

  constructor(
    report: Report,
    private readonly question: Question,
    private readonly circumstances: Circumstances,
  ) {
    this.read = reader(report.measures);
    this.fixed = fixedBy(question);
    this.columns = columnsOf(report, question);
  }

  /**
   * Takes in a sheet. Where rows are asked for by day, `earlier` is the sheet of the evening before it: what
   * came between the two belongs to the day of the later.
   */
  take(sheet: Sheet, earlier?: Sheet): void {
    for (const [row, amounts] of Object.entries(sheet.rows)) {
      this.takeRow(sheet, row, earlier?.rows[row] ?? {}, amounts);
    }
    for (const [row, amounts] of Object.entries(earlier?.rows ?? {})) {
      if (sheet.rows[row] === undefined) this.takeRow(sheet, row, amounts, {});
    }
  }

  private takeRow(sheet: Sheet, row: string, before: Amounts, after: Amounts): void {
    const cell = this.cellOf(sheet, row);
    if (cell === null) return;
    const groups = new Map<string, Sums>();
    // From one evening to the next most of a sheet stays as it is, and nothing need be known of that.
    forEachChange(before, after, (name, amount) => {
      const asked = this.askedForBy(name);
      if (asked === null) return;
      let sums = groups.get(asked.key);
      if (sums === undefined) {
        sums = this.sumsOf(sheet, cell, asked.parts);
        groups.set(asked.key, sums);
      }
      sums.add(name, amount);
    });
  }

  private cellOf({ scope }: Sheet, row: string): Cell | null {
    const known = this.cells.get(row);
    if (known !== undefined) return known;
    const { jurisdiction, where } = this.question;
    const cell = cellOf(row);
    const fields = Object.entries(where) as [keyof Cell, string | null][];
    const isWanted =
      (scope === jurisdiction || cell.above.includes(jurisdiction)) &&
      fields.every(([field, value]) => cell[field] === value);
    const found = isWanted ? cell : null;
    this.cells.set(row, found);
    return found;
  }

  private askedForBy(name: string): AskedFor | null {
    const known = this.asked.get(name);
    if (known !== undefined) return known;
    const { parts } = this.read(name);
    const { by, only } = this.question;
    const isAskedFor = this.fixed.every((part) => {
      const value = parts[part];
      return value !== undefined && (only[part] ?? value) === value;
    });
    const key = JSON.stringify(by.filter(isPart).map((part) => parts[part]));
    const found = isAskedFor ? { parts, key } : null;
    this.asked.set(name, found);
    return found;
  }

  table(): Table {
    const { columns } = this;
    const all = new Sums(this.read);
    for (const days of this.groups.values()) {
      for (const sums of days.values()) all.addAll(sums);
    }
    return {
      columns,
      rows: [...this.groups].flatMap(([key, days]) => [
        ...this.rowsOf(JSON.parse(key) as (string | null)[], days),
      ]),
      total: {
        ...this.valuesOf(all, all, this.question.day),
        ...Object.fromEntries(
          columns.filter(countsTwice(this.question)).map(({ key }) => [key, null]),
        ),
      },
    };
  }

  private sumsOf(sheet: Sheet, cell: Cell, parts: Parts): Sums {
    const { by } = this.question;
    const group = by.map((dimension) => {
      if (dimension === 'day') return null;
      if (dimension === 'level' || dimension === 'subSpecialty') return sheet[dimension];
      return isPart(dimension) ? (parts[dimension] ?? null) : cell[dimension];
    });
    const day = by.includes('day') ? sheet.period : '';
    const key = JSON.stringify(group);
    const days = this.groups.get(key) ?? new Map<Day, Sums>();
    this.groups.set(key, days);
    const sums = days.get(day) ?? new Sums(this.read);
    days.set(day, sums);
    return sums;
  }

  private *rowsOf(
    group: readonly (string | null)[],
    days: ReadonlyMap<Day, Sums>,
  ): Generator<TableRow> {
    const { by, day: evening } = this.question;
    const soFar = new Sums(this.read);
    for (const [day, sums] of [...days].sort(([one], [other]) => (one < other ? -1 : 1))) {
      // What came and went over several counters is nothing to tell.
      if (sums.isEmpty) continue;
      soFar.addAll(sums);
      yield {
        group: group.map((value, index) => (by[index] === 'day' ? day : value)),
        values: this.valuesOf(sums, soFar, day === '' ? evening : day),
      };
    }
  }

  /** Of what happened in the time of a row, and of how things stood at its end. */
  private valuesOf(happened: Sums, stood: Sums, day: Day): Values {
    const row: Row = { ...this.circumstances, day, fixed: this.fixed };
    return Object.fromEntries(
      this.columns.map((column) => [
        column.key,
        column.value(column.standing === true ? stood : happened, row),
      ]),
    );
  }
}

function forEachChange(
  before: Amounts,
  after: Amounts,
  tell: (name: string, amount: number) => void,
): void {
  for (const name in after) {
    const change = (after[name] ?? 0) - (before[name] ?? 0);
    if (change !== 0) tell(name, change);
  }
  for (const name in before) {
    const amount = before[name] ?? 0;
    if (after[name] === undefined) tell(name, -amount);
  }
}

/** What is told of one thing at a time may be true of several: it has no total. */
function countsTwice({ only }: Question): (column: Column) => boolean {
  return ({ needs = [] }) => needs.some((part) => only[part] === undefined);
}

/** What of measures' parts is asked for. */
function fixedBy({ by, only }: Pick<Question, 'by' | 'only'>): readonly PartDimension[] {
  return [...by.filter(isPart), ...(Object.keys(only) as PartDimension[])];
}

/** The columns that can answer: a measure that does not tell apart what is asked for says nothing of it. */
export function columnsOf(
  { columns, measures }: Report,
  question: Pick<Question, 'by' | 'only'>,
): readonly Column[] {
  const fixed = fixedBy(question);
  return columns.filter((column) => {
    const told = column.measures.map((measure) => measures[measure] ?? []);
    return (
      fixed.every((part) => told.every((parts) => parts.includes(part))) &&
      (column.needs ?? []).every((part) => fixed.includes(part))
    );
  });
}
