import type { ReportTold } from './report-answers';

/** What a title office reads in the middle of a season, for the documentation. */
export const jsonExample: ReportTold = {
  report: 'returns',
  title: '退回情况',
  round: '2022',
  organisation: { id: 'title-office', name: '水利专业技术人员职称办公室' },
  asOf: '2022-08-26',
  by: [{ key: 'stage', title: '环节' }],
  filters: { level: 'senior' },
  columns: [
    { key: 'decisions', title: '审核次数', unit: 'acts' },
    { key: 'returned', title: '退回次数', unit: 'acts' },
    { key: 'firstPassRate', title: '一次通过率', unit: 'ratio' },
  ],
  rows: [
    {
      group: { stage: 'unit' },
      labels: { stage: '单位' },
      values: { decisions: 412, returned: 96, firstPassRate: 0.7631 },
    },
    {
      group: { stage: 'title-office' },
      labels: { stage: '职称办公室' },
      values: { decisions: 31, returned: 8, firstPassRate: 0.7407 },
    },
  ],
  total: { decisions: 443, returned: 104, firstPassRate: 0.1704 },
};

export const csvExample =
  '环节,审核次数,退回次数,一次通过率\r\n单位,412,96,0.7631\r\n职称办公室,31,8,0.7407\r\n合计,443,104,0.1704\r\n';
