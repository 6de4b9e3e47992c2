import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';

import { hasRole, type Caller, type Role } from '../application/access';
import { PUBLIC, ROLES } from './decorators';
import { Problem } from './problem';
import type { RateLimits } from './rate-limits';
import { invalidToken, missingToken, type TokenVerifier } from './token-verifier';

/** Lets nobody past without a valid token and a role the route asks for. */
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly verifier: TokenVerifier,
    private readonly rates: RateLimits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC, targets)) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const caller = await this.callerOf(request);
    this.rates.admit(caller.subject, request);
    const wanted = this.reflector.getAllAndOverride<readonly Role[] | undefined>(ROLES, targets);
    if (wanted !== undefined && !hasRole(caller, ...wanted)) throw roleMissing();
    request.caller = caller;
    return true;
  }

  private async callerOf(request: FastifyRequest): Promise<Caller> {
    try {
      return await this.verifier.verify(tokenOf(request));
    } catch (error) {
      throw this.rates.refused(error, request);
    }
  }
}

function tokenOf({ headers: { authorization } }: FastifyRequest): string {
  if (authorization === undefined) throw missingToken();
  const token = /^Bearer +([\w-]+\.[\w-]+\.[\w-]*)$/i.exec(authorization)?.[1];
  if (token === undefined) throw invalidToken();
  return token;
}

function roleMissing(): Problem {
  return new Problem(403, 'role-missing', {
    zh: '您的角色无权进行此操作。',
    en: 'None of your roles may do this.',
  });
}
