import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ConfigError, readConfig } from '../../src/config';

const strong = 'wq5uRzjB1xKpTn8Yd3Hf6Vm0Lc9Se2GaQoIiZbXk';
const other = 'Gh7Lr2Wm9Tz4Xb6Nk1Vq8Yd5Jc3Pf0SaUeOiKlMn';
const production = {
  NODE_ENV: 'production',
  JWT_KEY: strong,
  LOOKUP_KEY: other,
  AUDIT_KEY: other,
  MASTER_KEY: other,
};
const url = 'https://gateway.example/notifications';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'config-'));
});
afterEach(() => {
  rmSync(dataDir, { recursive: true });
});

const read = (env: Record<string, string>) => readConfig({ DATA_DIR: dataDir, ...env }).webhook;

function problems(env: Record<string, string>): string {
  try {
    read(env);
    return '';
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.join('\n');
    throw error;
  }
}

describe('a webhook', () => {
  it('is none unless it is set', () => {
    expect(read({})).toBeNull();
  });

  it('has an address and a secret', () => {
    const webhook = read({ ...production, WEBHOOK_URL: url, WEBHOOK_SECRET: strong });
    expect(webhook?.url).toEqual(new URL(url));
    expect(webhook?.secret.export().toString()).toBe(strong);
  });

  it.each([
    ['no secret', { WEBHOOK_URL: url }, /WEBHOOK_URL and WEBHOOK_SECRET, or neither/],
    ['no address', { WEBHOOK_SECRET: strong }, /WEBHOOK_URL and WEBHOOK_SECRET, or neither/],
    ['a short secret', { WEBHOOK_URL: url, WEBHOOK_SECRET: 'short' }, /at least 32 bytes/],
    ['no URL', { WEBHOOK_URL: 'gateway', WEBHOOK_SECRET: strong }, /an http or https URL/],
    ['another scheme', { WEBHOOK_URL: 'file:///x', WEBHOOK_SECRET: strong }, /http or https URL/],
    [
      'a password in it',
      { WEBHOOK_URL: 'https://me:pw@gateway.example', WEBHOOK_SECRET: strong },
      /without user and password/,
    ],
    [
      'plain http in production',
      { ...production, WEBHOOK_URL: 'http://gateway.example', WEBHOOK_SECRET: strong },
      /an https URL/,
    ],
    [
      'a secret easy to guess in production',
      { ...production, WEBHOOK_URL: url, WEBHOOK_SECRET: 'secret'.repeat(8) },
      /WEBHOOK_SECRET is easy to guess/,
    ],
  ])('is refused with %s, and no secret is quoted', (_, env, said) => {
    expect(problems(env)).toMatch(said);
    expect(problems(env)).not.toContain(strong);
  });
});
