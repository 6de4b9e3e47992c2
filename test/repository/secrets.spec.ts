import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');

/** What secrets look like, whoever's they are. */
const patterns: Readonly<Record<string, RegExp>> = {
  'a private key': /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----/,
  'a private JWK': /"d"\s*:\s*"[\w-]{20,}"/,
  'a token': /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/,
  'a log’s signing key': /PRIVATE\+KEY\+[\w.-]+\+[0-9a-f]{8}\+\S{40,}/,
  'a cloud key': /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bLTAI[0-9A-Za-z]{12,}\b|\bAKID[0-9A-Za-z]{13,}\b/,
  'a forge’s token': /\bgh[pousr]_\w{36,}|\bglpat-[\w-]{20,}|\bgithub_pat_\w{22,}/,
  'a registry’s token': /_authToken\s*=|\bnpm_[A-Za-z0-9]{36}\b/,
  'a password in an address': /\b[a-z][a-z+]+:\/\/[^\s/:@'"`$<{]+:[^\s/@'"`$<{]+@[\w.-]+/,
  'a secret that is set': /^\s*(?:export )?[A-Z_]*(?:KEY|SECRET|TOKEN|PASSWORD)=[^\s$<…#'"]{16,}/m,
};

/** In an address that shows how addresses are written. */
const example = /:\/\/user:password@/;

/** Keys and tokens that open nothing but a test. */
const madeForTests = /^test\//;

const tracked = trackedFiles();

function trackedFiles(): readonly string[] {
  if (!existsSync(join(root, '.git'))) return [];
  const listed = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' });
  const files = listed.split('\0').filter((path) => path !== '' && existsSync(join(root, path)));
  return files.filter((path) => statSync(join(root, path)).isFile());
}

function findingsIn(text: string): readonly string[] {
  return Object.entries(patterns).flatMap(([name, pattern]) => {
    const all = new RegExp(pattern, `${pattern.flags}g`);
    return [...text.matchAll(all)].flatMap(([found]) => (example.test(found) ? [] : name));
  });
}

describe('The repository', () => {
  it('holds no secret', () => {
    if (tracked.length === 0) console.warn('skipped: this is no clone, nothing is known of it');
    const found = tracked
      .filter((path) => !madeForTests.test(path))
      .map((path) => [path, ...findingsIn(readFileSync(join(root, path), 'utf8'))])
      .filter(([, first]) => first !== undefined);
    expect(found).toEqual([]);
  });

  it('holds no file that is for secrets', () => {
    const names = /^(?:\.env|\.npmrc|.*\.(?:pem|key|p12|pfx|jks)|id_(?:rsa|ed25519)|service\.env)$/;
    expect(tracked.filter((path) => names.test(basename(path)))).toEqual([]);
  });

  it('would show them', () => {
    const samples = [
      '-----BEGIN EC PRIVATE KEY-----',
      `{"kty":"OKP","d":"${'a'.repeat(43)}"}`,
      `eyJ${'a'.repeat(20)}.eyJ${'b'.repeat(20)}.${'c'.repeat(43)}`,
      `PRIVATE+KEY+log+01234567+${'A'.repeat(44)}`,
      `AKIA${'A'.repeat(16)}`,
      `ghp_${'a'.repeat(36)}`,
      '//registry/:_authToken=x',
      'mongodb://admin:hunter2@10.0.0.7/db',
      `MASTER_KEY=${'q'.repeat(40)}`,
    ];
    expect(samples.map((sample) => findingsIn(sample)[0])).toEqual(Object.keys(patterns));
  });
});
