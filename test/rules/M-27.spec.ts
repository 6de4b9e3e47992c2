import type { DossierEvent } from '../../src/dossier/events';
import { seenBeyondUnit } from '../../src/rules/masking';
import {
  answerMasking,
  attached,
  attachmentNamed,
  diploma,
  draft,
  educationWith,
  explained,
  filedContent,
  maskingAnswered,
  nameShown,
  newDiploma,
  noName,
  returned,
  revised,
  saved,
  scan,
  submit,
  submitted,
} from '../support/dossier';
import { conflict, given, type Expected } from '../support/scenario';

const finding = (code: string, sha256: string): Expected => ({
  code,
  rule: 'M-27',
  clause: '四(一)17',
  pointer: `/attachments/${sha256}/masking`,
});
const unanswered = ({ sha256 }: { sha256: string }) => finding('masking-unanswered', sha256);
const unmasked = ({ sha256 }: { sha256: string }) => finding('masked-version-missing', sha256);

/** The draft without the answer for this attachment. */
const without = ({ sha256 }: { sha256: string }): DossierEvent[] =>
  draft().filter(({ type, data }) => type !== 'MaskingAnswered' || data.sha256 !== sha256);
const masked = scan('masked diploma');

describe('M-27: every attachment is answered, and masked where it shows the name', () => {
  it('refuses one that is unanswered, and names each', () => {
    const photo = attachmentNamed('photo.jpg');
    given(without(diploma)).when(submit).refuses(unanswered(diploma));
    const neither = without(diploma).filter(
      ({ type, data }) => type !== 'MaskingAnswered' || data.sha256 !== photo.sha256,
    );
    const inOrder = filedContent.attachments.filter((one) => [photo, diploma].includes(one));
    given(neither)
      .when(submit)
      .refuses(...inOrder.map(unanswered));
    given(draft()).when(submit).then(submitted());
  });

  it('refuses one that shows the name until its masked version is there', () => {
    const shown = [...without(diploma), maskingAnswered(diploma, nameShown(null))];
    given(shown).when(submit).refuses(unmasked(diploma));
    const done = [attached(masked), maskingAnswered(diploma, nameShown(masked))];
    expect(given(shown, done).when(submit).isRefused).toBe(false);
  });

  it('takes an answer that was changed', () => {
    const shown = maskingAnswered(diploma, nameShown(null));
    given(draft(), shown).when(submit).refuses(unmasked(diploma));
    given(draft(), shown, maskingAnswered(diploma, noName)).when(submit).then(submitted());
  });

  it('asks again for an attachment that replaces another', () => {
    const replaced = [attached(newDiploma), saved('education', educationWith(newDiploma))];
    given(draft(), replaced).when(submit).refuses(unanswered(newDiploma));
    const answered = maskingAnswered(newDiploma, noName);
    expect(given(draft(), replaced, answered).when(submit).isRefused).toBe(false);
  });

  it('asks again at a refiling, of what is new only', () => {
    const back = [...draft(), submitted(), returned(), explained(1, '已更换')];
    expect(given(back).when(submit).isRefused).toBe(false);
    given(back, attached(newDiploma), revised('education', educationWith(diploma, newDiploma)))
      .when(submit)
      .refuses(unanswered(newDiploma));
  });

  it('does not ask for what no section names, nor for the masked versions', () => {
    given(draft(), attached(scan('licence')))
      .when(submit)
      .then(submitted(1, { contentHash: expect.any(String) as string }));
    const { idCardScan } = filedContent.sections.basicInformation;
    const maskedCard = filedContent.masking[idCardScan]?.maskedVersion;
    expect(maskedCard).toBe(scan('masked id card').sha256);
    expect(filedContent.masking).not.toHaveProperty(maskedCard ?? '');
    given(draft()).when(submit).then(submitted());
  });

  it('asks for what a section names, even where it is also called the masked version of another', () => {
    const other = scan('licence');
    const excuse = [attached(other), maskingAnswered(other, nameShown(diploma))];
    given(without(diploma), excuse).when(submit).refuses(unanswered(diploma));
  });
});

describe('M-27: answering', () => {
  it('records the answer, and the same one once', () => {
    given(draft())
      .when(answerMasking(diploma, nameShown(null)))
      .then(maskingAnswered(diploma, nameShown(null)));
    given(draft()).when(answerMasking(diploma, noName)).then();
  });

  it('binds the masked version to an uploaded scan that is another one', () => {
    const unknown = conflict('unknown-attachment');
    given(draft(), attached(masked))
      .when(answerMasking(diploma, nameShown(masked)))
      .then(maskingAnswered(diploma, nameShown(masked)));
    given(draft())
      .when(answerMasking(diploma, nameShown(masked)))
      .refuses(unknown);
    given(draft())
      .when(answerMasking(diploma, nameShown(diploma)))
      .refuses(unknown);
    given(draft())
      .when(answerMasking(scan('strange'), noName))
      .refuses(unknown);
  });

  const showsName = (pointer: string): Expected => ({
    code: 'masked-version-shows-name',
    rule: 'M-27',
    clause: '四(一)17',
    pointer,
  });
  const another = scan('another');

  it('refuses a masked version that is said to show the name, whichever is answered first', () => {
    const uploaded = [attached(masked), attached(another)];
    const asMask = answerMasking(diploma, nameShown(masked));
    given(draft(), uploaded, maskingAnswered(masked, nameShown(another)))
      .when(asMask)
      .refuses(showsName('/maskedVersion'));
    given(draft(), uploaded, maskingAnswered(diploma, nameShown(masked)))
      .when(answerMasking(masked, nameShown(another)))
      .refuses(showsName('/nameShown'));
    const shown = maskingAnswered(diploma, nameShown(masked));
    given(draft(), uploaded, maskingAnswered(masked, noName)).when(asMask).then(shown);
    given(draft(), uploaded, shown)
      .when(answerMasking(masked, noName))
      .then(maskingAnswered(masked, noName));
    // Replaced there, it may be answered for as any other.
    given(draft(), uploaded, shown, maskingAnswered(diploma, nameShown(another)))
      .when(answerMasking(masked, nameShown(null)))
      .then(maskingAnswered(masked, nameShown(null)));
  });

  it('does not take such a version at a submission either, where one was recorded once', () => {
    const recorded = [
      maskingAnswered(diploma, nameShown(masked)),
      maskingAnswered(masked, nameShown(null)),
    ];
    given(without(diploma), attached(masked), recorded).when(submit).refuses(unmasked(diploma));
  });

  it('is the applicant’s while the dossier is in their hands', () => {
    const answer = answerMasking(diploma, nameShown(null));
    given(draft(), submitted()).when(answer).refuses('dossier-under-review');
    given(draft()).at('2022-08-31T20:00:00.001+08:00').when(answer).refuses('filing-window-closed');
  });
});

describe('M-27: what reviewers beyond the unit see', () => {
  const [original, cover, third] = ['a', 'b', 'c'].map((name) => scan(name).sha256) as [
    string,
    string,
    string,
  ];
  const masks = (maskedVersion: string | null) => ({ nameShown: true, maskedVersion });

  it.each([
    ['nothing of what nobody answered for', {}, undefined],
    ['what shows no name', { [original]: noName }, original],
    ['the masked version of what does', { [original]: masks(cover) }, cover],
    ['nothing where there is none yet', { [original]: masks(null) }, undefined],
    ['the masked version itself', { [third]: masks(original) }, original],
    ['a version that shows no name', { [original]: masks(cover), [cover]: noName }, cover],
    ['no version that shows it', { [original]: masks(cover), [cover]: masks(third) }, undefined],
    [
      'nothing named where no name shows',
      { [third]: { ...noName, maskedVersion: original } },
      undefined,
    ],
  ])('%s', (_, answers, seen) => {
    expect(seenBeyondUnit(original, answers)).toBe(seen);
  });
});
