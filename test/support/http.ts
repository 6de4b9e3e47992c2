import type { AddressInfo } from 'node:net';
import { createServer, type RequestListener } from 'node:http';

import type { DynamicModule, Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SignJWT, type JWTPayload } from 'jose';
import request from 'supertest';

import type { Role } from '../../src/application/access';
import { usualRateLimits, type Config } from '../../src/config';
import { createLogger } from '../../src/http/logging';
import { createApp } from '../../src/http/server';
import type { Patience } from '../../src/http/slow-clients';
import { asKey } from '../../src/secrets';

export const jwtKey = asKey('wq5uRzjB1xKpTn8Yd3Hf6Vm0Lc9Se2GaQoIiZbXk');

export function testConfig(changed: Partial<Config> = {}): Config {
  return {
    environment: 'test',
    host: '127.0.0.1',
    port: 0,
    trustProxy: [],
    dataDir: './data',
    eventStore: null,
    mongodb: null,
    logLevel: 'info',
    simulatedNow: null,
    auth: {
      audience: 'title-review',
      issuer: 'title-review',
      keys: { kind: 'local', algorithm: 'HS256', key: jwtKey },
    },
    lookupKey: asKey('Gh7Lr2Wm9Tz4Xb6Nk1Vq8Yd5Jc3Pf0Sa'),
    masterKeys: { newest: asKey('b8Yd5Jc3Pf0SaGh7Lr2Wm9Tz4Xb6Nk1VqQw2Er4T'), older: [] },
    audit: {
      origin: 'title-review-test',
      key: asKey('Tz4Xb6Nk1Vq8Yd5Jc3Pf0SaGh7Lr2Wm9'),
      witnessFile: null,
      witnessUrl: null,
    },
    webhook: null,
    metricsReaders: 'everybody',
    evidenceLimit: 64 * 1024,
    readAfterTimeout: 50,
    rateLimits: usualRateLimits,
    atOnce: { commands: 64, reads: 16 },
    ...changed,
  };
}

export interface TestService {
  readonly app: NestFastifyApplication;
  readonly http: ReturnType<typeof request>;
  /** What was logged so far, a line each. */
  readonly log: Record<string, unknown>[];
  readonly close: () => Promise<void>;
}

/** The service as it is served, over a module of the test's choice. */
export async function serve(
  module: DynamicModule | Type,
  config: Config = testConfig(),
  patience?: Patience,
): Promise<TestService> {
  const log: Record<string, unknown>[] = [];
  const destination = {
    write: (line: string) => {
      log.push(JSON.parse(line) as Record<string, unknown>);
    },
  };
  const app = await createApp(config, module, createLogger(config, destination), patience);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return { app, http: request(app.getHttpServer()), log, close: () => app.close() };
}

/** `Authorization` of a person with these roles; further claims take the place of the usual ones. */
export async function bearer(
  subject: string,
  roles: readonly Role[],
  claims: JWTPayload = {},
): Promise<string> {
  return `Bearer ${await sign({ sub: subject, roles, ...claims })}`;
}

export function sign(claims: JWTPayload): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const usual = { aud: 'title-review', iss: 'title-review', iat: now, exp: now + 3600 };
  return new SignJWT({ ...usual, ...claims }).setProtectedHeader({ alg: 'HS256' }).sign(jwtKey);
}

/** A small server on a free port, such as one that has keys to give. */
export async function listen(
  listener: RequestListener,
): Promise<{ readonly url: URL; readonly close: () => Promise<void> }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: new URL(`http://127.0.0.1:${port}/keys`),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}
