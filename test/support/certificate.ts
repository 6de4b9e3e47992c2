import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Certificate {
  /** In PEM, and where that lies. */
  readonly certificate: Buffer;
  readonly file: string;
  readonly key: Buffer;
  remove(): void;
}

/** A certificate for localhost that nobody else trusts, made by openssl; undefined where there is none. */
export function localhostCertificate(): Certificate | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
  const remove = (): void => {
    rmSync(folder, { recursive: true });
  };
  const file = join(folder, 'certificate.pem');
  const keyFile = join(folder, 'key.pem');
  const how = '-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2';
  const whose = '-subj /CN=localhost -addext subjectAltName=DNS:localhost';
  const options = `req -x509 ${how} ${whose}`.split(' ');
  try {
    execFileSync('openssl', [...options, '-keyout', keyFile, '-out', file], { stdio: 'ignore' });
    return { certificate: readFileSync(file), file, key: readFileSync(keyFile), remove };
  } catch {
    remove();
    return undefined;
  }
}
