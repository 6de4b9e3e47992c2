import { randomUUID } from 'node:crypto';

import multipart from '@fastify/multipart';
import type { DynamicModule, Type } from '@nestjs/common';
import { NestApplicationContextOptions } from '@nestjs/common/interfaces/nest-application-context-options.interface';
import { NestFactory, Reflector } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';

import { CommandsInHand } from '../application/commands-in-hand';
import { CLOCK, READ_MODELS } from '../application/ports';
import type { Config } from '../config';
import type { Clock } from '../engine/clock';
import type { ReadModels } from '../engine/read-models';
import { refuseNul } from './address';
import { Admission } from './admission';
import { AdmissionInterceptor, shedEarly } from './admission.interceptor';
import { noteArrivals } from './arrival';
import { AuthGuard } from './auth.guard';
import { endConnectionsWithTheService } from './connections';
import { EtagInterceptor } from './etag.interceptor';
import { securityHeaders } from './headers';
import { parseJsonBody } from './json-body';
import { LocationInterceptor } from './location.interceptor';
import { logRequests, NestLog } from './logging';
import { MediaTypeGuard } from './multipart';
import { publishOpenApi } from './openapi';
import { servePages } from './pages';
import { malformed } from './problem';
import { ProblemFilter, sendProblem } from './problem.filter';
import { problemOf } from './problem-of';
import { RateLimits } from './rate-limits';
import { ReadAfterInterceptor } from './read-after.interceptor';
import { limitConnections, patientFor, usualPatience } from './slow-clients';
import { TokenVerifier } from './token-verifier';
import { validationPipe } from './validation';

const mebibyte = 1024 * 1024;
const jsonLimit = mebibyte;
/** Characters; an evidence id names its dossier and the SHA-256 of its bytes. */
const longestParameter = 200;

/**
 * The service, ready to listen. Conventions that hold for every route are set here, so that none can
 * forget them; the module provides the rest, CLOCK, READ_MODELS and Admission among it.
 */
export async function createApp(
  config: Config,
  module: DynamicModule | Type,
  logger: Logger,
  patience = usualPatience,
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: jsonLimit,
    routerOptions: { maxParamLength: longestParameter },
    ...patientFor(patience),
    trustProxy: config.trustProxy.length === 0 ? false : [...config.trustProxy],
    genReqId: () => randomUUID(),
    // Requests that never reach a route, such as those with a badly encoded address.
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      reply.headers(securityHeaders(request.url));
      sendProblem(request, reply, problemOf(error) ?? malformedRequest());
    },
  });
  const options = Object.assign(new NestApplicationContextOptions(), {
    logger: new NestLog(logger),
    bodyParser: false,
    abortOnError: false,
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, options);
  const instance = adapter.getInstance<FastifyInstance>();
  instance.decorateRequest('caller', null);
  instance.decorate('lookupKey', config.lookupKey);
  instance.addHook('onRequest', (request, reply, done) => {
    reply.headers({ ...securityHeaders(request.url), 'x-request-id': request.id });
    done();
  });
  endConnectionsWithTheService(instance);
  limitConnections(instance, patience);
  logRequests(instance, logger);
  const rates = new RateLimits(config.rateLimits);
  rates.watch(instance);
  refuseNul(instance);
  noteArrivals(instance, { clock: app.get<Clock>(CLOCK), inHand: app.get(CommandsInHand) });
  shedEarly(instance, app.get(Admission));
  await takeBodies(app, instance, config);

  const reflector = app.get(Reflector);
  app.useGlobalFilters(new ProblemFilter(logger));
  app.useGlobalGuards(
    new AuthGuard(reflector, new TokenVerifier(config.auth), rates),
    new MediaTypeGuard(reflector),
  );
  app.useGlobalInterceptors(
    new EtagInterceptor(),
    new LocationInterceptor(reflector),
    new ReadAfterInterceptor(reflector, app.get<ReadModels>(READ_MODELS), config.readAfterTimeout),
    new AdmissionInterceptor(app.get(Admission)),
  );
  app.useGlobalPipes(validationPipe());
  publishOpenApi(app);
  servePages(instance);
  return app;
}

/** JSON and forms; everything else is 415. */
async function takeBodies(
  app: NestFastifyApplication,
  instance: FastifyInstance,
  { evidenceLimit }: Config,
): Promise<void> {
  instance.removeAllContentTypeParsers();
  instance.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_, body, done) => {
    try {
      done(null, parseJsonBody(Buffer.from(body)));
    } catch (error) {
      done(error as Error);
    }
  });
  // The parser cuts a file at its limit without a word. One byte more, and the evidence store, which
  // has the same limit, sees and says that it is too large.
  const limits = { fileSize: evidenceLimit + 1, files: 1, fields: 10, fieldSize: 4096, parts: 11 };
  await app.register(multipart, { limits });
}

function malformedRequest(): ReturnType<typeof malformed> {
  return malformed('malformed-request', { zh: '请求格式有误。', en: 'The request is malformed.' });
}
