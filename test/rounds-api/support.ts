import type { SectionName } from '../../src/dossier/sections';
import type { PolicyChanged, PolicyView } from '../../src/http/round-answers';
import { completeDossier } from '../e2e/complete-dossier';
import { choiceOf, type DossierFile } from '../e2e/dossier-file';
import { administrator } from '../e2e/people';
import { body, type Service } from '../support/service';

export const publish = (service: Service, policy: object, reason = '按通知发布') =>
  service.as(administrator).post('/v1/rounds', { policy, reason });

export const correct = (service: Service, round: string, policy: object, reason = '更正') =>
  service.as(administrator).post(`/v1/rounds/${round}/policy`, { policy, reason });

export const published = (service: Service, policy: object): Promise<PolicyChanged> =>
  body(publish(service, policy), 201);

export const policyOf = (service: Service, round: string, query = ''): Promise<PolicyView> =>
  body(service.as(administrator).get(`/v1/rounds/${round}/policy${query}`), 200);

/** Fills in the whole of an opened dossier as a careful applicant does, by the round's own policy. */
export async function fillIn(service: Service, file: DossierFile, round: string): Promise<void> {
  const { policy } = await policyOf(service, round);
  const { sections, scan } = completeDossier(file.applicant, choiceOf(file.applicant), policy);
  const { sha256 } = await file.attach(scan.bytes, scan.name);
  await file.answerMasking(sha256, { nameShown: false });
  for (const [section, content] of Object.entries(sections)) {
    await file.save(section as SectionName, content);
  }
}
