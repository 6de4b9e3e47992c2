import type { Day } from '../../engine/instant';
import { readName, type ReportCounter } from './counts';
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

/** What is asked of a report, of the counters that were found. */
export interface Question {
  readonly by: readonly Dimension[];
  /** Narrowed to these, of what measures tell apart. */
  readonly only: { readonly [Part in PartDimension]?: string };
  /** The evening it is told for. */
  readonly day: Day;
  /** Whether what was counted after that evening is left out. */
  readonly asOf: boolean;
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
  private readonly fixed: readonly PartDimension[];
  private readonly all: Sums;
  /** By what it is grouped by besides the day, then by day ('' where the day is not asked for). */
  private readonly groups = new Map<string, Map<Day, Sums>>();

  constructor(
    private readonly report: Report,
    private readonly question: Question,
    private readonly circumstances: Circumstances,
  ) {
    this.read = reader(report.measures);
    this.fixed = [
      ...question.by.filter(isPart),
      ...(Object.keys(question.only) as PartDimension[]),
    ];
    this.all = new Sums(this.read);
  }

  take(counter: ReportCounter): void {
    const { day: evening, asOf, by } = this.question;
    for (const [name, amount] of Object.entries(counter.amounts)) {
      const [day, measure] = readName(name);
      if (asOf && day > evening) continue;
      const { parts } = this.read(measure);
      if (!this.isAskedFor(parts)) continue;
      this.all.add(measure, amount);
      this.sumsOf(counter, parts, by.includes('day') ? day : '').add(measure, amount);
    }
  }

  table(): Table {
    const columns = this.report.columns.filter((column) => this.applies(column));
    const { day } = this.question;
    return {
      columns,
      rows: [...this.groups].flatMap(([key, days]) => [
        ...this.rowsOf(columns, JSON.parse(key) as (string | null)[], days),
      ]),
      total: this.valuesOf(columns, this.all, this.all, day),
    };
  }

  private isAskedFor(parts: Parts): boolean {
    const { only } = this.question;
    return this.fixed.every((part) => {
      const value = parts[part];
      return value !== undefined && (only[part] ?? value) === value;
    });
  }

  private sumsOf(counter: ReportCounter, parts: Parts, day: Day): Sums {
    const group = this.question.by.map((dimension) => {
      if (dimension === 'day') return null;
      return (isPart(dimension) ? parts[dimension] : counter[dimension]) ?? null;
    });
    const key = JSON.stringify(group);
    const days = this.groups.get(key) ?? new Map<Day, Sums>();
    this.groups.set(key, days);
    const sums = days.get(day) ?? new Sums(this.read);
    days.set(day, sums);
    return sums;
  }

  /** Measures that do not tell apart what is asked for say nothing here. */
  private applies({ measures, needs = [] }: Column): boolean {
    const told = measures.map((measure) => this.report.measures[measure] ?? []);
    return (
      this.fixed.every((part) => told.every((parts) => parts.includes(part))) &&
      needs.every((part) => this.fixed.includes(part))
    );
  }

  private *rowsOf(
    columns: readonly Column[],
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
        values: this.valuesOf(columns, sums, soFar, day === '' ? evening : day),
      };
    }
  }

  /** Of what happened in the time of a row, and of how things stood at its end. */
  private valuesOf(columns: readonly Column[], happened: Sums, stood: Sums, day: Day): Values {
    const row: Row = { ...this.circumstances, day, fixed: this.fixed };
    return Object.fromEntries(
      columns.map((column) => [
        column.key,
        column.value(column.standing === true ? stood : happened, row),
      ]),
    );
  }
}
