import { setTimeout as sleep } from 'node:timers/promises';

import { choiceOf, DossierFile } from '../e2e/dossier-file';
import { applicant } from '../e2e/people';
import { RawRequest } from '../support/raw-request';
import { claimsOf, spawnService, tokenOf, type Person, type Service } from '../support/service';
import { residentSet } from './memory';
import type { Part } from './part';

const several = 150;
/** Milliseconds between two bytes. */
const betweenBytes = 200;

/** Clients by the hundred who send a byte now and then, while others file. */
export const slow: Part = {
  name: 'slow',
  what: 'clients by the hundred that trickle headers, bodies and uploads',
  rounds: 1,
  missing: () => null,
  run: async ({ goesOn, tally }) => {
    const service = await spawnService(undefined, { LOG_LEVEL: 'info' });
    try {
      for (let round = 0; goesOn(round); round += 1) {
        const before = residentSet(service.pid);
        const requests = await Promise.all(
          Array.from({ length: several }, (_, number) =>
            begun(service, number, applicant(`slow-${round}-${number}`)),
          ),
        );
        tally.try('slow requests', requests.length);
        let isEnough = false;
        const trickles = requests.map((one) => trickle(one, () => isEnough));
        const filing = Array.from({ length: 8 }, (_, number) =>
          DossierFile.filed(service, applicant(`quick-${round}-${number}`)).then(
            () => [],
            (error: unknown) => [String(error)],
          ),
        );
        const failed = (await Promise.all(filing)).flat();
        tally.try('dossiers filed meanwhile', filing.length);
        tally.lose('others not served', failed);
        tally.note(`resident set ${before} MB before, ${residentSet(service.pid)} MB with them`);
        isEnough = true;
        const answers = await Promise.all(trickles);
        tally.lose(
          'slow requests not answered when they were whole',
          answers.filter((status) => status === 0 || status >= 500).map(String),
        );
      }
    } finally {
      await service.stop();
    }
  },
};

interface Slow {
  readonly request: RawRequest;
  readonly rest: string;
}

/** A third stops in the headers, a third in a body, a third in an upload. */
async function begun({ url }: Service, number: number, by: Person): Promise<Slow> {
  const authorization = { Authorization: `Bearer ${tokenOf(claimsOf(by))}` };
  const json = JSON.stringify(choiceOf(by));
  const ofJson = { 'Content-Type': 'application/json', 'Content-Length': json.length };
  if (number % 3 === 0) {
    const headers = { ...authorization, ...ofJson };
    const request = await RawRequest.begin(url, 'POST', '/v1/dossiers', headers, false);
    return { request, rest: `X-Slow: 1\r\n\r\n${json}` };
  }
  if (number % 3 === 1) {
    const headers = { ...authorization, ...ofJson };
    const request = await RawRequest.begin(url, 'POST', '/v1/dossiers', headers);
    return { request, rest: json };
  }
  const form = `--x\r\nContent-Disposition: form-data; name="dossier"\r\n\r\n2022-none\r\n--x--\r\n`;
  const request = await RawRequest.begin(url, 'POST', '/v1/evidence', {
    ...authorization,
    'Content-Type': 'multipart/form-data; boundary=x',
    'Content-Length': form.length,
  });
  return { request, rest: form };
}

/** Status of the answer; 0 where there was none. */
async function trickle({ request, rest }: Slow, isEnough: () => boolean): Promise<number> {
  let sent = 0;
  while (!isEnough() && sent < rest.length - 1) {
    await request.send(rest.charAt(sent));
    sent += 1;
    await sleep(betweenBytes);
  }
  await request.send(rest.slice(sent));
  return (await request.answer()).status || 0;
}
