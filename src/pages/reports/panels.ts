import type { Text } from '../language.ts';
import type { Column } from './answers.ts';

/** A chart: the columns of a report it draws, those that the answer has. */
export interface ChartSpec {
  readonly title: Text;
  readonly columns: readonly string[];
  /** Drawn one after another, as parts of a whole. */
  readonly stacked?: true;
}

/** A question about a report, as the page first asks it, and what is drawn of the answer. */
export interface Panel {
  readonly id: string;
  readonly report: string;
  /** The report's own without it. */
  readonly title?: Text;
  /** What it is grouped by at first; '' for nothing. */
  readonly by: string;
  /** What of the report's dimensions it may be grouped by. */
  readonly offers: (dimension: string) => boolean;
  /** Whether it makes sense as a whole, too. */
  readonly asWhole: boolean;
  readonly charts: readonly ChartSpec[];
}

const everything = (): boolean => true;
const returnParts = ['reason', 'section'];

export const panels: readonly Panel[] = [
  {
    id: 'progress',
    report: 'progress',
    by: '',
    offers: everything,
    asWhole: true,
    charts: [
      {
        title: { zh: '从建档到通过', en: 'From opening to acceptance' },
        columns: ['opened', 'submitted', 'recommended', 'reachedTitleOffice', 'passed'],
      },
      {
        title: { zh: '现在各在哪里', en: 'Where they are now' },
        columns: [
          ...['preparing', 'neverFiled', 'atUnit', 'atSupervision', 'atTitleOffice', 'inHand'],
          ...['accepted', 'withdrawn', 'notResubmitted', 'limitReached', 'falsified'],
        ],
        stacked: true,
      },
    ],
  },
  {
    id: 'return-reasons',
    report: 'returns',
    title: { zh: '退回理由', en: 'Reasons of returns' },
    by: 'reason',
    offers: (dimension) => returnParts.includes(dimension),
    asWhole: false,
    charts: [
      {
        title: { zh: '涉及各项的退回次数', en: 'Returns that name each' },
        columns: ['returnsNamingIt'],
      },
    ],
  },
  {
    id: 'first-pass',
    report: 'returns',
    title: { zh: '一次通过率与退回率', en: 'First-pass and return rates' },
    by: 'stage',
    offers: (dimension) => !returnParts.includes(dimension),
    asWhole: true,
    charts: [
      {
        title: { zh: '一次通过率、退回率', en: 'First-pass rate and return rate' },
        columns: ['firstPassRate', 'returnRate'],
      },
      {
        title: { zh: '审核结果', en: 'Decisions' },
        columns: ['passed', 'returned'],
        stacked: true,
      },
    ],
  },
  {
    id: 'turnaround',
    report: 'turnaround',
    by: 'stage',
    offers: everything,
    asWhole: true,
    charts: [
      {
        title: { zh: '等待的工作日', en: 'Working days waited' },
        columns: ['median', 'percentile90', 'oldest'],
      },
      { title: { zh: '现在待审', en: 'Waiting now' }, columns: ['waiting'] },
    ],
  },
  {
    id: 'load',
    report: 'load',
    by: 'actingOrganisation',
    offers: everything,
    asWhole: true,
    charts: [
      {
        title: { zh: '已办结', en: 'Decided' },
        columns: ['passed', 'returned'],
        stacked: true,
      },
      { title: { zh: '待审', en: 'Waiting' }, columns: ['waiting'] },
    ],
  },
  {
    id: 'fees',
    report: 'fees',
    by: '',
    offers: everything,
    asWhole: true,
    charts: [
      {
        title: { zh: '应缴应报与已收未收', en: 'Due, received and outstanding' },
        columns: [
          ...['due', 'feePaid', 'feeOutstanding', 'feeLate'],
          ...['formsReceived', 'formsOutstanding', 'formsLate'],
        ],
      },
      { title: { zh: '评审费（元）', en: 'Fees (yuan)' }, columns: ['yuanDue', 'yuanReceived'] },
    ],
  },
  {
    id: 'falsification',
    report: 'falsification',
    by: '',
    offers: everything,
    asWhole: true,
    charts: [
      {
        title: { zh: '案件与处理', en: 'Cases and what followed' },
        columns: ['opened', 'open', 'upheld', 'dismissed', 'closed', 'titleWithdrawn', 'barred'],
      },
    ],
  },
  {
    id: 'evidence',
    report: 'evidence',
    by: '',
    offers: everything,
    asWhole: true,
    charts: [
      { title: { zh: '附件', en: 'Files' }, columns: ['uses', 'files', 'shared', 'repeated'] },
      { title: { zh: '申报', en: 'Dossiers' }, columns: ['dossiers', 'sharing'] },
    ],
  },
];

/** The columns of an answer that a chart draws, in the chart's order. */
export function drawn({ columns }: ChartSpec, offered: readonly Column[]): readonly Column[] {
  return columns.flatMap((key) => offered.find((column) => column.key === key) ?? []);
}
