import {
  claimsOf,
  problemIn,
  startService,
  tokenOf,
  until,
  type Person,
  type ServiceInProcess,
} from '../support/service';
import { checklist, choiceOf, DossierFile, pdf, reasonAbout } from './dossier-file';
import { bureauSupervisor, office, unit, unitReviewer } from './people';

const mebibyte = 1024 * 1024;

/** In every text a person writes or is known by, so that it stands out wherever it ends up. */
const canary = 'Canary-Ayxem-650102199003071234';

describe('The log', () => {
  let service: ServiceInProcess;
  /** For what is large, which the other does not take. */
  let quiet: ServiceInProcess;
  const person: Person = { subject: `${canary}-account`, roles: ['applicant'], organisation: unit };
  const reviewer: Person = { ...unitReviewer, subject: `${canary}-reviewer` };

  beforeAll(async () => {
    service = await startService({ logLevel: 'trace', evidenceLimit: 1024 });
    quiet = await startService({ logLevel: 'info', evidenceLimit: 16 * mebibyte });
  });
  afterAll(() => Promise.all([service.stop(), quiet.stop()]));

  const leaks = () => service.logged.filter((line) => line.includes('Canary'));

  it('names nobody, whatever people do', async () => {
    const file = await DossierFile.filledIn(service, person);
    const { id, sha256 } = await file.attach(pdf(canary), `${canary}.pdf`);
    await file.answerMasking(sha256, { nameShown: false });
    await file.summarise(canary);
    await file.submit();
    await file.giveBack(reviewer, reasonAbout('workSummary', canary));
    await file.explain(1, canary);
    await file.submit();
    await file.publish(reviewer);
    const objections = `${file.path}/publicity/objections`;
    await service.as(reviewer).post(objections, { text: canary });
    await service
      .as(reviewer)
      .post(`${objections}/1/outcome`, { upheld: false, statement: canary });
    await file.recommend(reviewer);
    const office_ = service.as({ subject: canary, roles: ['auditor'], organisation: office });
    await office_.get(`/v1/audit/events?actor=${encodeURIComponent(person.subject)}`);
    await service.as(bureauSupervisor).get(`/v1/evidence/${id}`);
    await service
      .as(bureauSupervisor)
      .post(`${file.path}/endorsement`, { opinion: canary })
      .set('Idempotency-Key', canary);
    await service.as(person).post(`${file.path}/withdrawal`, { reason: canary });
    const grounds = { dossier: file.id, grounds: canary };
    await service.as({ ...reviewer, roles: ['auditor'] }).post('/v1/falsification-cases', grounds);

    // Opened, filled in with a scan and its masking; then what is seen above, and a look and a clock moved.
    const sent = 3 + Object.keys(file.sections).length + 19;
    const requests = () => service.logged.filter((line) => line.includes('"msg":"request"'));
    // A line is written once the answer is out.
    await until(() => Promise.resolve(requests().length >= sent));
    expect(leaks()).toEqual([]);
    expect(requests()).toHaveLength(sent);
    for (const line of requests()) expect(line).toMatch(/"status":20[01]/);
  });

  it('names nobody where a request is refused', async () => {
    const client = service.as(person);
    const draft = `/v1/dossiers/${canary}`;
    const refused = [
      client.get(`${draft}?name=${canary}`),
      client.get(`/${canary}`),
      client.get(`/v1/dossiers?${canary}=1`),
      client.get(`/v1/dossiers?cursor=${canary}`),
      client.get(`/v1/dossiers/%ff${canary}`),
      client.put(`${draft}/sections/${canary}`, { text: canary }),
      client.post('/v1/dossiers', { ...choiceOf(person), [canary]: canary }),
      client.post('/v1/dossiers', { ...choiceOf(person), level: canary, round: [canary] }),
      client.post('/v1/dossiers', { ...choiceOf(person), organisation: canary }),
      client.postBytes('/v1/dossiers', 'application/json', Buffer.from(`{"name":"${canary}`)),
      client.postBytes('/v1/dossiers', `text/${canary}`, Buffer.from(canary)),
      client.upload(canary, pdf(canary), canary),
      client.post('/v1/dossiers', {}).set('If-Match', canary),
      client.get('/v1/dossiers').set('Read-After', `${canary} ${canary}`),
      client.get('/v1/dossiers').set('Authorization', `Bearer ${canary}.${canary}.${canary}`),
      service.as(reviewer).post(`${draft}/recommendation`, { checklist }),
    ];
    for (const test of refused) problemIn(await test);

    expect(leaks()).toEqual([]);
  });

  it('has one line an entry, whatever line breaks a person sends', async () => {
    const forged = '\r\n{"level":30,"msg":"request","route":"/forged"}\n\u2028';
    const forger: Person = { ...person, subject: `forger${forged}` };
    const before = quiet.logged.length;
    const file = await DossierFile.open(quiet, forger);
    await file.attach(pdf(forged), `a${forged}.pdf`);
    await quiet.as(forger).put(`${file.path}/sections/workSummary`, { text: forged, [forged]: 1 });
    await quiet.as(forger).get(`/v1/dossiers/${encodeURIComponent(forged)}`);
    await quiet
      .as(forger)
      .get('/v1/dossiers')
      .set('User-Agent', 'a {"level":30,"route":"/forged"}')
      .set('X-Request-Id', '{"route":"/forged"}');
    await until(() => Promise.resolve(quiet.logged.length >= before + 5));
    const lines = quiet.logged.slice(before);
    for (const line of lines) {
      expect(line.trimEnd()).not.toMatch(/[\r\n\u2028]/);
      expect(JSON.parse(line)).toHaveProperty('msg');
    }
    expect(lines.join('')).not.toContain('forged');
  });

  it('has a line for a download that is broken off, and one only', async () => {
    const file = await DossierFile.open(quiet, person);
    const { id } = await file.attach(pdf('x'.repeat(8 * mebibyte)));
    const downloads = () => quiet.logged.filter((line) => line.includes('"/v1/evidence/:id"'));
    const headers = { authorization: `Bearer ${tokenOf(claimsOf(person))}` };
    const breakingOff = new AbortController();
    const answer = await fetch(`${quiet.url}/v1/evidence/${id}`, {
      headers,
      signal: breakingOff.signal,
    });
    expect(answer.status).toBe(200);
    expect(downloads()).toEqual([]);
    breakingOff.abort();
    await until(() => Promise.resolve(downloads().length > 0));
    await quiet.as(person).get(`/v1/evidence/${id}`);
    await until(() => Promise.resolve(downloads().length > 1));
    expect(downloads()).toHaveLength(2);
  });

  it('has a line for every request, by its route and not its address', () => {
    const lines = service.logged.map((line) => JSON.parse(line) as Record<string, unknown>);
    const submissions = lines.filter(({ route }) => route === '/v1/dossiers/:id/submissions');
    expect(submissions).toHaveLength(2);
    expect(submissions[0]).toMatchObject({ method: 'POST', status: 201 });
    for (const line of submissions) {
      expect(Object.keys(line).sort()).toEqual(
        ['id', 'level', 'method', 'ms', 'msg', 'route', 'status', 'time'].sort(),
      );
    }
  });
});
