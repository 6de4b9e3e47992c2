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

/** A report's answer. Rows are in no particular order, but those of one group in the order of their days. */
export class Tabulation {
  private readonly read: (name: string) => Named;
  private readonly columns: readonly Column[];
  private readonly fixed: readonly PartDimension[];
  private readonly all: Sums;
  /** By what it is grouped by besides the day, then by day ('' where the day is not asked for). */
  private readonly groups = new Map<string, Map<Day, Sums>>();

  constructor(
    report: Report,
    private readonly question: Question,
    private readonly circumstances: Circumstances,
  ) {
    this.read = reader(report.measures);
    this.fixed = fixedBy(question);
    this.columns = columnsOf(report, question);
    this.all = new Sums(this.read);
  }

  /**
   * Takes in a sheet. Where rows are asked for by day, `earlier` is the sheet of the evening before it: what
   * came between the two belongs to the day of the later.
   */
  take(sheet: Sheet, earlier?: Sheet): void {
    const day = this.question.by.includes('day') ? sheet.period : '';
    const rows = new Set([...Object.keys(sheet.rows), ...Object.keys(earlier?.rows ?? {})]);
    for (const row of rows) {
      const cell = cellOf(row);
      if (!this.isWanted(sheet, cell)) continue;
      // From one evening to the next most of a sheet stays as it is, and nothing need be known of that.
      const changes = changesBetween(earlier?.rows[row] ?? {}, sheet.rows[row] ?? {});
      for (const [name, amount] of changes) {
        const { parts } = this.read(name);
        if (!this.isAskedFor(parts)) continue;
        this.all.add(name, amount);
        this.sumsOf(sheet, cell, parts, day).add(name, amount);
      }
    }
  }

  private isWanted({ scope }: Sheet, cell: Cell): boolean {
    const { jurisdiction, where } = this.question;
    const fields = Object.entries(where) as [keyof Cell, string | null][];
    return (
      (scope === jurisdiction || cell.above.includes(jurisdiction)) &&
      fields.every(([field, value]) => cell[field] === value)
    );
  }

  table(): Table {
    const { columns } = this;
    return {
      columns,
      rows: [...this.groups].flatMap(([key, days]) => [
        ...this.rowsOf(JSON.parse(key) as (string | null)[], days),
      ]),
      total: {
        ...this.valuesOf(this.all, this.all, this.question.day),
        ...Object.fromEntries(
          columns.filter(countsTwice(this.question)).map(({ key }) => [key, null]),
        ),
      },
    };
  }

  private isAskedFor(parts: Parts): boolean {
    const { only } = this.question;
    return this.fixed.every((part) => {
      const value = parts[part];
      return value !== undefined && (only[part] ?? value) === value;
    });
  }

  private sumsOf(sheet: Sheet, cell: Cell, parts: Parts, day: Day): Sums {
    const group = this.question.by.map((dimension) => {
      if (dimension === 'day') return null;
      if (dimension === 'level' || dimension === 'subSpecialty') return sheet[dimension];
      return isPart(dimension) ? (parts[dimension] ?? null) : cell[dimension];
    });
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

type Change = readonly [name: string, amount: number];

function changesBetween(before: Amounts, after: Amounts): Change[] {
  const changes: Change[] = [];
  for (const [name, amount] of Object.entries(after)) {
    const change = amount - (before[name] ?? 0);
    if (change !== 0) changes.push([name, change]);
  }
  for (const [name, amount] of Object.entries(before)) {
    if (after[name] === undefined) changes.push([name, -amount]);
  }
  return changes;
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
