import type { Test } from 'supertest';

import type { SectionContents } from '../../src/dossier/form/contents';
import type { Choice } from '../../src/dossier/events';
import type { SectionName } from '../../src/dossier/sections';
import type { Json } from '../../src/engine/event-store';
import { fromEpoch, startOfDay, toEpoch, type Day } from '../../src/engine/instant';
import type { CommandAnswer } from '../../src/http/answers';
import type { LocalisedFinding } from '../../src/http/problem-document';
import type { ChangesView, DossierView, SubmissionView } from '../../src/projections/dossier-view';
import { reviewWindow } from '../../src/rounds/policy';
import { policy2022 } from '../../src/rounds/policy-2022';
import { lastPublicityDay } from '../../src/rules/publicity';
import { body, moveClockTo, type Person, type Service } from '../support/service';
import { completeDossier, unitOf } from './complete-dossier';
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
export const statement = policy2022.recommendation.sentence;
export const notice = { place: '一楼公示栏', telephone: '0999-0000000' };

export const choiceOf = ({ organisation }: Person, round = '2022') => ({
  round,
  level: 'senior' as const,
  specialty: 'hydraulic-engineering',
  subSpecialty: 'construction',
  organisation: organisation ?? '',
  ...(mayChooseRoute(organisation ?? '') ? { reviewRoute: 'region' as const } : {}),
});

/** Whether the unit's prefecture holds a review of its own (三(二)1). */
function mayChooseRoute(organisation: string): boolean {
  const prefecture = unitOf(organisation)?.prefecture ?? '';
  return policy2022.scope.ownReview.prefectures.includes(prefecture);
}

export const reasonAbout = (section: SectionName, correction = '请补充近三年的工作') => ({
  code: 'omission',
  section,
  correction,
});

/** Small, and enough of a PDF to be taken for one. */
export const pdf = (text: string): Buffer => Buffer.from(`%PDF-1.4\n${text}\n%%EOF\n`);

/** A work summary in prose of the length the notice asks for, told from others by how it begins. */
export const summary = (beginning: string) => ({
  text: `${beginning}。${'任现职以来在灌区一线从事施工管理与技术工作，主持完成多项渠道防渗和渠首改建。'.repeat(9)}`,
});

/** A dossier as those who handle it do: each step is a request that must be accepted. */
export class DossierFile {
  /** What the last step answered with, for Read-After. */
  position = '';
  /** As it was filled in; blank before. */
  sections: Partial<SectionContents> = {};

  private constructor(
    private readonly service: Service,
    readonly applicant: Person,
    readonly id: string,
    private readonly choice: Omit<Choice, 'reviewRoute'>,
  ) {}

  /** Opened, with nothing in it. */
  static async open(
    service: Service,
    applicant: Person,
    choice: Partial<Choice & { readonly round: string }> = {},
  ): Promise<DossierFile> {
    const chosen = { ...choiceOf(applicant), ...choice };
    const asked = service.as(applicant).post('/v1/dossiers', chosen);
    const { id, position } = await body<CommandAnswer & { readonly id: string }>(asked, 201);
    return Object.assign(new DossierFile(service, applicant, id, chosen), { position });
  }

  /** Opened and filled in: only to be submitted. */
  static async filledIn(
    service: Service,
    applicant: Person,
    choice: Partial<Choice> = {},
  ): Promise<DossierFile> {
    const file = await DossierFile.open(service, applicant, choice);
    await file.fillIn();
    return file;
  }

  static async filed(
    service: Service,
    applicant: Person,
    choice: Partial<Choice> = {},
  ): Promise<DossierFile> {
    const file = await DossierFile.filledIn(service, applicant, choice);
    await file.submit();
    return file;
  }

  get path(): string {
    return `/v1/dossiers/${this.id}`;
  }

  /**
   * Everything the notice asks for, with one scan as the proof of all of it; in 18 requests. Facts are
   * those of the applicant, or of whoever stands behind the account.
   */
  async fillIn(
    { policy = policy2022, stationed = false } = {},
    self = this.applicant,
  ): Promise<EvidenceAnswer> {
    const { sections, scan } = completeDossier(self, this.choice, policy, stationed);
    const attached = await this.attach(scan.bytes, scan.name);
    await this.answerMasking(attached.sha256, { nameShown: false });
    for (const [section, content] of Object.entries(sections)) {
      await this.save(section as SectionName, content);
    }
    this.sections = sections;
    return attached;
  }

  save(section: SectionName, content: Json): Promise<CommandAnswer> {
    const path = `${this.path}/sections/${section}`;
    return this.step(this.service.as(this.applicant).put(path, content), 200);
  }

  summarise(beginning: string): Promise<CommandAnswer> {
    return this.save('workSummary', summary(beginning));
  }

  attach(content: Buffer, name = 'scan.pdf', by = this.applicant): Promise<EvidenceAnswer> {
    return this.step(this.service.as(by).upload(this.id, content, name), 201);
  }

  answerMasking(
    sha256: string,
    answer: { readonly nameShown: boolean; readonly maskedVersion?: string },
  ): Promise<CommandAnswer> {
    const path = `/v1/evidence/${this.id}.${sha256}/masking`;
    return this.step(this.service.as(this.applicant).put(path, answer), 200);
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

  /** Puts it up in the unit; answers with the first day. */
  async publish(by: Person = unitReviewer): Promise<Day> {
    type Answer = CommandAnswer & { readonly firstDay: Day };
    return (await this.post<Answer>(by, 'publicity', notice)).firstDay;
  }

  /** The unit's sealed papers, as its recommendation names them. */
  async sealedPapers(by: Person = unitReviewer): Promise<Record<string, string>> {
    const { sha256 } = await this.attach(pdf(`公示及结果 ${this.id}`), '公示.pdf', by);
    return { 'publicity-notice': sha256, 'publicity-result': sha256 };
  }

  /**
   * A recommendation that would be taken now: what is not public yet is published, the clock passes the
   * five working days, and the unit's papers are there.
   */
  async recommendation(by: Person = unitReviewer) {
    const { publicity } = await this.seenBy(by);
    await moveClockTo(
      this.service,
      afterPublicity(publicity?.firstDay ?? (await this.publish(by))),
    );
    return { checklist, statement, papers: await this.sealedPapers(by) };
  }

  async recommend(by: Person = unitReviewer): Promise<CommandAnswer> {
    return this.post(by, 'recommendation', await this.recommendation(by));
  }

  endorse(by: Person): Promise<CommandAnswer> {
    return this.post(by, 'endorsement', { opinion: '同意上报' });
  }

  /** From the unit up to the title office. */
  async pass(unit: Person = unitReviewer): Promise<void> {
    await this.recommend(unit);
    await this.endorse(bureauSupervisor);
    await this.endorse(prefectureSupervisor);
  }

  /** Not before the title office's window has opened. */
  async accept(by: Person = officer): Promise<CommandAnswer> {
    await moveClockTo(this.service, reviewWindow(policy2022).opens);
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

  post<A extends CommandAnswer>(by: Person, what: string, sent?: object): Promise<A> {
    return this.step(this.service.as(by).post(`${this.path}/${what}`, sent), 201);
  }

  private async step<A extends CommandAnswer>(asked: Test, status: number): Promise<A> {
    const answer = await body<A>(asked, status);
    this.position = answer.position;
    return answer;
  }
}

/** The first instant at which what was put up on this day has been public for long enough. */
export function afterPublicity(firstDay: Day): string {
  const last = startOfDay(lastPublicityDay(policy2022, firstDay));
  const morning = 24 + 9;
  return fromEpoch(toEpoch(last) + morning * 60 * 60 * 1000);
}
