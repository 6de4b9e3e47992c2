import type { DossierEvent } from '../../src/dossier/events';
import {
  atOffice,
  atUnit,
  attached,
  draft,
  diploma,
  education,
  educationWith,
  explain,
  explained,
  inBothWindows,
  maskingAnswered,
  nameShown,
  newDiploma,
  noName,
  passedUpTo,
  reason,
  recommended,
  reopenedAsReturned,
  returned,
  revised,
  save,
  saved,
  scan,
  shortChain,
  stages,
  submit,
  submitted,
  withdrawn,
  noAwards,
} from '../support/dossier';
import { withKeysReversed } from '../support/json';
import { conflict, given, type Expected } from '../support/scenario';

describe('R-5: every reason of a return is answered, then review starts again at the unit', () => {
  const unanswered = (number: number): Expected => ({
    code: 'return-reasons-unanswered',
    rule: 'R-5',
    clause: '三(四)',
    pointer: `/returns/latest/reasons/${number}`,
  });

  const corrected = educationWith(newDiploma);
  /** The new scan attached and its masking answered, as every scan's must be. */
  const replacement = [attached(newDiploma), maskingAnswered(newDiploma, noName)];
  const forSection = reason({ section: 'education' });
  const forScan = reason({ attachment: diploma.sha256 });
  const returnedFor = (...reasons: Parameters<typeof returned>[2] & object) => [
    ...draft(),
    submitted(),
    returned(1, atUnit, reasons),
  ];
  /** The decision without the content's hash, which the cases below are not about. */
  const refiles = (history: readonly DossierEvent[], answers: readonly object[]) => {
    given(history)
      .when(submit)
      .then(submitted(2, { answers, contentHash: expect.any(String) as string } as never));
  };

  it('starts again at the unit, whichever level returned it', () => {
    for (const stage of stages) {
      given(draft(), submitted(), passedUpTo(stage), returned(1, stage), explained(1, '已核对'))
        .when(submit)
        .then(
          submitted(2, {
            to: atUnit,
            answers: [{ reason: 1, changed: false, explanation: '已核对' }],
          }),
        );
    }
  });

  it('goes the way of the unit as the tree stands now', () => {
    given(draft(), submitted(), returned(), explained(1, '已核对'))
      .along(shortChain)
      .when(submit)
      .then(
        submitted(
          2,
          { answers: [{ reason: 1, changed: false, explanation: '已核对' }] },
          shortChain,
        ),
      );
  });

  it('refuses a return left as it is, naming every unanswered reason at once', () => {
    given(returnedFor(forSection)).when(submit).refuses(unanswered(1));
    given(returnedFor(forSection, forScan, forSection))
      .when(submit)
      .refuses(unanswered(1), unanswered(2), unanswered(3));
    given(returnedFor(forSection, forScan, forSection), explained(2, '原件如此'))
      .when(submit)
      .refuses(unanswered(1), unanswered(3));
  });

  it('says so together with everything else', () => {
    given(returnedFor(forSection, forScan))
      .at('2022-09-16T00:00:00.000+08:00')
      .when({ type: 'Submit', confirmed: false })
      .refuses(
        {
          code: 'confirmation-missing',
          rule: 'F-5',
          clause: '三(三), 四(一)',
          pointer: '/confirmed',
        },
        { code: 'review-window-closed', rule: 'T-2', clause: '一', pointer: '' },
        unanswered(1),
        unanswered(2),
      );
  });

  it('takes a change to the section it names as the answer', () => {
    refiles(
      [...returnedFor(forSection), ...replacement, revised('education', corrected)],
      [{ reason: 1, changed: true, explanation: null }],
    );
  });

  it('does not take a change elsewhere, nor one that was undone', () => {
    given(returnedFor(forSection), revised('awards', noAwards)).when(submit).refuses(unanswered(1));
    given(
      returnedFor(forSection),
      replacement,
      revised('education', corrected),
      revised('education', education),
    )
      .when(submit)
      .refuses(unanswered(1));
  });

  it('does not take keys in another order for a change', () => {
    given(returnedFor(forSection), revised('education', withKeysReversed(education)))
      .when(submit)
      .refuses(unanswered(1));
  });

  it('takes a scan that nothing refers to any more as the answer about that scan', () => {
    refiles(
      [...returnedFor(forScan), ...replacement, revised('education', corrected)],
      [{ reason: 1, changed: true, explanation: null }],
    );
  });

  it('M-27: takes another answer to the masking of the scan it names, or another masked version', () => {
    const answered = [{ reason: 1, changed: true, explanation: null }];
    const masked = [attached(newDiploma), maskingAnswered(diploma, nameShown(newDiploma))];
    refiles([...returnedFor(forScan), ...masked], answered);
    given(returnedFor(forScan), maskingAnswered(diploma, noName))
      .when(submit)
      .refuses(unanswered(1));

    const another = scan('masked anew');
    const ofMasked = [
      ...draft(),
      ...masked,
      submitted(),
      returned(1, atUnit, [reason({ attachment: newDiploma.sha256 })]),
    ];
    given(ofMasked).when(submit).refuses(unanswered(1));
    refiles(
      [...ofMasked, attached(another), maskingAnswered(diploma, nameShown(another))],
      answered,
    );
  });

  it('does not take another scan beside it, as long as the old one is referred to', () => {
    const both = educationWith(diploma, newDiploma);
    given(returnedFor(forScan), replacement).when(submit).refuses(unanswered(1));
    given(returnedFor(forScan), replacement, revised('education', both))
      .when(submit)
      .refuses(unanswered(1));
  });

  it('has only an explanation for a scan that nothing referred to in the first place', () => {
    const history = [
      ...draft(),
      attached(scan('licence')),
      submitted(),
      returned(1, atUnit, [reason({ attachment: scan('licence').sha256 })]),
    ];
    given(history).when(submit).refuses(unanswered(1));
    refiles(
      [...history, explained(1, '多余附件')],
      [{ reason: 1, changed: false, explanation: '多余附件' }],
    );
  });

  it('takes an explanation, and keeps it with the submission', () => {
    given(returnedFor(forSection)).when(explain(1, '学校已更名')).then(explained(1, '学校已更名'));
    refiles(
      [...returnedFor(forSection), explained(1, '学校已更名')],
      [{ reason: 1, changed: false, explanation: '学校已更名' }],
    );
  });

  it.each(['', '   ', '\n', '　'])(
    'does not take an explanation that says nothing: "%s"',
    (blank) => {
      const outcome = given(returnedFor(forSection)).when(explain(1, blank));
      if (!outcome.isRefused) {
        given(returnedFor(forSection), explained(1, blank)).when(submit).refuses(unanswered(1));
      }
    },
  );

  it.each([0, 2, -1, 1.5])('knows no reason number %s', (number) => {
    given(returnedFor(forSection))
      .when(explain(number, '说明'))
      .refuses(conflict('unknown-return-reason'));
  });

  it('does not take an explanation where nothing was returned', () => {
    given(draft()).when(explain(1, '说明')).refuses(conflict('unknown-return-reason'));
  });

  it('does not take an explanation of the return before for one of the latest', () => {
    given(returnedFor(forSection), explained(1, '已核对'), submitted(2), returned(2))
      .when(submit)
      .refuses(unanswered(1));
  });

  it('compares with what was filed last, not with the first filing', () => {
    given(
      returnedFor(forSection),
      replacement,
      revised('education', corrected),
      submitted(2),
      returned(2, atUnit, [forSection]),
    )
      .when(submit)
      .refuses(unanswered(1));
  });

  it('keeps the reasons open over a withdrawal', () => {
    const history = [...returnedFor(forSection, forScan), withdrawn(null), reopenedAsReturned()];
    given(history).when(submit).refuses(unanswered(1), unanswered(2));
    given(history).when(save('awards', noAwards)).then(revised('awards', noAwards));
    refiles(
      [...history, explained(1, '已核对'), explained(2, '原件如此')],
      [
        { reason: 1, changed: false, explanation: '已核对' },
        { reason: 2, changed: false, explanation: '原件如此' },
      ],
    );
  });

  it('calls a change after a return a revision, and one before the first filing a saving', () => {
    given(draft()).when(save('awards', noAwards)).then(saved('awards', noAwards));
    given(returnedFor(forSection)).when(save('awards', noAwards)).then(revised('awards', noAwards));
  });

  it('lets nothing be changed while it is under review', () => {
    const underReview = conflict('dossier-under-review');
    const history = [...draft(), submitted(), recommended()];
    given(history).at(inBothWindows).when(save('awards', noAwards)).refuses(underReview);
    given(draft(), submitted(), passedUpTo(atOffice))
      .when(save('awards', noAwards))
      .refuses(underReview);
  });
});
