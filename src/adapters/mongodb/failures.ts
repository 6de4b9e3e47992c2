import { types } from 'node:util';
import {
  MongoBulkWriteError,
  MongoParseError,
  MongoServerError,
  MongoServerSelectionError,
} from 'mongodb';
import { CannotConnect } from '../../engine/cannot-connect';

const duplicateKey = 11000;
const unauthorized = 13;
const authenticationFailed = [18, 8000];
const noMajority = [64, 100];

export function isDuplicateKey(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === duplicateKey;
}

/**
 * Whether each of so many operations of a bulk write was done or met a document that was there
 * already. They are counted: the driver reports a lost connection as a bulk error too, one without
 * errors of writes.
 */
export function isSettled(error: unknown, operations: number): boolean {
  if (!(error instanceof MongoBulkWriteError) || !isDuplicateKey(error)) return false;
  const { result, matchedCount, upsertedCount } = error;
  const errors = result.getWriteErrors();
  return (
    result.getWriteConcernError() === undefined &&
    errors.every(({ code }) => code === duplicateKey) &&
    matchedCount + upsertedCount + errors.length === operations
  );
}

/** What to change so that the store can be used, from the failure of the first calls. */
export function cannotConnect(error: unknown, hosts: string, tls: boolean): CannotConnect {
  if (error instanceof CannotConnect) return error;
  if (error instanceof MongoParseError) return unreadable();
  const causes = chain(error);
  const refusal = causes.find((cause) => cause instanceof MongoServerError);
  if (refusal !== undefined) return refused(Number(refusal.code), hosts);
  const text = causes.map(({ message }) => message).join('; ');
  if (/wire version/i.test(text)) return tooOld(hosts);
  const selection = causes.find((cause) => cause instanceof MongoServerSelectionError);
  return withoutPrimary(selection, hosts) ?? notReached(text, hosts, tls);
}

function refused(code: number, hosts: string): CannotConnect {
  if (authenticationFailed.includes(code)) {
    return new CannotConnect(
      `MongoDB at ${hosts} does not know the user or the password in MONGODB_URL; correct them, ` +
        'percent-encoded where they hold special characters, or name the right authSource.',
    );
  }
  if (code === unauthorized) {
    return new CannotConnect(
      'The user in MONGODB_URL may not read and write; grant it the role readWrite on the ' +
        "service's database and on those beside it (the same name with _evidence and _keys).",
    );
  }
  if (noMajority.includes(code)) {
    return new CannotConnect(
      `MongoDB at ${hosts} cannot confirm a write by a majority; bring up the members of its replica set that are down.`,
      true,
    );
  }
  return new CannotConnect(
    `MongoDB at ${hosts} refuses what every use of it needs, with error ${code}; see the server's log.`,
    true,
  );
}

/** Where servers do answer, but none that takes writes. */
function withoutPrimary(
  error: MongoServerSelectionError | undefined,
  hosts: string,
): CannotConnect | undefined {
  const servers = error?.reason?.servers;
  if (servers?.size === 0) {
    return new CannotConnect(
      `MongoDB at ${hosts} is not of the replica set that MONGODB_URL names; correct replicaSet there, or leave it out.`,
    );
  }
  const known = [...(servers?.values() ?? [])].filter(({ type }) => type !== 'Unknown');
  if (known.length === 0) return undefined;
  return new CannotConnect(
    `MongoDB at ${hosts} has no primary; run rs.initiate() where its replica set is new, else bring up a majority of its members.`,
    true,
  );
}

function notReached(text: string, hosts: string, tls: boolean): CannotConnect {
  if (/ENOENT|EACCES/.test(text)) {
    return new CannotConnect(
      'MONGODB_URL names a file (tlsCAFile or tlsCertificateKeyFile) that cannot be read; correct its path or permissions.',
    );
  }
  if (tls && /wrong version number|packet length too long|before secure TLS/i.test(text)) {
    return new CannotConnect(
      `MongoDB at ${hosts} does not take up TLS; set tls=false in MONGODB_URL, or switch TLS on in the server.`,
    );
  }
  if (tls && /certificate|self.signed|altname/i.test(text)) {
    return new CannotConnect(
      `The certificate of MongoDB at ${hosts} is not trusted; name its authority's file with tlsCAFile in MONGODB_URL, and use the host name the certificate is for.`,
    );
  }
  const [, unknown] =
    /(?:ENOTFOUND|EAI_AGAIN|ENODATA) (?:_mongodb\._tcp\.)?([^\s;]+)/.exec(text) ?? [];
  if (unknown !== undefined) {
    return new CannotConnect(
      hosts.includes(unknown)
        ? `The host name ${unknown} in MONGODB_URL cannot be resolved; correct it.`
        : `The replica set at ${hosts} calls a member ${unknown}, which cannot be resolved here; make that name known, or change it in the set's configuration.`,
      true,
    );
  }
  if (!tls && /closed|ECONNRESET|socket hang up/i.test(text)) {
    return new CannotConnect(
      `MongoDB at ${hosts} closes connections without TLS; set tls=true in MONGODB_URL, or check that the port is MongoDB's.`,
      true,
    );
  }
  return new CannotConnect(
    `MongoDB does not answer at ${hosts}; check hosts, port and replicaSet in MONGODB_URL and that the server runs.`,
    true,
  );
}

/** Never with what the driver says of it: that quotes the string, password and all. */
export function unreadable(): CannotConnect {
  return new CannotConnect(
    'MONGODB_URL is not a connection string, or has an option that is not known; write it like ' +
      'mongodb://user:password@host:27017/title_review or mongodb+srv://user:password@cluster/title_review.',
  );
}

export function tooOld(hosts: string): CannotConnect {
  return new CannotConnect(
    `MongoDB at ${hosts} is too old for this service; upgrade it to 5.0 or newer.`,
  );
}

/** The error, and those that caused it. */
function chain(error: unknown): Error[] {
  return types.isNativeError(error) ? [error, ...chain(error.cause)] : [];
}
