import { parseArgs } from 'node:util';

import { SignJWT } from 'jose';

import { roles, type Role } from '../application/access';
import { ConfigError, readConfig, type Config } from '../config';

export interface TokenClaims {
  readonly subject: string;
  readonly roles: readonly Role[];
  readonly organisation?: string | undefined;
  /** How long it holds, as `30m`, `12h` or `7d`. Default 12h. */
  readonly ttl?: string | undefined;
}

const usage = `npm run token -- --sub <person> --roles ${roles.join(',')} [--org <organisation>] [--ttl 12h]`;

/**
 * A token signed with the local key, for trying the service out. Throws a ConfigError in production
 * and where keys come from elsewhere, a RangeError on a `ttl` that is none.
 */
export async function mintToken(config: Config, claims: TokenClaims): Promise<string> {
  const { keys, audience, issuer } = config.auth;
  if (config.environment === 'production' || keys.kind !== 'local') {
    throw new ConfigError(['Tokens are minted outside production and with a local key only.']);
  }
  const ttl = claims.ttl ?? '12h';
  if (!/^[1-9]\d{0,3}[smhd]$/.test(ttl)) throw new RangeError('--ttl is a time such as 30m or 12h');
  const { subject, organisation } = claims;
  return new SignJWT({
    roles: claims.roles,
    ...(organisation === undefined ? {} : { org: organisation }),
  })
    .setProtectedHeader({ alg: keys.algorithm, typ: 'JWT' })
    .setSubject(subject)
    .setAudience(audience)
    .setIssuer(issuer)
    .setIssuedAt()
    .setExpirationTime(ttl)
    .sign(keys.key);
}

/** Claims as the command line gives them; throws an Error that says what is wrong. */
export function parseClaims(args: readonly string[]): TokenClaims {
  const option = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { sub: option, roles: option, org: option, ttl: option },
  });
  if (!values.sub || !values.roles) throw new Error('--sub and --roles are needed');
  const claimed = values.roles.split(',').map((name) => {
    const role = roles.find((known) => known === name.trim());
    if (role === undefined) throw new Error(`--roles knows ${roles.join(', ')}`);
    return role;
  });
  return { subject: values.sub, roles: claimed, organisation: values.org, ttl: values.ttl };
}

async function main(): Promise<void> {
  const claims = parseClaims(process.argv.slice(2));
  process.stdout.write(`${await mintToken(readConfig(process.env), claims)}\n`);
}

if (require.main === module) {
  main().catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${reason}\n${usage}\n`);
    process.exitCode = 1;
  });
}
