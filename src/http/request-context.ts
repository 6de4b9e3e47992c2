import { createHash, createHmac, type KeyObject } from 'node:crypto';

import type { FastifyRequest } from 'fastify';

import type { Caller } from '../application/access';
import type { RequestContext } from '../application/request';
import { canonicalJson } from '../dossier/canonical';
import type { EventMetadata, Json } from '../engine/event-store';
import { malformed } from './problem';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks: set by the guard, null on public routes. */
    caller: Caller | null;
  }

  interface FastifyInstance {
    readonly lookupKey: KeyObject;
  }
}

/**
 * What a command needs to know of its request. Throws a 400 Problem where `Idempotency-Key` or
 * `If-Match` is malformed. Of a multipart request the content is still to be read: the identity's digest
 * knows nothing of it, and it has not arrived yet. Whoever reads it gives the digest and the instant.
 */
export function requestContextOf(request: FastifyRequest): RequestContext {
  const { caller, arrivedAt } = request;
  if (caller === null) throw new Error('a public route has no caller');
  return {
    caller,
    address: request.ip,
    arrivedAt,
    identity: identityOf(request, caller.subject),
    ifRevision: ifRevisionOf(request.headers['if-match']),
  };
}

function identityOf(request: FastifyRequest, subject: string): EventMetadata['command'] {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return null;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw malformed('idempotency-key-invalid', {
      zh: 'Idempotency-Key 须为 1 至 200 个可见 ASCII 字符。',
      en: 'Idempotency-Key must be 1 to 200 visible ASCII characters.',
    });
  }
  // One person's key says nothing of another's, nor of another resource.
  const path = request.url.split('?')[0] ?? '';
  const scope = JSON.stringify([subject, request.method, path, key]);
  return {
    id: createHash('sha256').update(scope).digest('hex'),
    digest: digestOf([key, (request.body ?? null) as Json], request.server.lookupKey),
  };
}

/**
 * Keyed, and with the client's own key inside, of which only a hash is kept: a body may be little more than
 * an ID number, which nobody shall find out by trying.
 */
function digestOf(said: Json, key: KeyObject): string {
  return createHmac('sha256', key).update(canonicalJson(said)).digest('hex');
}

/** For tags this service never gave, and weak ones, which by RFC 9110 match nothing. */
const noRevision = -2;

function ifRevisionOf(header: string | undefined): number | null {
  if (header === undefined || header === '*') return null;
  const tag = /^(?:W\/)?"([\x21\x23-\x7e]*)"$/.exec(header)?.[1];
  if (tag === undefined) {
    throw malformed('if-match-malformed', {
      zh: 'If-Match 须为 ETag 给出的修订号，例如 "12"。',
      en: 'If-Match must be one revision as an ETag gave it, such as "12".',
    });
  }
  const isRevision = /^(0|[1-9]\d{0,14})$/.test(tag) && !header.startsWith('W/');
  return isRevision ? Number(tag) : noRevision;
}
