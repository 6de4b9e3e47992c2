import type { EventMetadata } from '../engine/event-store';
import type { RequestContext, SystemProcess } from './request';

/** Where a command comes from, as the audit trail keeps it. */
export function originOf(
  by: RequestContext | SystemProcess,
): Pick<EventMetadata, 'at' | 'actor' | 'address' | 'command'> {
  const { arrivedAt: at } = by;
  return 'caller' in by
    ? { at, actor: { kind: 'person', ...by.caller }, address: by.address, command: by.identity }
    : { at, actor: { kind: 'system', process: by.process }, address: null, command: null };
}
