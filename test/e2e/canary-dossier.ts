import { png } from '../../src/cli/season/people/evidence-files';
import type { Json } from '../../src/engine/event-store';
import type { SectionName } from '../../src/dossier/sections';
import { body, moveClockTo, type Service } from '../support/service';
import { bodyCanary, type Canary } from './canaries';
import { completeDossier } from './complete-dossier';
import { choiceOf, DossierFile, pdf, reasonAbout, summary } from './dossier-file';
import {
  applicant,
  auditor,
  bureauSupervisor,
  officer,
  prefectureSupervisor,
  secondAuditor,
  unitReviewer,
} from './people';

export const wren = applicant('wren');
export const canaries: Canary[] = [];

/** A text that is nowhere else, noted under the field it is put into. */
function canary(field: string): string {
  const value = `金丝雀${canaries.length + 1001}之${field}`;
  canaries.push({ field, value });
  return value;
}

/** The form as the season fills it in, with a canary in every text that is free. */
function filledForm() {
  const { sections } = completeDossier(wren, {
    ...choiceOf(wren),
    organisation: 'ili-irrigation-district',
  });
  const free = new Set([
    'name',
    'post',
    'village',
    'school',
    'major',
    'work',
    'summary',
    'workload',
  ]);
  const place = (value: Json, path: string): Json => {
    if (Array.isArray(value)) {
      return (value as readonly Json[]).map((item, index) => place(item, `${path}/${index}`));
    }
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => {
        const at = `${path}/${name}`;
        const isFree = free.has(name) && typeof member === 'string' && member !== '无';
        return [name, isFree ? canary(at) : place(member, at)];
      }),
    );
  };
  const filled = place(sections, '') as Record<string, Record<string, Json>>;
  const identity = {
    ...filled.basicInformation,
    phone: '13912348765',
    ethnicity: 'gaoshan',
    politicalStatus: 'member-of-the-tsl',
  };
  for (const field of ['idNumber', 'phone', 'ethnicity', 'politicalStatus', 'birthDate'] as const) {
    const value = (identity as Record<string, Json>)[field];
    if (typeof value === 'string') canaries.push({ field, value });
  }
  canaries.push(bodyCanary('basicInformation', identity));
  const workSummary = summary(canary('workSummary'));
  return { ...filled, basicInformation: identity, workSummary };
}

/** From the opening to the defence and a case: a dossier in which every personal field holds a canary. */
export async function canaryDossier(
  service: Service,
): Promise<{ readonly file: DossierFile; readonly evidence: string }> {
  canaries.push(
    { field: 'photo bytes', value: png('SPECIMEN canary-photo-bytes-4711') },
    { field: 'attachment bytes', value: 'canary-attachment-bytes-0815' },
    { field: 'unit paper bytes', value: 'canary-paper-bytes-0816' },
  );
  const file = await DossierFile.open(service, wren);
  const leaver = await DossierFile.open(service, applicant('leaver'));
  await leaver.post(leaver.applicant, 'withdrawal', { reason: canary('withdrawal') });
  const evidence = await fillIn(file);
  await passThrough(service, file);
  return { file, evidence };
}

/** Every section and scan; answers with the id of one of the scans. */
async function fillIn(file: DossierFile): Promise<string> {
  const { sha256 } = await file.attach(
    png('SPECIMEN canary-photo-bytes-4711'),
    `${canary('photo name')}.png`,
  );
  const form = JSON.stringify(filledForm()).replace(/[0-9a-f]{64}/g, sha256);
  for (const [section, content] of Object.entries(JSON.parse(form) as Record<string, Json>)) {
    await file.save(section as SectionName, content);
  }
  const scan = await file.attach(pdf('canary-attachment-bytes-0815'), `${canary('scan name')}.pdf`);
  await file.answerMasking(sha256, { nameShown: true, maskedVersion: scan.sha256 });
  return scan.id;
}

async function passThrough(service: Service, file: DossierFile): Promise<void> {
  await file.submit();
  await file.giveBack(unitReviewer, reasonAbout('education', canary('correction')));
  await file.save('workSummary', summary(canary('revised summary')));
  await file.explain(1, canary('explanation'));
  canaries.push(bodyCanary('explanation', { explanation: canaries.at(-1)?.value as string }));
  await file.submit();
  const notice = { place: canary('place'), telephone: '0999-8765432' };
  canaries.push({ field: 'telephone', value: notice.telephone });
  await file.post(unitReviewer, 'publicity', notice);
  await file.post(unitReviewer, 'publicity/objections', { text: canary('objection') });
  await file.post(unitReviewer, 'publicity/objections/1/outcome', {
    upheld: false,
    statement: canary('outcome of the objection'),
  });
  await file.attach(pdf('canary-paper-bytes-0816'), `${canary('paper name')}.pdf`, unitReviewer);
  await file.recommend();
  await file.post(bureauSupervisor, 'endorsement', { opinion: canary('opinion') });
  await file.endorse(prefectureSupervisor);
  await file.accept();
  await file.post(officer, 'defence', {
    defenceAt: '2022-10-12T10:00:00+08:00',
    meeting: '腾讯会议 000-000-000',
  });
  await moveClockTo(service, '2022-10-12T11:00:00.000+08:00');
  const cause = canary('cause of absence');
  await file.post(officer, 'defence/outcome', { attended: false, passed: false, cause });
  const opened = { dossier: file.id, grounds: canary('grounds') };
  const { id } = await body<{ id: string }>(
    service.as(auditor).post('/v1/falsification-cases', opened),
    201,
  );
  const heard = { person: wren.subject, statement: canary('statement at the hearing') };
  await body(service.as(auditor).post(`/v1/falsification-cases/${id}/hearings`, heard), 201);
  const decided = { upheld: false, statement: canary('statement of the case') };
  await body(
    service.as(secondAuditor).post(`/v1/falsification-cases/${id}/decision`, decided),
    201,
  );
}
