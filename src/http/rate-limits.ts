import { isIPv6 } from 'node:net';

import type { FastifyInstance, FastifyRequest } from 'fastify';

import type { Config } from '../config';
import { Problem } from './problem';
import { sendProblem } from './problem.filter';
import { RateLimiter } from './rate-limiter';

/** What is counted, by the name a client is told. */
type Policy = 'person' | 'submissions' | 'address' | 'failed-tokens';

/** Never refused by the address they come from: monitoring, and what a deadline must not be missed for. */
const free = ['GET /health/live', 'GET /health/ready', 'GET /metrics'];
const submission = 'POST /v1/dossiers/:id/submissions';

/**
 * Keeps one person, or one address, from taking the service for themselves alone (ADR 14). Each instance
 * counts what it is asked itself.
 */
export class RateLimits {
  readonly #limiters: Readonly<Record<Policy, Limiter | undefined>>;

  constructor({ person, address, failedTokens }: Config['rateLimits']) {
    this.#limiters = {
      person: limiter('person', person),
      submissions: limiter('submissions', person),
      address: limiter('address', address),
      'failed-tokens': limiter('failed-tokens', failedTokens),
    };
  }

  /** Counts every request by its network address, before its body is read. */
  watch(instance: FastifyInstance): void {
    instance.addHook('onRequest', (request, reply, done) => {
      const route = routeOf(request);
      const isFree = free.includes(route) || route === submission;
      const problem = isFree ? undefined : this.#limiters.address?.(networkOf(request.ip));
      if (problem === undefined) done();
      else sendProblem(request, reply, problem);
    });
  }

  /**
   * Counts a request of a person. Submissions have an allowance of their own, which nothing else that
   * the person did before uses up. Throws a 429 Problem.
   */
  admit(subject: string, request: FastifyRequest): void {
    const policy = routeOf(request) === submission ? 'submissions' : 'person';
    const problem = this.#limiters[policy]?.(subject);
    if (problem !== undefined) throw problem;
  }

  /**
   * What to answer a request whose token does not hold: the error itself, or 429. Good tokens from the same
   * address go on, for behind it may be a whole office; nor is a token counted that has only expired.
   */
  refused(error: unknown, request: FastifyRequest): unknown {
    const counts = error instanceof Problem && countedCodes.includes(error.code);
    const problem = counts ? this.#limiters['failed-tokens']?.(networkOf(request.ip)) : undefined;
    return problem ?? error;
  }
}

const countedCodes = ['token-missing', 'token-invalid'];

/** Takes one for a key; a Problem where there is none to take. */
type Limiter = (key: string) => Problem | undefined;

function limiter(policy: Policy, perMinute: number): Limiter | undefined {
  if (perMinute === 0) return undefined;
  const rates = new RateLimiter(perMinute);
  return (key) => {
    const wait = rates.take(key);
    return wait === 0 ? undefined : tooManyRequests(policy, perMinute, Math.ceil(wait / 1000));
  };
}

/** Retry-After (RFC 9110), and the fields of draft-ietf-httpapi-ratelimit-headers. */
function tooManyRequests(policy: Policy, perMinute: number, seconds: number): Problem {
  const text = {
    zh: `请求过于频繁，请 ${seconds} 秒后再试。`,
    en: `Too many requests; try again in ${seconds} s.`,
  };
  return new Problem(429, 'too-many-requests', text, [], {
    'retry-after': String(seconds),
    'ratelimit-policy': `"${policy}";q=${perMinute};w=60`,
    ratelimit: `"${policy}";r=0;t=${seconds}`,
  });
}

/** Method and pattern; the pattern is empty where there is no such route. */
function routeOf({ method, routeOptions }: FastifyRequest): string {
  return `${method} ${routeOptions.url ?? ''}`;
}

/** Of IPv6 the first half, for whoever has one address there has all of its network. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [numbers = ''] = address.split('%');
  if (!isIPv6(numbers)) return address;
  const [head = '', tail] = numbers.split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const [front, back] = [groups(head), groups(tail ?? '')];
  const zeros = tail === undefined ? 0 : 8 - front.length - back.length;
  return [...front, ...Array<string>(Math.max(zeros, 0)).fill('0'), ...back]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, '').toLowerCase())
    .join(':');
}
