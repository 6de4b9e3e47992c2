import { parseArgs } from 'node:util';

import { readConfig } from '../config';
import type { Policy } from '../rounds/policy';
import type { Organisation } from '../organisations/organisation';
import { samplePeople } from '../sample/people';
import { practiceRound } from '../sample/practice-round';
import { applicant } from './season/people/person';
import { dossierContent } from './season/people/dossier-content';
import { mintToken } from './token';

const usage = `npm run fill [-- --url http://localhost:3000] [--round ${practiceRound}]

Opens the sample applicant's dossier on a running service and fills it in completely: sixteen sections,
scans, masking. What is left to do is to submit it.`;

/** Milliseconds after which a request has failed. */
const longestWait = 30_000;

/** The service as the sample applicant's portal sees it. */
class Portal {
  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  get<Answer>(path: string): Promise<Answer> {
    return this.send('GET', path);
  }

  send<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const form = body instanceof FormData;
    return this.request(path, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(form || body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
    });
  }

  private async request<Answer>(path: string, init: RequestInit): Promise<Answer> {
    const signal = AbortSignal.timeout(longestWait);
    const response = await fetch(`${this.url}/v1${path}`, { ...init, signal }).catch(
      (cause: unknown) => {
        const advice = 'start it with npm start, or name another with --url';
        throw new Error(`No service answers at ${this.url}: ${advice}.`, { cause });
      },
    );
    const answer = (await response.json()) as Answer & { readonly detail?: string };
    if (!response.ok) throw new Error(`${path}: ${String(response.status)} ${answer.detail ?? ''}`);
    return answer;
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      url: { type: 'string', default: 'http://localhost:3000' },
      round: { type: 'string', default: practiceRound },
    },
  });
  const config = readConfig(process.env);
  const [sample] = samplePeople;
  const portal = new Portal(values.url, await mintToken(config, sample));
  const { policy } = await portal.get<{ policy: Policy }>(`/rounds/${values.round}/policy`);
  const unit = await portal.get<Organisation>(`/organisations/${sample.organisation}`);
  const person = applicant(
    {
      seed: 1,
      year: policy.year,
      units: [unit],
      levels: ['senior'],
      subSpecialties: ['construction'],
    },
    1,
  );
  const { sections, evidence } = dossierContent(person, policy);
  const dossier = await dossierOf(portal, values.round, person);
  for (const file of evidence) {
    const form = new FormData();
    form.append('dossier', dossier);
    form.append('file', new Blob([new Uint8Array(file.bytes)]), file.name);
    const { id } = await portal.send<{ id: string }>('POST', '/evidence', form);
    await portal.send('PUT', `/evidence/${id}/masking`, { nameShown: false });
  }
  for (const [section, content] of Object.entries(sections)) {
    await portal.send('PUT', `/dossiers/${dossier}/sections/${section}`, content);
  }
  const { ok } = await portal.get<{ ok: boolean }>(`/dossiers/${dossier}/precheck`);
  process.stdout.write(
    `${dossier}\n${ok ? 'Filled in and ready to submit:' : 'Filled in; the precheck still has findings:'}\n` +
      `curl -s ${values.url}/v1/dossiers/${dossier}/${ok ? 'submissions' : 'precheck'} -H "Authorization: Bearer $APPLICANT"` +
      `${ok ? ` -H 'content-type: application/json' -d '{"confirmed":true}'` : ''}\n`,
  );
}

/** The dossier in hand, opened where there is none. */
async function dossierOf(
  portal: Portal,
  round: string,
  person: { readonly level: string; readonly subSpecialty: string },
): Promise<string> {
  const { items } = await portal.get<{ items: { id: string; round: string; status: string }[] }>(
    '/dossiers',
  );
  const inHand = items.find(
    (item) => item.round === round && ['draft', 'returned'].includes(item.status),
  );
  if (inHand !== undefined) return inHand.id;
  const { id } = await portal.send<{ id: string }>('POST', '/dossiers', {
    round,
    level: person.level,
    specialty: 'hydraulic-engineering',
    subSpecialty: person.subSpecialty,
    organisation: samplePeople[0].organisation,
    reviewRoute: 'region',
  });
  return id;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}\n`);
  process.exitCode = 1;
});
