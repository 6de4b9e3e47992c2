import { types } from 'node:util';
import { MongoBulkWriteError, MongoParseError, MongoServerError } from 'mongodb';

/** The store cannot be used as it is configured; the message is one sentence that says what to change. */
export class CannotConnect extends Error {
  override readonly name = 'CannotConnect';
  constructor(
    sentence: string,
    /** Whether waiting may help: the server may be starting. */
    readonly temporary = false,
  ) {
    super(sentence);
  }
}

const duplicateKey = 11000;
const unauthorized = 13;
const authenticationFailed = [18, 8000];

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
  const codes = chain(error).map((link) => (link instanceof MongoServerError ? link.code : null));
  const text = chain(error)
    .map(({ message }) => message)
    .join('; ');
  if (codes.some((code) => authenticationFailed.includes(Number(code)))) {
    return new CannotConnect(
      `MongoDB at ${hosts} does not know the user or the password in MONGODB_URL; correct them, ` +
        'percent-encoded where they hold special characters, or name the right authSource.',
    );
  }
  if (codes.includes(unauthorized)) {
    return new CannotConnect(
      'The user in MONGODB_URL may not read and write; grant it the role readWrite on the ' +
        "service's database and on that of its evidence (the same name with _evidence).",
    );
  }
  if (/wire version/i.test(text)) return tooOld(hosts);
  return notReached(text, hosts, tls);
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
  if (/ENOTFOUND|EAI_AGAIN|ENODATA/.test(text)) {
    return new CannotConnect(
      `The host name ${hosts} in MONGODB_URL cannot be resolved; correct it.`,
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
