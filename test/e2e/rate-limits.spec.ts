import type { Test } from 'supertest';

import {
  Client,
  refusal,
  startService,
  type Person,
  type ServiceInProcess,
} from '../support/service';
import { DossierFile } from './dossier-file';
import { applicant } from './people';

const late = applicant('late');

describe('On the last evening', () => {
  let service: ServiceInProcess;
  afterEach(() => service.stop());

  const tooMany = [429, 'too-many-requests'];
  const look = (person: Person) => service.as(person).get('/v1/dossiers');

  /** Asks until it is refused for asking too much. */
  const exhaust = async (ask: () => Test): Promise<void> => {
    for (let asked = 0; asked < 200; asked += 1) if ((await ask()).status === 429) return;
    throw new Error('never refused');
  };

  it('a submission is taken whatever else the person and their address asked for', async () => {
    service = await startService({ rateLimits: { person: 100, address: 150, failedTokens: 5 } });
    const file = await DossierFile.filledIn(service, late);
    await exhaust(() => look(late));
    await exhaust(() => look(applicant('neighbour')));
    expect(await refusal(look(applicant('third')))).toEqual(tooMany);
    await exhaust(() => new Client(service.url, 'a.b.c').get('/v1/queue'));
    const sent = await service.as(late).post(`${file.path}/submissions`, { confirmed: true });
    expect(sent.status).toBe(201);
  });

  it('not even submissions are without a limit', async () => {
    service = await startService({ rateLimits: { person: 30, address: 0, failedTokens: 0 } });
    const submit = () => service.as(late).post('/v1/dossiers/none/submissions', {});
    await exhaust(submit);
    expect(await refusal(submit())).toEqual(tooMany);
    expect((await look(late)).status).toBe(200);
  });

  it('health and metrics are told as often as they are asked for', async () => {
    service = await startService({ rateLimits: { person: 1, address: 1, failedTokens: 1 } });
    for (const path of ['/health/live', '/health/ready', '/metrics']) {
      for (let asked = 0; asked < 5; asked += 1) {
        expect((await service.as(null).get(path)).status).toBe(200);
      }
    }
  });
});
