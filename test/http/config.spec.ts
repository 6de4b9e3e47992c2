import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';

import { ConfigError, readConfig, type Config } from '../../src/config';
import { textOf } from '../../src/secrets';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'config-'));
});
afterEach(() => {
  rmSync(dataDir, { recursive: true });
});

const strong = 'wq5uRzjB1xKpTn8Yd3Hf6Vm0Lc9Se2GaQoIiZbXk';
const other = 'Gh7Lr2Wm9Tz4Xb6Nk1Vq8Yd5Jc3Pf0SaUeOiKlMn';
const production = {
  NODE_ENV: 'production',
  JWT_KEY: strong,
  LOOKUP_KEY: other,
  AUDIT_KEY: other,
  MASTER_KEY: other,
};

const read = (env: Record<string, string>): Config => readConfig({ DATA_DIR: dataDir, ...env });

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    read(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('readConfig', () => {
  it('needs nothing to be set', () => {
    expect(read({})).toMatchObject({
      environment: 'development',
      host: '0.0.0.0',
      port: 3000,
      trustProxy: [],
      dataDir,
      logLevel: 'info',
      simulatedNow: null,
      evidenceLimit: 20 * 1024 * 1024,
      readAfterTimeout: 3000,
      rateLimits: { person: 1200, address: 30_000, failedTokens: 300 },
      auth: {
        audience: 'title-review',
        issuer: 'title-review',
        keys: { kind: 'local', algorithm: 'HS256' },
      },
    });
  });

  it('reads what is set', () => {
    expect(
      read({
        NODE_ENV: 'test',
        HOST: '127.0.0.1',
        PORT: '8080',
        LOG_LEVEL: 'warn',
        TRUST_PROXY: 'loopback, 10.0.0.0/8,fd00::1',
        SIMULATED_NOW: '2022-08-10T01:00:00Z',
        JWKS_URL: 'http://localhost:9000/keys',
        JWT_ALGORITHM: 'EdDSA',
        JWT_AUDIENCE: 'other',
        JWT_ISSUER: 'https://login.example',
        EVIDENCE_LIMIT: '1000',
        READ_AFTER_TIMEOUT: '0',
        RATE_LIMIT_PERSON: '100',
        RATE_LIMIT_ADDRESS: '0',
      }),
    ).toMatchObject({
      environment: 'test',
      host: '127.0.0.1',
      port: 8080,
      logLevel: 'warn',
      trustProxy: ['loopback', '10.0.0.0/8', 'fd00::1'],
      simulatedNow: '2022-08-10T09:00:00.000+08:00',
      evidenceLimit: 1000,
      readAfterTimeout: 0,
      rateLimits: { person: 100, address: 0, failedTokens: 300 },
      auth: {
        audience: 'other',
        issuer: 'https://login.example',
        keys: { kind: 'jwks', algorithm: 'EdDSA', url: new URL('http://localhost:9000/keys') },
      },
    });
  });

  it('takes what is set to nothing as unset', () => {
    expect(read({ PORT: '', JWT_KEY: ' ', SIMULATED_NOW: '' })).toMatchObject({
      port: 3000,
      simulatedNow: null,
    });
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['a misspelt environment', { NODE_ENV: 'prod' }, /^NODE_ENV must be one of/],
    ['a port that is none', { PORT: '70000' }, /^PORT must be a whole number from 0 to 65535/],
    ['a port in words', { PORT: '3000a' }, /^PORT/],
    ['an unknown level', { LOG_LEVEL: 'loud' }, /^LOG_LEVEL must be one of/],
    ['a proxy by name', { TRUST_PROXY: 'proxy' }, /^TRUST_PROXY/],
    ['a proxy range too long', { TRUST_PROXY: '10.0.0.0/33' }, /^TRUST_PROXY/],
    ['every proxy', { TRUST_PROXY: 'true' }, /^TRUST_PROXY/],
    ['a simulated day', { SIMULATED_NOW: '2022-08-10' }, /^SIMULATED_NOW must be an instant/],
    ['no offset', { SIMULATED_NOW: '2022-08-10T09:00:00' }, /^SIMULATED_NOW must be an instant/],
    ['a limit of nothing', { EVIDENCE_LIMIT: '0' }, /^EVIDENCE_LIMIT/],
    ['a rate below 0', { RATE_LIMIT_PERSON: '-1' }, /^RATE_LIMIT_PERSON/],
    ['an endless wait', { READ_AFTER_TIMEOUT: '999999' }, /^READ_AFTER_TIMEOUT/],
    ['a namespace of two words', { EVENTSTORE_NAMESPACE: 'title.review' }, /^EVENTSTORE_NAMESPACE/],
    ['a short key', { JWT_KEY: 'abc' }, /^JWT_KEY must be at least 32 bytes long/],
    ['a short lookup key', { LOOKUP_KEY: 'abc' }, /^LOOKUP_KEY must be at least 32 bytes long/],
    ['two sources of keys', { JWT_KEY: strong, JWKS_URL: 'https://a.example' }, /not both/],
    ['keys from a file', { JWKS_URL: 'file:///etc/passwd' }, /^JWKS_URL must be an http or https/],
    ['keys from nowhere', { JWKS_URL: 'keys' }, /^JWKS_URL/],
    ['RS256 with a local key', { JWT_ALGORITHM: 'RS256' }, /^JWT_ALGORITHM must be HS256/],
    [
      'HS256 with a key set',
      { JWKS_URL: 'https://a.example', JWT_ALGORITHM: 'HS256' },
      /^JWT_ALGORITHM must be one of RS256, ES256, EdDSA/,
    ],
    ['no algorithm', { JWT_ALGORITHM: 'none' }, /^JWT_ALGORITHM/],
    [
      'simulated time in production',
      { ...production, SIMULATED_NOW: '2022-08-10T09:00:00+08:00' },
      /^SIMULATED_NOW must not be set in production/,
    ],
    [
      'keys over plain http in production',
      { ...production, JWT_KEY: '', JWKS_URL: 'http://a.example' },
      /^JWKS_URL must be an https URL/,
    ],
  ])('refuses %s', (_, env, problem) => {
    expect(problemsOf(env)).toEqual([expect.stringMatching(problem)]);
  });

  it('lists everything that is wrong, a line each', () => {
    const problems = problemsOf({ NODE_ENV: 'production', PORT: 'x', SIMULATED_NOW: 'now' });
    expect(problems).toHaveLength(7);
    expect(new ConfigError(problems).message.split('\n')).toHaveLength(8);
  });

  describe('in production', () => {
    it('starts with keys of its own', () => {
      expect(read(production).environment).toBe('production');
    });

    it('makes up no keys', () => {
      expect(problemsOf({ NODE_ENV: 'production' })).toEqual([
        'JWKS_URL or JWT_KEY must be set in production.',
        'LOOKUP_KEY must be set in production.',
        'AUDIT_KEY must be set in production.',
        'MASTER_KEY must be set in production.',
      ]);
    });

    it.each([
      ['one character', 'a'.repeat(64)],
      ['few characters', 'abcab1'.repeat(6) + 'b'],
      ['a repeated text', 'k3Jx9Qm1'.repeat(5)],
      ['a sample', 'please-change-me-before-going-live-0123'],
      ['what it is', 'my-super-SECRET-signing-key-for-jwt-42'],
    ])('refuses a key of %s, without quoting it', (_, key) => {
      for (const name of ['JWT_KEY', 'LOOKUP_KEY', 'AUDIT_KEY', 'MASTER_KEY']) {
        const problems = problemsOf({ ...production, [name]: key });
        expect(problems).toEqual([expect.stringMatching(`^${name} is easy to guess`)]);
        expect(problems.join()).not.toContain(key);
      }
    });

    it('is strict where other environments are not', () => {
      expect(problemsOf({ JWT_KEY: 'a'.repeat(64) })).toEqual([]);
    });
  });

  describe('keys made up', () => {
    const keyFile = (name: string) => join(dataDir, 'keys', name);

    it('are kept for the owner alone, and used again', () => {
      const first = read({});
      const second = read({});
      expect(second.lookupKey.equals(first.lookupKey)).toBe(true);
      expect(second.auth).toEqual(first.auth);
      for (const name of ['jwt', 'lookup']) {
        expect(statSync(keyFile(name)).mode & 0o777).toBe(0o600);
        expect(readFileSync(keyFile(name)).length).toBeGreaterThan(32);
      }
      expect(readFileSync(keyFile('jwt'))).not.toEqual(readFileSync(keyFile('lookup')));
    });

    it('are not made up where they are set', () => {
      read({ JWT_KEY: strong, LOOKUP_KEY: other, AUDIT_KEY: other, MASTER_KEY: other });
      expect(() => statSync(join(dataDir, 'keys'))).toThrow('ENOENT');
    });

    it('stop the start where they are damaged, or cannot be kept', () => {
      read({});
      writeFileSync(keyFile('jwt'), 'short');
      expect(problemsOf({})).toEqual([expect.stringContaining('holds no complete key')]);
      expect(problemsOf({ DATA_DIR: keyFile('jwt') })).toEqual([
        expect.stringContaining('The keys below DATA_DIR cannot be used'),
      ]);
    });
  });

  it('keeps everything in DATA_DIR, but for what a server is named for', () => {
    expect(read({})).toMatchObject({ eventStore: null, mongodb: null });
    const { eventStore, mongodb } = read({
      EVENTSTORE_URL: 'esdb://localhost:2113',
      EVENTSTORE_NAMESPACE: 'rehearsal',
      MONGODB_URL: 'mongodb://localhost',
    });
    expect(eventStore?.namespace).toBe('rehearsal');
    expect(eventStore && textOf(eventStore.url)).toBe('esdb://localhost:2113');
    expect(mongodb && textOf(mongodb.url)).toBe('mongodb://localhost');
  });

  it('shows its keys and passwords nowhere', () => {
    const config = read({
      EVENTSTORE_URL: `esdb://admin:${strong}@localhost:2113`,
      MONGODB_URL: `mongodb://admin:${other}@localhost`,
      JWT_KEY: strong,
      LOOKUP_KEY: other,
      AUDIT_KEY: other,
      MASTER_KEY: other,
    });
    const shown = inspect(config, { depth: 10, showHidden: true }) + JSON.stringify(config);
    for (const key of [strong, other]) {
      expect(shown).not.toContain(key);
      expect(shown).not.toContain(Buffer.from(key).toString('hex'));
    }
  });
});
