import type { Json } from '../../src/engine/event-store';
import type { LocalisedFinding } from '../../src/http/problem-document';
import { body, problemIn, startService, type ServiceInProcess } from '../support/service';
import { DossierFile } from './dossier-file';
import { alice, applicant } from './people';

interface Entry {
  readonly pointer: string;
  readonly label: string;
  readonly counts: boolean;
  readonly code: string | null;
  readonly reason: string | null;
}

interface Prechecked {
  readonly ok: boolean;
  readonly findings: readonly LocalisedFinding[];
  readonly entries: readonly Entry[];
  readonly revision: number;
}

describe('The precheck', () => {
  let service: ServiceInProcess;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.stop());

  const precheck = ({ path, applicant: by }: DossierFile, language = 'zh'): Promise<Prechecked> =>
    body(service.as(by).get(`${path}/precheck`).set('Accept-Language', language), 200);
  const submit = ({ path, applicant: by }: DossierFile, language = 'zh') =>
    service
      .as(by)
      .post(`${path}/submissions`, { confirmed: true })
      .set('Accept-Language', language);
  const inShort = ({ rule, code, pointer }: LocalisedFinding) =>
    `${String(rule)} ${code} ${pointer}`;
  /** Wrong in several chapters of the notice at once. */
  const broken = async (subject: string): Promise<DossierFile> => {
    const file = await DossierFile.filledIn(service, applicant(subject));
    const { basicInformation, annualAssessments, commitment, achievements } = file.sections;
    const [first, ...rest] = Object(annualAssessments?.entries) as readonly Json[];
    const [unproven, ...others] = Object(achievements?.entries) as readonly object[];
    await file.save('basicInformation', {
      ...basicInformation,
      idNumber: '659901198001010000',
      phone: ' ',
    });
    await file.save('annualAssessments', {
      entries: [...rest, { ...Object(first), result: 'unqualified' }],
    });
    await file.save('commitment', { ...commitment, text: '本人承诺' });
    await file.save('achievements', {
      ...achievements,
      entries: [{ ...unproven, evidence: '无' }, ...others],
    } as Json);
    return file;
  };

  it('finds nothing against a dossier that is complete', async () => {
    const file = await DossierFile.filledIn(service, alice);
    const { ok, findings, entries } = await precheck(file);
    expect([ok, findings]).toEqual([true, []]);
    expect(entries.length).toBeGreaterThan(5);
    expect(entries.filter(({ counts }) => !counts)).toEqual([]);
  });

  it('names every blank of a draft by its place (F-1)', async () => {
    const file = await DossierFile.open(service, applicant('blank'));
    const { ok, findings } = await precheck(file);
    expect(ok).toBe(false);
    const blanks = findings.filter(({ rule }) => rule === 'F-1').map(({ pointer }) => pointer);
    expect(blanks).toContain('/sections/basicInformation');
    expect(blanks.length).toBeGreaterThan(10);
    expect(new Set(blanks).size).toBe(blanks.length);
  });

  it.each(['zh', 'en'])(
    'says in %s what the refused submission says, all of it at once',
    async (language) => {
      const file = await broken(`broken-${language}`);
      const { ok, findings } = await precheck(file, language);
      expect(ok).toBe(false);
      const refused = problemIn(await submit(file, language));
      expect([refused.status, refused.findings]).toEqual([422, findings]);
      expect(findings.map(inShort)).toEqual(
        expect.arrayContaining([
          'F-1 blank-field /sections/basicInformation/phone',
          'M-1 id-number-invalid /sections/basicInformation/idNumber',
          'M-19 assessment-below-qualified /sections/annualAssessments/entries/2/result',
          'M-25 commitment-text-mismatch /sections/commitment/text',
        ]),
      );
      for (const { clause, severity, message } of findings) {
        expect(clause).toMatch(/^[一二三四]/);
        expect(['block', 'warn', 'review']).toContain(severity);
        expect(message).not.toBe('');
      }
    },
  );

  it('speaks English where that is preferred, of the same places', async () => {
    const file = await broken('bilingual');
    const [chinese, english] = [
      await precheck(file, 'zh'),
      await precheck(file, 'en-GB, zh;q=0.1'),
    ];
    expect(english.findings.map(inShort)).toEqual(chinese.findings.map(inShort));
    for (const [index, { message, code }] of english.findings.entries()) {
      expect(message).not.toBe(chinese.findings[index]?.message);
      // What is to be written is quoted as it is written.
      const quoted = code === 'commitment-text-mismatch' ? message : '无';
      expect(message.replace(quoted, '')).not.toMatch(/\p{sc=Han}/u);
    }
    for (const { label, reason } of english.entries) {
      expect(`${label} ${reason ?? ''}`).not.toMatch(/\p{sc=Han}/u);
    }
  });

  it('lists entries that do not count, each with its reason (F-2)', async () => {
    const file = await broken('uncounted');
    const { entries } = await precheck(file);
    const left = entries.filter(({ counts }) => !counts);
    expect(left).toEqual([
      expect.objectContaining({
        pointer: '/sections/achievements/entries/0',
        label: '业绩成果第1条',
        code: 'evidence-missing',
        reason: expect.stringContaining('缺少印证材料') as string,
      }),
    ]);
  });

  it('shows what is only warned of, which the receipt repeats', async () => {
    const file = await DossierFile.filledIn(service, applicant('brief'));
    await file.save('workSummary', { text: '大概主持完成若干项灌区改造。' });
    const { ok, findings } = await precheck(file);
    expect(ok).toBe(true);
    expect(findings.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['summary-length', 'vague-wording']),
    );
    const { warnings } = await file.submit();
    expect(warnings).toEqual(findings);
  });

  it('uses up nothing, however often', async () => {
    const file = await DossierFile.filledIn(service, applicant('cautious'));
    const before = await service.acts();
    const first = await precheck(file);
    for (let time = 0; time < 5; time += 1) expect(await precheck(file)).toEqual(first);
    expect(await service.acts()).toEqual(before);
    expect(await file.submit()).toMatchObject({ number: 1, remaining: 2 });
  });
});
