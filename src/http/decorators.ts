import {
  applyDecorators,
  createParamDecorator,
  SetMetadata,
  type ExecutionContext,
} from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';

import type { Role } from '../application/access';
import type { Collection } from '../engine/read-models';
import { preferredLanguage } from './language';
import { requestContextOf } from './request-context';

export const PUBLIC = 'title-review:public';
export const ROLES = 'title-review:roles';
export const LOCATED_BY = 'title-review:located-by';
export const READS_FROM = 'title-review:reads-from';

/** Answers without a token. Everything else asks for one. */
export const Public = (): MethodDecorator & ClassDecorator => SetMetadata(PUBLIC, true);

/** Only for callers with one of these roles; a method's own take the place of its controller's. */
export const Roles = (...roles: readonly [Role, ...Role[]]): MethodDecorator & ClassDecorator =>
  SetMetadata(ROLES, roles);

/** The member of the answer that, below the address posted to, names what was created: its `Location`. */
export const LocatedBy = (name: string): MethodDecorator => SetMetadata(LOCATED_BY, name);

/** The read models a query answers from: with `Read-After` it waits until they have come that far. */
export const ReadsFrom = (
  ...collections: readonly [Collection, ...Collection[]]
): MethodDecorator & ClassDecorator =>
  applyDecorators(
    SetMetadata(READS_FROM, collections),
    ApiHeader({
      name: 'Read-After',
      required: false,
      description: 'The `position` a command answered with: waits until the answer includes it.',
    }),
  );

/**
 * A handler's parameter, a RequestContext: who asks, from where and when, with the request's
 * `Idempotency-Key` and `If-Match`; a 400 Problem where one of these is malformed.
 */
export const Context = createParamDecorator((_: unknown, context: ExecutionContext) =>
  requestContextOf(requestOf(context)),
);

/** A handler's parameter: the language to answer in. */
export const Language = createParamDecorator((_: unknown, context: ExecutionContext) =>
  preferredLanguage(requestOf(context).headers['accept-language']),
);

function requestOf(context: ExecutionContext): FastifyRequest {
  return context.switchToHttp().getRequest<FastifyRequest>();
}
