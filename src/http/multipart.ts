import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';

import type { Multipart, MultipartFile } from '@fastify/multipart';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';

import { malformedBody, type Problem } from './problem';
import { problemOf, unsupportedMediaType } from './problem-of';

/** Where @ApiConsumes leaves its media types: what a route documents is what it takes. */
const CONSUMES = 'swagger/apiConsumes';

/** 415 for a form where JSON is due, and the other way round. */
export class MediaTypeGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const types = this.reflector.get<readonly string[] | undefined>(CONSUMES, context.getHandler());
    const takesForms = types?.includes('multipart/form-data') ?? false;
    if (request.isMultipart() !== takesForms) throw unsupportedMediaType();
    return true;
  }
}

/** Fields and files of a form in their order; each file must be read before the next part comes. Throws
 * a Problem: 400 where the form is broken, 413 beyond the limits. */
export async function* partsOf(request: FastifyRequest): AsyncGenerator<Multipart, void> {
  try {
    yield* request.parts();
  } catch (error) {
    throw formProblem(error);
  }
}

/** Waits for what may follow a form: only with that has the request arrived. Throws a 400 Problem where it breaks off. */
export async function wholeOf({ raw }: FastifyRequest): Promise<void> {
  if (raw.readableEnded) return;
  await finished(raw.resume()).catch((error: unknown) => {
    throw formProblem(error);
  });
}

/** Bytes of a file in a form; the stream fails with a 400 Problem where the form breaks off. */
export function contentOf(part: MultipartFile): Readable {
  return Readable.from(bytesOf(part.file), { objectMode: false });
}

async function* bytesOf(file: AsyncIterable<unknown>): AsyncGenerator<unknown, void> {
  try {
    yield* file;
  } catch (error) {
    throw formProblem(error);
  }
}

/** The parser throws plain errors for whatever it cannot read. */
function formProblem(error: unknown): Problem {
  return (
    problemOf(error) ??
    malformedBody({
      zh: '上传内容不完整或格式有误。',
      en: 'The upload is incomplete or malformed.',
    })
  );
}
