import {
  AccessDeniedError,
  convertToCommandError,
  InvalidArgumentError,
  MaxAppendSizeExceededError,
  NotLeaderError,
  RequiredMetadataPropertyMissingError,
  StreamDeletedError,
} from '@eventstore/db-client';
import { CannotConnect } from '../../engine/cannot-connect';
import { WrongExpectedRevision } from '../../engine/event-store';

/** A call was not answered in time. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  constructor(milliseconds: number) {
    super(`no answer within ${milliseconds} ms`);
  }
}

const permissionDenied = 7;

/** The client's own class for an error it knows by gRPC's code or the server's word. */
export function asCommandError(error: unknown): unknown {
  return error instanceof Error ? convertToCommandError(error) : error;
}

/** Whether it stays the same however often one asks. Anything else may pass: elections, restarts, a network. */
export function isLasting(error: unknown): boolean {
  const failure = asCommandError(error);
  return (
    failure instanceof WrongExpectedRevision ||
    failure instanceof AccessDeniedError ||
    failure instanceof InvalidArgumentError ||
    failure instanceof MaxAppendSizeExceededError ||
    failure instanceof RequiredMetadataPropertyMissingError ||
    failure instanceof StreamDeletedError ||
    hasCode(failure, permissionDenied)
  );
}

/** Whether the server has said that it did not do what it was asked. */
export function isRefusal(error: unknown): boolean {
  return isLasting(error) || asCommandError(error) instanceof NotLeaderError;
}

/** What to change so that the store can be used, from the failure of the first calls. */
export function cannotConnect(error: unknown, hosts: string, tls: boolean): CannotConnect {
  if (error instanceof CannotConnect) return error;
  const failure = asCommandError(error);
  const text = failure instanceof Error ? failure.message : String(failure);
  if (hasCode(failure, permissionDenied)) return notPermitted();
  if (failure instanceof AccessDeniedError) {
    return hasCode(failure, 16)
      ? new CannotConnect(
          `EventStoreDB at ${hosts} does not know the user or the password in EVENTSTORE_URL; ` +
            'correct them, percent-encoded where they hold special characters.',
        )
      : notPermitted();
  }
  if (tls && /wrong version number|packet length too long|unknown protocol/i.test(text)) {
    return new CannotConnect(
      `EventStoreDB at ${hosts} answers without TLS; add ?tls=false to EVENTSTORE_URL, or switch TLS on in the server.`,
    );
  }
  if (tls && /certificate|self.signed|altname/i.test(text)) {
    return new CannotConnect(
      `The certificate of EventStoreDB at ${hosts} is not trusted; name its authority's file with tlsCAFile in EVENTSTORE_URL, and use the host name the certificate is for.`,
    );
  }
  if (/failed to discover/i.test(text)) {
    return new CannotConnect(
      `No node of EventStoreDB answers at ${hosts}; check hosts, ports and TLS in EVENTSTORE_URL and that the cluster runs.`,
      true,
    );
  }
  if (/ENOTFOUND|EAI_AGAIN|name resolution/i.test(text)) {
    return new CannotConnect(
      `The host name ${hosts} in EVENTSTORE_URL cannot be resolved; correct it.`,
      true,
    );
  }
  if (!tls && /ECONNRESET|socket hang up|protocol error|failed to connect/i.test(text)) {
    return new CannotConnect(
      `EventStoreDB at ${hosts} closes connections without TLS; remove tls=false from EVENTSTORE_URL, or check that the port is its HTTP port.`,
      true,
    );
  }
  return new CannotConnect(
    `EventStoreDB does not answer at ${hosts}; check host and port in EVENTSTORE_URL and that the server runs.`,
    true,
  );
}

function notPermitted(): CannotConnect {
  return new CannotConnect(
    'The user in EVENTSTORE_URL may not read $all; make it a member of $admins, or allow it in the access control list of $all.',
  );
}

function hasCode(error: unknown, code: number): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
