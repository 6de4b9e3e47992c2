import type { Projection } from '../../engine/projection';
import { dossierStreams } from '../../dossier/stream';
import { caseStreams } from '../../falsification/case';
import { standingStreams } from '../../falsification/standing';
import { additionsOf } from './counts';
import { evidence } from './evidence';
import { falsification } from './falsification';
import { fees } from './fees';
import { load } from './load';
import { progress } from './progress';
import { dayKey, recordAfter, recordKeys, recordOf, type ReportRecord } from './records';
import type { Report } from './report';
import { returns } from './returns';
import { turnaround } from './turnaround';

/** Every report there is. */
export const reports: readonly Report[] = [
  progress,
  returns,
  turnaround,
  load,
  fees,
  falsification,
  evidence,
];

/** The counters of every report, and the records that tell where a dossier was counted before. */
export const reportCounters: Projection<ReportRecord> = {
  name: 'reports',
  version: 3,
  prefixes: [dossierStreams, caseStreams, standingStreams],
  indexes: [
    {
      name: 'sheets',
      by: ['report', 'part', 'round', 'scope', 'level', 'subSpecialty'],
      order: 'period',
    },
  ],
  keys: recordKeys,
  project: recordAfter,
  additions(event, before, after) {
    const day = recordOf('day', after(dayKey))?.day;
    if (day === undefined) return [];
    const happening = { event, before, after };
    return reports.flatMap((report) =>
      report.count(happening).flatMap((count) => additionsOf(report, day, count)),
    );
  },
};
