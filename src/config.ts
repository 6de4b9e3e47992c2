import type { KeyObject } from 'node:crypto';

import { isKeyName } from './audit/note-keys';
import { parseInstant, type Instant } from './engine/instant';
import { Environment, type Env } from './environment';
import { localKey, type LocalKey } from './local-keys';
import { asKey, isTooShort, leastSecretBytes, looksGuessable } from './secrets';

const environments = ['production', 'development', 'test'] as const;
const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const publicKeyAlgorithms = ['RS256', 'ES256', 'EdDSA'] as const;
const algorithms = ['HS256', ...publicKeyAlgorithms] as const;
type Algorithm = (typeof algorithms)[number];

const mebibyte = 1024 * 1024;

/** How tokens are checked. One algorithm only, so that a token cannot choose a weaker one. */
export interface AuthConfig {
  readonly audience: string;
  readonly issuer: string;
  readonly keys:
    | { readonly kind: 'local'; readonly algorithm: 'HS256'; readonly key: KeyObject }
    | { readonly kind: 'jwks'; readonly algorithm: Algorithm; readonly url: URL };
}

/** How the log is made to prove itself. */
export interface AuditConfig {
  /** Names the log in its checkpoints, as long as there is the log. */
  readonly origin: string;
  /** What the key that signs checkpoints is made from. */
  readonly key: KeyObject;
  /** A file that checkpoints are added to; null for none. */
  readonly witnessFile: string | null;
  /** An address that checkpoints are posted to; null for none. */
  readonly witnessUrl: URL | null;
}

/** Requests a minute; 0 for no limit. Each instance counts its own. */
export interface RateLimitsConfig {
  /** Of one person; as many submissions besides. */
  readonly person: number;
  /** From one address, behind which may be a whole office: submissions are not counted. */
  readonly address: number;
  /** Whose token does not hold, from one address. */
  readonly failedTokens: number;
}

export const usualRateLimits: RateLimitsConfig = {
  person: 1200,
  address: 30_000,
  failedTokens: 300,
};

export interface Config {
  readonly environment: (typeof environments)[number];
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Proxies whose `X-Forwarded-For` is believed; none by default. */
  readonly trustProxy: readonly string[];
  readonly dataDir: string;
  /** The server the log is kept on, and what the names of its streams begin with; null for DATA_DIR. */
  readonly eventStore: { readonly url: KeyObject; readonly namespace: string } | null;
  /** The server read models and evidence are kept on; null for DATA_DIR. */
  readonly mongodb: { readonly url: KeyObject } | null;
  readonly logLevel: (typeof logLevels)[number];
  /** Where the simulated clock starts; null for the machine's clock. */
  readonly simulatedNow: Instant | null;
  readonly auth: AuthConfig;
  /** Keys the hashes under which persons are looked up. */
  readonly lookupKey: KeyObject;
  /** What wraps the persons' keys, and what did so before: see `npm run keys`. */
  readonly masterKeys: { readonly newest: KeyObject; readonly older: readonly KeyObject[] };
  readonly audit: AuditConfig;
  /** Where notifications are posted, and what signs them; null for nowhere. */
  readonly webhook: { readonly url: URL; readonly secret: KeyObject } | null;
  /** Who may read the metrics: whoever has the token, everybody, or nobody. */
  readonly metricsReaders: KeyObject | 'everybody' | 'nobody';
  /** Largest attachment, in bytes. */
  readonly evidenceLimit: number;
  /** Longest wait of a query with `Read-After`, in milliseconds. */
  readonly readAfterTimeout: number;
  readonly rateLimits: RateLimitsConfig;
  /** How many requests are worked on at a time. */
  readonly atOnce: { readonly commands: number; readonly reads: number };
}

/** The service cannot start; the message has a line for every setting to put right. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly problems: readonly string[]) {
    super(['The service cannot start:', ...problems.map((problem) => `- ${problem}`)].join('\n'));
  }
}

/**
 * The settings in the environment, checked. Outside production, keys that are not set are made and
 * kept below DATA_DIR. Throws {@link ConfigError}, which never quotes a secret.
 */
export function readConfig(env: Env): Config {
  const from = new Environment(env);
  // Unset is development; a misspelt "production" is refused, not taken for it.
  const environment = from.choice('NODE_ENV', environments, 'development');
  const production = environment === 'production';
  const dataDir = from.text('DATA_DIR') ?? './data';
  const settings = {
    environment,
    host: from.text('HOST') ?? '0.0.0.0',
    port: from.wholeNumber('PORT', { min: 0, max: 65_535, fallback: 3000 }),
    trustProxy: from.addressRanges('TRUST_PROXY'),
    dataDir,
    eventStore: eventStoreOf(from),
    mongodb: mongodbOf(from),
    logLevel: from.choice('LOG_LEVEL', logLevels, 'info'),
    simulatedNow: simulatedNow(from, production),
    evidenceLimit: from.wholeNumber('EVIDENCE_LIMIT', {
      min: 1,
      max: 1024 * mebibyte,
      fallback: 20 * mebibyte,
    }),
    readAfterTimeout: from.wholeNumber('READ_AFTER_TIMEOUT', {
      min: 0,
      max: 30_000,
      fallback: 3000,
    }),
    rateLimits: rateLimitsOf(from),
    atOnce: {
      commands: from.wholeNumber('COMMANDS_AT_ONCE', { min: 1, max: 10_000, fallback: 64 }),
      reads: from.wholeNumber('READS_AT_ONCE', { min: 1, max: 10_000, fallback: 16 }),
    },
  };
  const jwks = jwksUrl(from, production);
  const jwtKey = secret(from, 'JWT_KEY', production);
  const lookupKey = secret(from, 'LOOKUP_KEY', production);
  const auditKey = secret(from, 'AUDIT_KEY', production);
  const masterKey = secret(from, 'MASTER_KEY', production);
  const olderMasterKeys = secrets(from, 'MASTER_KEYS_OLD');
  const webhook = webhookOf(from, production);
  const metricsToken = secret(from, 'METRICS_TOKEN', production);
  const witnesses = witnessesOf(from);
  const algorithm = signatureAlgorithm(from, jwks !== undefined);
  if (production && jwks === undefined && from.text('JWT_KEY') === undefined) {
    from.refuse('JWKS_URL or JWT_KEY must be set in production.');
  }
  for (const name of ['LOOKUP_KEY', 'AUDIT_KEY', 'MASTER_KEY']) {
    if (production && from.text(name) === undefined) {
      from.refuse(`${name} must be set in production.`);
    }
  }
  if (from.problems.length > 0) throw new ConfigError(from.problems);

  const keyOf = (given: string | undefined, name: LocalKey): KeyObject =>
    asKey(given ?? keptKey(dataDir, name));
  return {
    ...settings,
    auth: {
      audience: from.text('JWT_AUDIENCE') ?? 'title-review',
      issuer: from.text('JWT_ISSUER') ?? 'title-review',
      keys:
        jwks === undefined
          ? { kind: 'local', algorithm: 'HS256', key: keyOf(jwtKey, 'jwt') }
          : { kind: 'jwks', algorithm, url: jwks },
    },
    lookupKey: keyOf(lookupKey, 'lookup'),
    masterKeys: {
      newest: keyOf(masterKey, 'master'),
      older: olderMasterKeys.map(asKey),
    },
    audit: { ...witnesses, key: keyOf(auditKey, 'audit') },
    webhook: webhook && { url: webhook.url, secret: asKey(webhook.secret) },
    metricsReaders: metricsToken ? asKey(metricsToken) : production ? 'nobody' : 'everybody',
  };
}

/** Addresses of servers hold passwords: they are checked where they are used, and shown nowhere. */
export function eventStoreOf(from: Environment): Config['eventStore'] {
  const url = from.text('EVENTSTORE_URL');
  const namespace = from.text('EVENTSTORE_NAMESPACE') ?? 'title_review';
  if (!/^\w[\w-]{0,63}$/.test(namespace)) {
    from.refuse(
      'EVENTSTORE_NAMESPACE must be letters, digits, underscores and hyphens, at most 64.',
    );
  }
  return url === undefined ? null : { url: asKey(url), namespace };
}

export function mongodbOf(from: Environment): Config['mongodb'] {
  const url = from.text('MONGODB_URL');
  return url === undefined ? null : { url: asKey(url) };
}

function rateLimitsOf(from: Environment): RateLimitsConfig {
  const limit = (name: string, fallback: number): number =>
    from.wholeNumber(name, { min: 0, max: 10_000_000, fallback });
  return {
    person: limit('RATE_LIMIT_PERSON', usualRateLimits.person),
    address: limit('RATE_LIMIT_ADDRESS', usualRateLimits.address),
    failedTokens: limit('RATE_LIMIT_FAILED_TOKENS', usualRateLimits.failedTokens),
  };
}

function simulatedNow(from: Environment, production: boolean): Instant | null {
  const value = from.text('SIMULATED_NOW');
  if (value === undefined) return null;
  if (production) from.refuse('SIMULATED_NOW must not be set in production.');
  const instant = parseInstant(value);
  if (instant === undefined) {
    from.refuse(
      'SIMULATED_NOW must be an instant with its offset, such as 2022-08-10T09:00:00+08:00.',
    );
  }
  return instant ?? null;
}

function jwksUrl(from: Environment, production: boolean): URL | undefined {
  const value = from.text('JWKS_URL');
  if (value === undefined) return undefined;
  if (from.text('JWT_KEY') !== undefined) from.refuse('Set JWKS_URL or JWT_KEY, not both.');
  const url = URL.canParse(value) ? new URL(value) : undefined;
  // Whoever can change the keys on their way here can sign any token.
  const allowed = production ? ['https:'] : ['https:', 'http:'];
  if (!allowed.includes(url?.protocol ?? '')) {
    from.refuse(`JWKS_URL must be an ${production ? 'https' : 'http or https'} URL.`);
  }
  return url;
}

function webhookOf(from: Environment, production: boolean): { url: URL; secret: string } | null {
  const value = from.text('WEBHOOK_URL');
  const signing = secret(from, 'WEBHOOK_SECRET', production);
  if (value === undefined && signing === undefined) return null;
  if (value === undefined || from.text('WEBHOOK_SECRET') === undefined) {
    from.refuse('Set WEBHOOK_URL and WEBHOOK_SECRET, or neither.');
  }
  if (value === undefined) return null;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  // What is posted says who was returned, and why.
  const allowed = production ? ['https:'] : ['https:', 'http:'];
  const open = url?.username === '' && url.password === '';
  if (url === undefined || !allowed.includes(url.protocol) || !open) {
    from.refuse(
      `WEBHOOK_URL must be an ${production ? 'https' : 'http or https'} URL without user and password.`,
    );
  }
  return url === undefined || signing === undefined ? null : { url, secret: signing };
}

function witnessesOf(from: Environment): Omit<AuditConfig, 'key'> {
  const origin = from.text('AUDIT_ORIGIN') ?? 'title-review';
  if (!isKeyName(origin)) from.refuse('AUDIT_ORIGIN must be a name without spaces and plus signs.');
  const address = from.text('WITNESS_URL');
  const url = address !== undefined && URL.canParse(address) ? new URL(address) : null;
  if (address !== undefined && !['http:', 'https:'].includes(url?.protocol ?? '')) {
    from.refuse('WITNESS_URL must be an http or https URL.');
  }
  return { origin, witnessFile: from.text('WITNESS_FILE') ?? null, witnessUrl: url };
}

function secret(from: Environment, name: string, production: boolean): string | undefined {
  const value = from.text(name);
  if (value === undefined) return undefined;
  if (isTooShort(value)) {
    from.refuse(`${name} must be at least ${leastSecretBytes} bytes long.`);
  } else if (production && looksGuessable(value)) {
    from.refuse(
      `${name} is easy to guess; set a random one, such as "openssl rand -base64 48" prints.`,
    );
  }
  return value;
}

/** Several, separated by commas; they were good enough once, so that only their length is looked at. */
function secrets(from: Environment, name: string): readonly string[] {
  const values = (from.text(name) ?? '').split(',').flatMap((value) => value.trim() || []);
  if (values.some(isTooShort)) {
    from.refuse(`Each of ${name} must be at least ${leastSecretBytes} bytes long.`);
  }
  return values;
}

function signatureAlgorithm(from: Environment, byJwks: boolean): Algorithm {
  const fallback = byJwks ? 'RS256' : 'HS256';
  const algorithm = from.choice('JWT_ALGORITHM', algorithms, fallback);
  if (byJwks === (algorithm === 'HS256')) {
    from.refuse(
      byJwks
        ? `JWT_ALGORITHM must be one of ${publicKeyAlgorithms.join(', ')} with JWKS_URL.`
        : 'JWT_ALGORITHM must be HS256 with a local key.',
    );
  }
  return algorithm;
}

function keptKey(dataDir: string, name: LocalKey): string {
  try {
    return localKey(dataDir, name);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError([`The keys below DATA_DIR cannot be used: ${reason}.`]);
  }
}
