import type { Answer, Api } from '../api.ts';
import { element, language, say } from '../dom.ts';
import { init, type EChartsType } from '../echarts/echarts.js';
import { sentencesOf } from '../frame.ts';
import type { Text } from '../language.ts';
import { notesOn } from '../values.ts';
import type { Listed, Report, Row } from './answers.ts';
import { chartOf } from './chart.ts';
import { save } from '../download.ts';
import { drawn, type ChartSpec, type Panel } from './panels.ts';
import { groupingOf, pathOf, type Question } from './question.ts';
import { tableOf } from './table.ts';

const words = {
  by: { zh: '分组', en: 'Group by' },
  whole: { zh: '不分组', en: 'nothing' },
  csv: { zh: '下载 CSV', en: 'Download CSV' },
  nothing: { zh: '在所选范围内没有数据。', en: 'There is nothing in what was chosen.' },
  zero: { zh: '均为 0。', en: 'All are 0.' },
  chartOf: { zh: '图：', en: 'Chart: ' },
  inTable: { zh: '，数字见同名表格。', en: '; its numbers are in the table of this section.' },
  scroll: { zh: '（可左右滚动）', en: ' (scrolls sideways)' },
  notNarrowed: {
    zh: '本表不按级别、二级专业筛选。',
    en: 'Not narrowed by level or sub-specialty.',
  },
} as const satisfies Record<string, Text>;

/** More measures than this stand below the charts, not beside them. */
const narrowest = 4;

interface Figure {
  readonly figure: HTMLElement;
  /** Draws it, once it stands on the page. */
  readonly draw?: () => EChartsType;
}

/** A report on the page: what it is grouped by, charts, and a table with the same numbers. */
export class PanelView {
  readonly section: HTMLElement;
  private readonly content = element('div', { class: 'panel' });
  private readonly select: HTMLSelectElement | null;
  private charts: readonly EChartsType[] = [];

  constructor(
    private readonly panel: Panel,
    private readonly listed: Listed,
    private readonly api: Api,
    private readonly on: {
      readonly regroup: (by: string) => void;
      readonly addressOf: (organisation: string) => string;
      readonly complain: (...sentences: readonly string[]) => void;
    },
  ) {
    this.select = this.groupings();
    this.section = element(
      'section',
      { id: panel.id, 'aria-labelledby': `${panel.id}-title` },
      element('h2', { id: `${panel.id}-title` }, this.title),
      element('p', { class: 'about' }, listed.about),
      this.select &&
        element(
          'p',
          { class: 'grouping' },
          element('label', { for: `${panel.id}-by` }, say(words.by)),
          this.select,
        ),
      this.content,
    );
    new ResizeObserver(() => {
      this.fit();
    }).observe(this.content);
  }

  private get title(): string {
    return this.panel.title === undefined ? this.listed.title : say(this.panel.title);
  }

  private groupings(): HTMLSelectElement | null {
    const { panel, listed } = this;
    const options = [
      ...(panel.asWhole ? [{ key: '', title: say(words.whole) }] : []),
      ...listed.dimensions.filter(({ key }) => panel.offers(key)),
    ];
    if (options.length < 2) return null;
    const select = element(
      'select',
      { id: `${panel.id}-by` },
      ...options.map(({ key, title }) => element('option', { value: key }, title)),
    );
    select.addEventListener('change', () => {
      this.on.regroup(select.value);
    });
    return select;
  }

  /** Asks the service and shows what it answers. */
  async ask(question: Question & { readonly round: string }): Promise<Answer<Report>> {
    const { panel, select } = this;
    if (select !== null) select.value = groupingOf(panel, question);
    this.content.setAttribute('aria-busy', 'true');
    const dimensions = this.listed.dimensions.map(({ key }) => key);
    const path = pathOf(panel, question, dimensions);
    const answer = await this.api.json<Report>(path);
    this.clear();
    if (answer.ok) {
      const narrowed = question.level !== null || question.subSpecialty !== null;
      this.show(answer.body, path, narrowed && !dimensions.includes('level'));
    } else {
      const sentences = sentencesOf(answer.refusal).map((text) => element('p', {}, text));
      this.content.append(element('div', { class: 'alert' }, ...sentences));
    }
    this.content.removeAttribute('aria-busy');
    return answer;
  }

  private clear(): void {
    for (const chart of this.charts) chart.dispose();
    this.charts = [];
    this.content.replaceChildren();
  }

  private show(report: Report, path: string, notNarrowed: boolean): void {
    const { content } = this;
    if (report.by.length > 0 && report.rows.length === 0) {
      content.append(element('p', { class: 'nothing' }, say(words.nothing)));
    }
    const figures = this.panel.charts.flatMap((spec) => this.figureOf(spec, report) ?? []);
    const wide = report.by.length > 0 && report.columns.length > narrowest;
    content.classList.toggle('wide', wide);
    const values = [report.total, ...report.rows.map((row) => row.values)].flatMap(Object.values);
    content.append(
      element('div', { class: 'figures' }, ...figures.map(({ figure }) => figure)),
      element(
        'div',
        { class: 'numbers' },
        element(
          'div',
          {
            class: 'scrolls',
            role: 'region',
            tabindex: 0,
            'aria-label': `${this.title}${say(words.scroll)}`,
          },
          tableOf(report, this.captionOf(report), (row) => this.addressIn(row, report)),
        ),
        ...notesOn(values, language).map((note) => element('p', { class: 'note' }, note)),
        notNarrowed ? element('p', { class: 'note' }, say(words.notNarrowed)) : null,
        this.csvButton(path),
      ),
    );
    this.charts = figures.flatMap(({ draw }) => draw?.() ?? []);
  }

  private captionOf({ by }: Report): string {
    const grouping = by.map(({ title }) => title).join(' · ');
    return grouping === '' ? this.title : `${this.title} · ${say(words.by)} ${grouping}`;
  }

  private figureOf(spec: ChartSpec, report: Report): Figure | null {
    const columns = drawn(spec, report.columns);
    if (columns.length === 0 || (report.by.length > 0 && report.rows.length === 0)) return null;
    const title = say(spec.title);
    const chart = chartOf({ spec, columns, report, language });
    const caption = element('figcaption', {}, title);
    if (chart === null) {
      return { figure: element('figure', {}, caption, element('p', {}, say(words.zero))) };
    }
    const { option, height, leftOut } = chart;
    const place = element('div', {
      class: 'chart',
      role: 'img',
      'aria-label': `${say(words.chartOf)}${title}${say(words.inTable)}`,
    });
    const more =
      leftOut === 0
        ? null
        : element(
            'p',
            { class: 'note' },
            say({
              zh: `另有 ${leftOut} 项未画（为零，或超出图中所容），见表格。`,
              en: `${leftOut} more, of zero or beyond what a chart holds, are in the table alone.`,
            }),
          );
    const figure = element('figure', {}, caption, place, more);
    const draw = (): EChartsType => {
      place.style.height = `${height}px`;
      const chart = init(place, null, {
        renderer: 'svg',
        locale: language === 'zh' ? 'ZH' : 'EN',
        height,
      });
      chart.setOption(option);
      letScale(chart);
      return chart;
    };
    return { figure, draw };
  }

  private addressIn({ group }: Row, { organisation }: Report): string | null {
    const below = group.organisation ?? null;
    return below === null || below === organisation.id ? null : this.on.addressOf(below);
  }

  private csvButton(path: string): HTMLElement {
    const button = element('button', { type: 'button', class: 'csv' }, say(words.csv));
    button.addEventListener('click', () => {
      void this.api.file(path, 'text/csv').then((answer) => {
        if (answer.ok) save(answer.body);
        else this.on.complain(...sentencesOf(answer.refusal));
      });
    });
    return button;
  }

  private fit(): void {
    for (const chart of this.charts) {
      chart.resize();
      letScale(chart);
    }
  }
}

/** So that it shrinks as a whole where there is less room than it was drawn for, as on paper. */
function letScale(chart: EChartsType): void {
  const box = `0 0 ${chart.getWidth()} ${chart.getHeight()}`;
  chart.getDom().querySelector('svg')?.setAttribute('viewBox', box);
}
