import type { Caller } from '../../src/application/access';
import {
  AskReport,
  AskReportHandler,
  type ReportAnswer,
} from '../../src/application/report-queries';
import type { Asked } from '../../src/application/report-question';
import { ReferenceData } from '../../src/application/reference-data';
import type { RecordedEvent } from '../../src/engine/event-store';
import { foldBatch } from '../../src/engine/fold-batch';
import { reportCounters } from '../../src/projections/reports';
import type { Document } from '../../src/engine/read-models';
import {
  MemoryEventStore,
  MemoryLog,
  MemoryReadModels,
  type MemoryCollections,
} from '../support/memory';
import { lastDay } from './season';

/** When everything is asked. */
export const now = `${lastDay}T20:00:00.000+08:00`;

/** A log, and the counters kept from it in batches of a size. */
export async function kept(events: readonly RecordedEvent[], batchSize = 500) {
  const log = new MemoryLog();
  for (const event of events) {
    log.events.push(event);
    log.streams.set(event.stream, [...(log.streams.get(event.stream) ?? []), event]);
  }
  const collections: MemoryCollections = new Map();
  const readModels = new MemoryReadModels(collections);
  let checkpoint = await readModels.open(reportCounters);
  for (let from = 0; from < events.length; from += batchSize) {
    const batch = events.slice(from, from + batchSize);
    const folded = await foldBatch(reportCounters, readModels, checkpoint, batch);
    if (folded.poison !== null) throw folded.poison;
    checkpoint = folded.checkpoint;
  }
  const handler = new AskReportHandler(readModels, new ReferenceData(new MemoryEventStore(log)));
  const { generations, answering } = collections.get(reportCounters.name) ?? { generations: null };
  return {
    handler,
    ask: answersOf(handler),
    /** Everything that is kept, by id. */
    documents: generations?.get(answering)?.documents ?? new Map<string, Document>(),
  };
}

function answersOf(handler: AskReportHandler) {
  return async (report: string, asked: Asked, organisation: string): Promise<ReportAnswer> => {
    const auditor: Caller = { subject: 'auditor', roles: ['auditor'], organisation };
    const outcome = await handler.execute(new AskReport(report, asked, auditor, organisation, now));
    if (outcome.kind !== 'answered') throw new Error(JSON.stringify(outcome));
    return outcome.answer;
  };
}
