import { connect } from 'node:net';

import { concurrently } from '../../src/cli/season/concurrently';
import { DossierFile } from '../e2e/dossier-file';
import {
  administrator,
  alice,
  applicant,
  auditor,
  bureauSupervisor,
  officer,
  unitReviewer,
} from '../e2e/people';
import { body, claimsOf, spawnService, tokenOf, type SpawnedService } from '../support/service';
import { residentSet } from './memory';
import { OddRequests, type Document, type OddRequest } from './odd-requests';
import type { Part, Tally } from './part';

const perRound = 250;
const atOnce = 8;
/** Megabytes the service may grow by. */
const mostGrowth = 200;

/** From one address, they would mostly learn that there are too many of them. */
const unlimited = {
  RATE_LIMIT_PERSON: '0',
  RATE_LIMIT_ADDRESS: '0',
  RATE_LIMIT_FAILED_TOKENS: '0',
};

const people = [alice, unitReviewer, bureauSupervisor, officer, auditor, administrator];
const tokens = [null, 'x.y.z', ...people.map((person) => tokenOf(claimsOf(person)))] as const;

/** Requests made from the service's own OpenAPI document, each wrong in some way or another. */
export const malformed: Part = {
  name: 'malformed',
  what: 'malformed requests generated from the OpenAPI document',
  rounds: 8,
  missing: () => null,
  run: async ({ random, goesOn, tally }) => {
    const service = await spawnService(undefined, { LOG_LEVEL: 'info', ...unlimited });
    try {
      const draft = await DossierFile.filledIn(service, alice);
      const filed = await DossierFile.filed(service, applicant('odd-filed'));
      const document = await body<Document>(service.as(null).get('/openapi.json'), 200);
      const ids = [draft.id, filed.id, '2022', 'title-office', 'ili-irrigation-district'];
      const odd = new OddRequests(document, random, ids);
      const statuses = new Map<number, number>();
      let before = 0;
      for (let round = 0; goesOn(round); round += 1) {
        const requests = Array.from({ length: perRound }, () => odd.next(tokens));
        await concurrently(
          atOnce,
          requests.map((request) => async () => {
            const status = await send(service, request, tally);
            statuses.set(status, (statuses.get(status) ?? 0) + 1);
          }),
        );
        tally.try('requests', perRound);
        await sendGarbage(service, odd.garbage());
        tally.try('bytes that are no HTTP');
        // Once whatever is loaded late has been.
        if (round === 1) before = residentSet(service.pid);
      }
      const after = residentSet(service.pid);
      const isAlive = await service.as(null).get('/health/live');
      tally.lose('crashes', isAlive.ok ? [] : [isAlive.text]);
      tally.lose('memory without bound', after - before > mostGrowth ? [`${after} MB`] : []);
      tally.note(`resident set ${before} MB at first, ${after} MB at the end`);
      const counts = [...statuses].sort(([one], [other]) => one - other);
      tally.note(`answers: ${counts.map(([status, count]) => `${status} × ${count}`).join(', ')}`);
    } finally {
      await service.stop();
    }
  },
};

async function send({ url }: SpawnedService, request: OddRequest, tally: Tally): Promise<number> {
  const { method, path, headers, content } = request;
  const told = `${method} ${path} ${JSON.stringify(headers)} ${String(content).slice(0, 300)}`;
  const response = await fetch(url + path, {
    method,
    headers: { ...headers },
    body: content,
    signal: AbortSignal.timeout(30_000),
  }).catch((error: unknown) => String(error));
  if (typeof response === 'string') {
    tally.lose('requests without an answer', [`${told}: ${response}`]);
    return 0;
  }
  const { status } = response;
  const text = await response.text();
  tally.lose('5xx', status >= 500 ? [`${status} ${told}: ${text}`] : []);
  const type = response.headers.get('content-type') ?? '';
  const isProblem = status < 400 || type.startsWith('application/problem+json');
  tally.lose('refusals that are no problem documents', isProblem ? [] : [`${status} ${told}`]);
  return status;
}

/** Whatever becomes of it, the connection ends. */
function sendGarbage({ url }: SpawnedService, garbage: Buffer): Promise<void> {
  return new Promise((ended) => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname, () => socket.end(garbage));
    socket
      .on('error', () => undefined)
      .on('close', () => {
        ended();
      });
    socket.resume();
  });
}
