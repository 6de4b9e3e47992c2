import type { Content } from '../../src/dossier/dossier';
import type { Attachment, UnitPapers } from '../../src/dossier/events';
import type { Json } from '../../src/engine/event-store';
import {
  addPaper,
  atBureau,
  chain,
  draft,
  filedContent,
  filedWith,
  paperAdded,
  papers,
  policy,
  publicityStarted,
  readyToRecommend,
  recommend,
  recommendation,
  recommended,
  scan,
  sealedNotice,
  sealedResult,
  submitted,
  unitReviewer,
} from '../support/dossier';
import { conflict, given, type Expected } from '../support/scenario';

const ready = given(draft(), submitted(), readyToRecommend()).by(unitReviewer);

describe('R-9: the recommendation bears the notice’s exact sentence', () => {
  const mismatch: Expected = {
    code: 'recommendation-text-mismatch',
    rule: 'R-9',
    clause: '四(二)',
    pointer: '/statement',
  };
  const stating = (statement: string) => ready.when({ ...recommend, statement });

  it('takes it, and records it', () => {
    expect(policy.recommendation.sentence).toBe(recommendation);
    stating('本单位已对提供的申报材料逐一审核，真实、完整、有效，同意推荐').then(recommended());
  });

  it('refuses it with any one character left out, doubled or another', () => {
    const letters = [...recommendation];
    letters.forEach((letter, at) => {
      const before = letters.slice(0, at).join('');
      const after = letters.slice(at + 1).join('');
      for (const instead of ['', letter + letter, '不', ' ']) {
        stating(before + instead + after).refuses(mismatch);
      }
    });
  });

  it.each([
    '',
    ' ',
    `${recommendation}。`,
    ` ${recommendation}`,
    `“${recommendation}”`,
    '同意推荐',
  ])('refuses "%s"', (statement) => {
    stating(statement).refuses(mismatch);
  });

  it('takes the sentence from the policy', () => {
    const other = { ...policy, recommendation: { ...policy.recommendation, sentence: '同意' } };
    ready.under(other).when(recommend).refuses(mismatch);
    expect(ready.under(other).when({ ...recommend, statement: '同意' }).isRefused).toBe(false);
  });
});

/** The dossier with the unit's scan in one place of its other attachments (四(一)15). */
const withOther = (changes: Readonly<Record<string, Json>>): Content =>
  filedWith({ otherAttachments: { ...filedContent.sections.otherAttachments, ...changes } });
const recommending = (content: Content, bearing: UnitPapers, ...uploaded: readonly Attachment[]) =>
  given(
    draft(chain, content),
    submitted(1, {}, chain, content),
    publicityStarted('2022-08-15', content),
    uploaded.map(paperAdded),
  )
    .by(unitReviewer)
    .when({ ...recommend, papers: bearing });
const both = [sealedNotice, sealedResult] as const;

describe('F-3, R-9: the sealed publicity notice and result are with the dossier', () => {
  const missing = (paper: string): Expected => ({
    code: 'publicity-material-missing',
    rule: 'F-3',
    clause: '三(三)',
    pointer: `/papers/${paper}`,
  });
  const { 'publicity-notice': notice, 'publicity-result': result } = papers;
  if (notice === undefined || result === undefined) throw new Error('no papers');

  it('takes them as scans of the unit', () => {
    ready.when(addPaper(scan('minutes'))).then(paperAdded(scan('minutes')));
    ready.when(addPaper(sealedNotice)).then();
    recommending(filedContent, papers, ...both).then(recommended(atBureau, papers));
  });

  it('refuses without either, and names both where both are missing', () => {
    recommending(filedContent, { 'publicity-result': result }, ...both).refuses(
      missing('publicity-notice'),
    );
    recommending(filedContent, { 'publicity-notice': notice }, ...both).refuses(
      missing('publicity-result'),
    );
    recommending(filedContent, {}, ...both).refuses(
      missing('publicity-notice'),
      missing('publicity-result'),
    );
  });

  it('does not take a scan that was never uploaded', () => {
    recommending(filedContent, papers, sealedNotice).refuses(conflict('unknown-attachment'));
    recommending(filedContent, papers).refuses(conflict('unknown-attachment'));
  });

  it('takes no paper the round does not ask for', () => {
    const unknown: Expected = {
      code: 'unknown-paper',
      rule: 'R-9',
      clause: '四(二)',
      pointer: '/papers/min~1utes',
    };
    recommending(filedContent, { ...papers, 'min/utes': notice }, ...both).refuses(unknown);
    const { recommendation: terms } = policy;
    const minutes = { code: 'min/utes', zh: '纪要', en: 'minutes', rule: 'F-3' } as const;
    const others = { ...policy, recommendation: { ...terms, papers: [...terms.papers, minutes] } };
    const bearing = { ...papers, 'min/utes': notice };
    ready
      .under(others)
      .when({ ...recommend, papers: bearing })
      .then(recommended(atBureau, bearing));
  });

  it('takes them where the applicant has them among the other attachments', () => {
    const content = withOther({ publicityNotice: [notice], publicityResult: [result] });
    const filed = { ...content, attachments: [...content.attachments, ...both] };
    recommending(filed, {}).then(recommended(atBureau, {}));
  });

  it('does not take them from there as 「无」 or as a scan that is not attached', () => {
    for (const publicityNotice of ['无', [], [notice]]) {
      recommending(withOther({ publicityNotice }), { 'publicity-result': result }, ...both).refuses(
        missing('publicity-notice'),
      );
    }
  });
});

describe('M-24: political conduct and integrity are certified', () => {
  const missing = (paper: string): Expected => ({
    code: 'other-attachment-missing',
    rule: 'M-24',
    clause: '四(一)15',
    pointer: `/papers/${paper}`,
  });
  const nothing = { description: '无', evidence: '无' };

  it.each([
    ['political-conduct', 'politicalConduct'],
    ['integrity-certificate', 'integrityCertificate'],
  ])('%s: by the applicant’s scan or by the unit’s', (paper, field) => {
    const content = withOther({ [field]: nothing });
    recommending(filedContent, papers, ...both).then(recommended());
    recommending(content, papers, ...both).refuses(missing(paper));
    const bearing = { ...papers, [paper]: scan('certificate').sha256 };
    recommending(content, bearing, ...both, scan('certificate')).then(
      recommended(atBureau, bearing),
    );
    recommending(content, bearing, ...both).refuses(conflict('unknown-attachment'));
  });

  it('names everything that is missing at once', () => {
    const content = withOther({ politicalConduct: '无', integrityCertificate: nothing });
    recommending(content, {}).refuses(
      'publicity-material-missing',
      'publicity-material-missing',
      missing('political-conduct'),
      missing('integrity-certificate'),
    );
  });

  it('refuses a scan the dossier does not hold', () => {
    const evidence = [scan('strange').sha256];
    const content = withOther({ politicalConduct: { description: '良好', evidence } });
    recommending(content, papers, ...both).refuses(missing('political-conduct'));
    const filed = { ...content, attachments: [...content.attachments, scan('strange')] };
    recommending(filed, papers, ...both).then(recommended());
  });
});
