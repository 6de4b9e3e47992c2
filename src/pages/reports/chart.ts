import type { EChartsOption } from 'echarts';

import type { Language } from '../language.ts';
import { formatted, toldBy, type Value } from '../values.ts';
import type { Column, Report, Values } from './answers.ts';
import type { ChartSpec } from './panels.ts';

/*
 * What is drawn: an option for the charting library, and how tall it is. Values that are not told exactly are never
 * drawn as if they were: "<5" is an empty, hatched bar up to that limit, "*" is no bar but a label.
 */

export interface Chart {
  readonly option: EChartsOption;
  /** Pixels. */
  readonly height: number;
  /** Rows left out, zeros and those beyond what one can compare; the table has them. */
  readonly leftOut: number;
}

/** More bars than this nobody compares. */
const mostGroups = 20;
const barHeight = 22;
const aroundBars = 64;
const linesHeight = 300;
/** The same as the page's: the library measures texts by it. */
const fontFamily =
  'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif';

/** Told apart by colour-blind readers too, dark enough on white; patterns come on top. */
const palette = [
  ...['#1f5fa8', '#c2570c', '#3f7d3a', '#8a3ea8', '#a3243b', '#4d6472'],
  ...['#0f7a80', '#8a6d00', '#5646b0', '#a0457a', '#36622b'],
];

interface Drawing {
  readonly spec: ChartSpec;
  readonly columns: readonly Column[];
  readonly report: Report;
  readonly language: Language;
}

/** Null where every number is zero. */
export function chartOf(drawing: Drawing): Chart | null {
  const { report, columns } = drawing;
  const all = report.by.length === 0 ? [report.total] : report.rows.map(({ values }) => values);
  if (!all.some((values) => columns.some((column) => tellsOfAny(column, values)))) return null;
  if (report.by.length === 0) return columnsAsBars(drawing);
  return report.by[0]?.key === 'day' ? linesByDay(drawing) : groupsAsBars(drawing);
}

/** A bar for each column: a funnel, or what is where. */
function columnsAsBars({ columns, report, language }: Drawing): Chart {
  const data = columns.map((column) => bar(report.total[column.key] ?? null, column, language));
  return {
    option: {
      ...common(1),
      ...horizontal(columns.map(({ title }) => title)),
      series: [{ type: 'bar', barMaxWidth: barHeight, label, data }],
    },
    height: columns.length * (barHeight + 8) + aroundBars,
    leftOut: 0,
  };
}

/** For each row, a bar for each column. */
function groupsAsBars({ spec, columns, report, language }: Drawing): Chart {
  const rows = report.rows
    .filter(({ values }) => columns.some((column) => tellsOfAny(column, values)))
    .slice(0, mostGroups);
  const stacked = spec.stacked === true;
  const bars = stacked ? 1 : columns.length;
  return {
    option: {
      ...common(columns.length),
      ...horizontal(rows.map(({ labels }) => Object.values(labels).join(' · '))),
      ...legend(columns),
      series: columns.map((column) => ({
        type: 'bar',
        name: column.title,
        barMaxWidth: barHeight,
        ...(stacked ? { stack: 'all', label: inside } : { label }),
        data: rows.map(({ values }) => bar(values[column.key] ?? null, column, language, stacked)),
      })),
    },
    height: rows.length * (bars * barHeight + 14) + aroundBars + legendHeight(columns),
    leftOut: report.rows.length - rows.length,
  };
}

/** A line for each column; a day of which nothing exact is told breaks it. */
function linesByDay({ columns, report }: Drawing): Chart {
  const amount = (values: Values, { key }: Column): number | null => {
    const told = toldBy(values[key] ?? null);
    return told.kind === 'exactly' ? told.amount : null;
  };
  return {
    option: {
      ...common(columns.length),
      ...legend(columns),
      grid: { left: 8, right: 24, top: 16 + legendHeight(columns), bottom: 8, containLabel: true },
      xAxis: { type: 'category', data: report.rows.map(({ group }) => group.day ?? '') },
      yAxis: { type: 'value', minInterval: columns.some(isRatio) ? 0 : 1 },
      series: columns.map((column) => ({
        type: 'line',
        name: column.title,
        symbolSize: 7,
        data: report.rows.map(({ values }) => amount(values, column)),
      })),
    },
    height: linesHeight + legendHeight(columns),
    leftOut: 0,
  };
}

function common(series: number): EChartsOption {
  return {
    animation: false,
    color: palette,
    // The page describes its charts itself; the library's patterns tell series apart without colour.
    aria: { enabled: series > 1, label: { enabled: false }, decal: { show: true } },
    textStyle: { fontFamily, fontSize: 13 },
  };
}

const label = { show: true, position: 'right', color: '#1b1f24' } as const;
const inside = {
  show: true,
  position: 'inside',
  color: '#ffffff',
  textBorderColor: 'inherit',
  textBorderWidth: 3,
} as const;

function horizontal(categories: readonly string[]): EChartsOption {
  return {
    grid: { left: 8, right: 56, top: 8, bottom: 8, containLabel: true },
    xAxis: { type: 'value', axisLabel: { show: false }, splitLine: { show: false }, min: 0 },
    yAxis: {
      type: 'category',
      inverse: true,
      data: [...categories],
      axisTick: { show: false },
      axisLabel: { width: 150, overflow: 'break', color: '#1b1f24' },
    },
  };
}

function legend(columns: readonly Column[]): EChartsOption {
  if (columns.length < 2) return {};
  return {
    legend: { top: 0, left: 0, data: columns.map(({ title }) => title), selectedMode: false },
    grid: { left: 8, right: 56, top: 8 + legendHeight(columns), bottom: 8, containLabel: true },
  };
}

function legendHeight(columns: readonly Column[]): number {
  return columns.length < 2 ? 0 : Math.ceil(columns.length / 3) * 26;
}

/** One bar with its label; nothing is drawn for what is not told at all. */
function bar(value: Value, column: Column, language: Language, stacked = false) {
  const told = toldBy(value);
  const text = formatted(value, column.unit, language);
  const formatter = (): string => text;
  switch (told.kind) {
    case 'exactly':
      // Parts that are not there need no number.
      return {
        value: told.amount,
        label: stacked && told.amount === 0 ? { show: false } : { formatter },
      };
    case 'atLeast':
      return { value: told.amount, label: { formatter } };
    case 'fewerThan':
      return { value: told.amount, label: { formatter }, itemStyle: notExact };
    case 'withheld':
    case 'text':
    case 'nothing':
      // No bar, but what stands in the table.
      return { value: 0, label: { formatter } };
  }
}

const notExact = {
  color: '#ffffff',
  borderColor: '#4d6472',
  borderType: 'dashed' as const,
  decal: { color: '#4d6472', dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: -Math.PI / 4 },
};

/** Whether there is anything to draw: of nobody nothing is, while a rate of zero says something. */
function tellsOfAny({ key, unit }: Column, values: Values): boolean {
  const told = toldBy(values[key] ?? null);
  const counts = unit === 'people' || unit === 'acts' || unit === 'yuan';
  return told.kind !== 'nothing' && !(told.kind === 'exactly' && told.amount === 0 && counts);
}

function isRatio({ unit }: Column): boolean {
  return unit === 'ratio';
}
