import {
  createRemoteJWKSet,
  errors,
  jwtVerify,
  type JWTPayload,
  type JWTVerifyOptions,
} from 'jose';

import { roles, type Caller } from '../application/access';
import type { AuthConfig } from '../config';
import type { Text } from '../rules/finding';
import { Problem, unavailable } from './problem';

const longestName = 200;
const jwksOptions = { timeoutDuration: 5000, cooldownDuration: 30_000, cacheMaxAge: 600_000 };

/**
 * Tells who a bearer token speaks for. Tokens expire by the machine's clock, never by a simulated one.
 *
 * `verify` throws a 401 Problem for every token that does not hold, and 503 while the keys to check
 * it with cannot be had.
 */
export class TokenVerifier {
  readonly #check: (token: string) => Promise<JWTPayload>;

  constructor({ keys, audience, issuer }: AuthConfig) {
    const options: JWTVerifyOptions = {
      algorithms: [keys.algorithm],
      audience,
      issuer,
      requiredClaims: ['sub', 'exp'],
    };
    if (keys.kind === 'local') {
      const { key } = keys;
      this.#check = async (token) => (await jwtVerify(token, key, options)).payload;
    } else {
      const keySet = createRemoteJWKSet(keys.url, jwksOptions);
      this.#check = async (token) => (await jwtVerify(token, keySet, options)).payload;
    }
  }

  async verify(token: string): Promise<Caller> {
    const claims = await this.#check(token).catch((error: unknown) => {
      throw problemOfToken(error);
    });
    return callerOf(claims);
  }
}

function callerOf(claims: JWTPayload): Caller {
  const { sub, roles: claimed = [], org: organisation = null } = claims;
  if (!isName(sub) || !Array.isArray(claimed) || !(organisation === null || isName(organisation))) {
    throw invalidToken();
  }
  return { subject: sub, roles: roles.filter((role) => claimed.includes(role)), organisation };
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= longestName;
}

function problemOfToken(error: unknown): unknown {
  if (error instanceof errors.JWTExpired) {
    return unauthenticated('token-expired', invalid, {
      zh: '登录已过期，请重新登录。',
      en: 'The token has expired.',
    });
  }
  if (isAboutTheKeySet(error)) {
    return unavailable(
      'keys-unavailable',
      {
        zh: '暂时无法核验登录信息，请稍后重试。',
        en: 'Tokens cannot be checked at the moment. Try again shortly.',
      },
      5,
    );
  }
  return invalidToken();
}

/** Not the token's fault: the key set did not come, or is none. */
function isAboutTheKeySet(error: unknown): boolean {
  if (!(error instanceof errors.JOSEError)) return true;
  return (
    error instanceof errors.JWKSTimeout ||
    error instanceof errors.JWKSInvalid ||
    error.code === errors.JOSEError.code
  );
}

const invalid = 'Bearer error="invalid_token"';

function unauthenticated(code: string, challenge: string, text: Text): Problem {
  return new Problem(401, code, text, [], { 'www-authenticate': challenge });
}

export function missingToken(): Problem {
  return unauthenticated('token-missing', 'Bearer', {
    zh: '请先登录。',
    en: 'A bearer token is needed.',
  });
}

/** One answer whatever is wrong with it: which check failed is of use to a forger only. */
export function invalidToken(): Problem {
  return unauthenticated('token-invalid', invalid, {
    zh: '登录信息无效，请重新登录。',
    en: 'The token is not valid.',
  });
}
