import type { KeyObject } from 'node:crypto';

import { parseInstant, type Instant } from './engine/instant';
import { Environment, type Env } from './environment';
import { localKey } from './local-keys';
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

export interface Config {
  readonly environment: (typeof environments)[number];
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Proxies whose `X-Forwarded-For` is believed; none by default. */
  readonly trustProxy: readonly string[];
  readonly dataDir: string;
  readonly logLevel: (typeof logLevels)[number];
  /** Where the simulated clock starts; null for the machine's clock. */
  readonly simulatedNow: Instant | null;
  readonly auth: AuthConfig;
  /** Keys the hashes under which persons are looked up. */
  readonly lookupKey: KeyObject;
  /** Where notifications are posted, and what signs them; null for nowhere. */
  readonly webhook: { readonly url: URL; readonly secret: KeyObject } | null;
  /** Largest attachment, in bytes. */
  readonly evidenceLimit: number;
  /** Longest wait of a query with `Read-After`, in milliseconds. */
  readonly readAfterTimeout: number;
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
  };
  const jwks = jwksUrl(from, production);
  const jwtKey = secret(from, 'JWT_KEY', production);
  const lookupKey = secret(from, 'LOOKUP_KEY', production);
  const webhook = webhookOf(from, production);
  const algorithm = signatureAlgorithm(from, jwks !== undefined);
  if (production && jwks === undefined && from.text('JWT_KEY') === undefined) {
    from.refuse('JWKS_URL or JWT_KEY must be set in production.');
  }
  if (production && from.text('LOOKUP_KEY') === undefined) {
    from.refuse('LOOKUP_KEY must be set in production.');
  }
  if (from.problems.length > 0) throw new ConfigError(from.problems);

  const keyOf = (given: string | undefined, name: 'jwt' | 'lookup'): KeyObject =>
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
    webhook: webhook && { url: webhook.url, secret: asKey(webhook.secret) },
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

function keptKey(dataDir: string, name: 'jwt' | 'lookup'): string {
  try {
    return localKey(dataDir, name);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConfigError([`The keys below DATA_DIR cannot be used: ${reason}.`]);
  }
}
