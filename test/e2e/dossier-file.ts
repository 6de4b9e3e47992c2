import type { Test } from 'supertest';

import type { SectionName } from '../../src/dossier/sections';
import type { Json } from '../../src/engine/event-store';
import type { CommandAnswer } from '../../src/http/answers';
import type { LocalisedFinding } from '../../src/http/problem-document';
import type { ChangesView, DossierView, SubmissionView } from '../../src/projections/dossier-view';
import { body, type Person, type Service } from '../support/service';
import { bureauSupervisor, officer, prefectureSupervisor, unitReviewer } from './people';

export interface Receipt extends CommandAnswer {
  readonly number: number;
  readonly submittedAt: string;
  readonly contentHash: string;
  readonly remaining: number;
  readonly warnings: readonly LocalisedFinding[];
}

export interface EvidenceAnswer extends CommandAnswer {
  readonly id: string;
  readonly sha256: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly name: string;
}

export const checklist = { 'no-omissions': true, authentic: true, accurate: true };

export const choiceOf = ({ organisation }: Person, round = '2022') => ({
  round,
  level: 'senior',
  specialty: 'hydraulic-engineering',
  subSpecialty: 'construction',
  organisation,
});

export const reasonAbout = (section: SectionName, correction = '请补充近三年的工作') => ({
  code: 'omission',
  section,
  correction,
});

/** Small, and enough of a PDF to be taken for one. */
export const pdf = (text: string): Buffer => Buffer.from(`%PDF-1.4\n${text}\n%%EOF\n`);

/** A dossier as those who handle it do: each step is a request that must be accepted. */
export class DossierFile {
  /** What the last step answered with, for Read-After. */
  position = '';

  private constructor(
    private readonly service: Service,
    readonly applicant: Person,
    readonly id: string,
  ) {}

  static async open(
    service: Service,
    applicant: Person,
    choice: object = {},
  ): Promise<DossierFile> {
    const asked = service.as(applicant).post('/v1/dossiers', { ...choiceOf(applicant), ...choice });
    const { id, position } = await body<CommandAnswer & { readonly id: string }>(asked, 201);
    return Object.assign(new DossierFile(service, applicant, id), { position });
  }

  /** Opened, with a work summary in it, and filed. */
  static async filed(
    service: Service,
    applicant: Person,
    choice: object = {},
  ): Promise<DossierFile> {
    const file = await DossierFile.open(service, applicant, choice);
    await file.summarise(`${applicant.subject}的工作总结`);
    await file.submit();
    return file;
  }

  get path(): string {
    return `/v1/dossiers/${this.id}`;
  }

  save(section: SectionName, content: Json): Promise<CommandAnswer> {
    const path = `${this.path}/sections/${section}`;
    return this.step(this.service.as(this.applicant).put(path, content), 200);
  }

  summarise(text: string): Promise<CommandAnswer> {
    return this.save('workSummary', { text });
  }

  attach(content: Buffer, name = 'scan.pdf'): Promise<EvidenceAnswer> {
    return this.step(this.service.as(this.applicant).upload(this.id, content, name), 201);
  }

  explain(reason: number, explanation: string): Promise<CommandAnswer> {
    const path = `${this.path}/returns/latest/reasons/${reason}/explanation`;
    return this.step(this.service.as(this.applicant).put(path, { explanation }), 200);
  }

  submit(): Promise<Receipt> {
    return this.post(this.applicant, 'submissions', { confirmed: true });
  }

  withdraw(): Promise<CommandAnswer> {
    return this.post(this.applicant, 'withdrawal', { reason: '个人原因' });
  }

  giveBack(by: Person, ...reasons: readonly object[]): Promise<CommandAnswer> {
    return this.post(by, 'returns', { reasons });
  }

  recommend(by: Person = unitReviewer): Promise<CommandAnswer> {
    return this.post(by, 'recommendation', { checklist });
  }

  endorse(by: Person): Promise<CommandAnswer> {
    return this.post(by, 'endorsement', { opinion: '同意上报' });
  }

  /** From the unit up to the title office. */
  async pass(): Promise<void> {
    await this.recommend();
    await this.endorse(bureauSupervisor);
    await this.endorse(prefectureSupervisor);
  }

  accept(by: Person = officer): Promise<CommandAnswer> {
    return this.post(by, 'acceptance');
  }

  seenBy(person: Person, query = ''): Promise<DossierView> {
    return body(this.service.as(person).get(`${this.path}${query}`), 200);
  }

  submission(number: number, person: Person = this.applicant): Promise<SubmissionView> {
    return body(this.service.as(person).get(`${this.path}/submissions/${number}`), 200);
  }

  changes(number: number, person: Person): Promise<ChangesView> {
    return body(this.service.as(person).get(`${this.path}/submissions/${number}/changes`), 200);
  }

  private post<A extends CommandAnswer>(by: Person, what: string, sent?: object): Promise<A> {
    return this.step(this.service.as(by).post(`${this.path}/${what}`, sent), 201);
  }

  private async step<A extends CommandAnswer>(asked: Test, status: number): Promise<A> {
    const answer = await body<A>(asked, status);
    this.position = answer.position;
    return answer;
  }
}
