import { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import { errors } from './faults';
import type { Log, LogRecord } from './log';
import {
  caughtUpResponse,
  checkpointResponse,
  confirmationResponse,
  eventResponse,
  filterOf,
  nameOf,
  notFoundResponse,
} from './messages';
import type { Sink } from './sink';

/** The server looks at so many events between two checkpoints, times what the subscriber asks for. */
const defaultSearchWindow = 32;

export async function readStream(log: Log, options: ReadReq.Options, sink: Sink): Promise<void> {
  const from = options.getStream();
  const name = nameOf(from?.getStreamIdentifier());
  const records = log.read(name);
  if (records === 'deleted') {
    sink.fail(errors.streamDeleted(name));
    return;
  }
  if (records === undefined) {
    await sink.send(notFoundResponse(name));
    sink.end();
    return;
  }
  const revision = from?.hasRevision() === true ? BigInt(from.getRevision()) : undefined;
  const wanted = isBackwards(options)
    ? records.filter((record) => revision === undefined || record.revision <= revision).reverse()
    : records.filter((record) => revision === undefined || record.revision >= revision);
  await sendAll(wanted, Number(options.getCount()), sink);
}

export async function readAll(log: Log, options: ReadReq.Options, sink: Sink): Promise<void> {
  const passes = filterOf(options);
  if (passes === undefined) {
    sink.fail(errors.unimplemented);
    return;
  }
  const position = positionOf(options);
  const index = position === undefined ? undefined : log.indexFrom(position);
  const wanted = isBackwards(options)
    ? log.records.slice(0, index).reverse()
    : log.records.slice(index ?? 0);
  const matching = wanted.filter(({ stream }) => passes(stream));
  await sendAll(matching, Number(options.getCount()), sink);
}

export interface Following {
  readonly id: string;
  readonly tellsCaughtUp: boolean;
  readonly onStart: (position: bigint | null) => void;
  readonly onEvent: () => void;
  readonly onCheckpoint: () => void;
}

export async function followAll(
  log: Log,
  options: ReadReq.Options,
  sink: Sink,
  { id, tellsCaughtUp, onStart, onEvent, onCheckpoint }: Following,
): Promise<void> {
  const passes = filterOf(options);
  if (passes === undefined) {
    sink.fail(errors.unimplemented);
    return;
  }
  const filter = options.getFilter();
  const window = filter?.hasMax() === true ? filter.getMax() : defaultSearchWindow;
  const checkpointEvery = window * (filter?.getCheckpointintervalmultiplier() ?? 1);
  const position = positionOf(options);
  let index = position === undefined ? 0 : log.indexFrom(position + 1n);
  let considered = 0;
  let toldCaughtUp = !tellsCaughtUp;

  onStart(position ?? null);
  let goesOn = await sink.send(confirmationResponse(id));
  while (goesOn) {
    const record = log.records[index];
    if (record === undefined) {
      if (!toldCaughtUp) await sink.send(caughtUpResponse());
      toldCaughtUp = true;
      goesOn = await nextAppend(log, sink, index);
      continue;
    }
    index += 1;
    considered += 1;
    if (passes(record.stream)) {
      onEvent();
      goesOn = await sink.send(eventResponse(record));
    }
    if (goesOn && options.hasFilter() && considered % checkpointEvery === 0) {
      onCheckpoint();
      goesOn = await sink.send(checkpointResponse(record));
    }
  }
}

/** Resolves with whether there is something after the index; false once the call is over. */
function nextAppend(log: Log, sink: Sink, index: number): Promise<boolean> {
  return new Promise((resolve) => {
    const stop = log.onAppended(() => {
      if (log.records.length <= index) return;
      stop();
      resolve(true);
    });
    sink.onOver(() => {
      stop();
      resolve(false);
    });
  });
}

async function sendAll(records: readonly LogRecord[], most: number, sink: Sink): Promise<void> {
  for (const record of records.slice(0, most)) {
    if (!(await sink.send(eventResponse(record)))) return;
  }
  sink.end();
}

/** Undefined for the start of the log, or its end read backwards. */
function positionOf(options: ReadReq.Options): bigint | undefined {
  const position = options.getAll()?.getPosition();
  return position === undefined ? undefined : BigInt(position.getCommitPosition());
}

function isBackwards(options: ReadReq.Options): boolean {
  return options.getReadDirection() === ReadReq.Options.ReadDirection.BACKWARDS;
}
