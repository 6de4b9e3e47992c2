import { DossierFile, reasonAbout } from '../e2e/dossier-file';
import {
  alice,
  applicant,
  auditor,
  bob,
  carol,
  neighbourReviewer,
  unitReviewer,
} from '../e2e/people';
import { body, spawnService, type Service } from '../support/service';

/** Early enough that a draft stays one until the filing window closes. */
export const beforeTheReview = '2022-08-08T09:00:00.000+08:00';

/** Alice's dossier was returned once and waits again, Bob's and Carol's wait for the bureau; Dora has a draft. The last position. */
export async function fileSmallSeason(service: Service): Promise<string> {
  const files = {
    alice: await DossierFile.filed(service, alice),
    bob: await DossierFile.filed(service, bob),
    carol: await DossierFile.filed(service, carol, { subSpecialty: 'operation-management' }),
  };
  await DossierFile.open(service, applicant('dora'));
  await files.bob.publish();
  await files.carol.publish(neighbourReviewer);
  await files.bob.recommend();
  await files.carol.recommend(neighbourReviewer);
  await files.alice.giveBack(unitReviewer, reasonAbout('workSummary'), reasonAbout('education'));
  await files.alice.summarise('修改');
  await files.alice.explain(2, '原件如此');
  await files.alice.submit();
  return files.alice.position;
}

/** A service of its own with that season, counted. */
export async function smallSeason(): Promise<Service> {
  const service = await spawnService(undefined, { SIMULATED_NOW: beforeTheReview });
  const position = await fileSmallSeason(service);
  const asked = service.as(auditor).get('/v1/reports/progress?round=2022');
  await body(asked.set('Read-After', position), 200);
  return service;
}
