import { createHash } from 'node:crypto';
import type { DossierEvent } from '../../src/dossier/events';
import type { DossierCommand } from '../../src/dossier/commands';
import { decide, precheck } from '../../src/dossier/decide';
import { contentHash, type Content } from '../../src/dossier/dossier';
import {
  applicant,
  atOffice,
  attach,
  attached,
  choice,
  diploma,
  draft,
  education,
  educationWith,
  explain,
  explained,
  filedContent,
  inBothWindows,
  nameShown,
  newDiploma,
  noName,
  open,
  opened,
  passedUpTo,
  policy,
  returned,
  save,
  saved,
  scan,
  submit,
  submitted,
  unitReviewer,
  withdraw,
  withdrawn,
  noAwards,
} from '../support/dossier';
import { withKeysReversed } from '../support/json';
import { conflict, foldDossier, given, usualFacts } from '../support/scenario';

const back = [...draft(), submitted(), returned()];

describe('a dossier is its applicant’s own', () => {
  const notTheApplicant = conflict('not-the-applicant');

  it.each([save('awards', noAwards), attach(scan('licence')), submit, withdraw])(
    'somebody else does not do $type',
    (command) => {
      given(draft()).by(unitReviewer).when(command).refuses(notTheApplicant);
    },
  );

  it('somebody else does not explain a reason', () => {
    given(back).by(unitReviewer).when(explain(1, '说明')).refuses(notTheApplicant);
  });

  it('somebody else does not open it again', () => {
    const colleague = { ...applicant, subject: 'colleague' };
    given(draft(), withdrawn(null)).by(colleague).when(open).refuses(notTheApplicant);
  });
});

describe('before it is opened', () => {
  it.each<DossierCommand>([
    save('awards', noAwards),
    attach(scan('licence')),
    explain(1, '说明'),
    submit,
    withdraw,
    { type: 'Close' },
  ])('there is nothing to $type', (command) => {
    given().when(command).refuses(conflict('dossier-not-open'));
  });

  it('only levels and specialties of the round are opened, by a unit with a review chain', () => {
    const medicine: DossierCommand = {
      type: 'OpenDossier',
      choice: { ...choice, specialty: 'medicine' },
    };
    given().when(medicine).refuses(conflict('specialty-not-offered', '/specialty'));
    given()
      .under({ ...policy, levels: ['junior'] })
      .when(open)
      .refuses(conflict('level-not-offered', '/level'));
    given()
      .along(undefined)
      .when(open)
      .refuses(conflict('organisation-without-review-chain', '/organisation'));
  });
});

describe('what changes nothing leaves no event', () => {
  it('saving what is there, whatever the order of keys', () => {
    given(draft()).when(save('education', education)).then();
    given(draft())
      .when(save('education', withKeysReversed(education)))
      .then();
    given(draft())
      .when(save('education', educationWith(newDiploma)))
      .then(saved('education', educationWith(newDiploma)));
  });

  it('attaching the same scan, under whatever name', () => {
    given(draft())
      .when(attach({ ...diploma, name: 'again.pdf' }))
      .then();
    given(draft())
      .when(attach(scan('licence')))
      .then(attached(scan('licence')));
  });

  it('explaining in the same words', () => {
    given(back, explained(1, '已核对')).when(explain(1, '已核对')).then();
    given(back, explained(1, '已核对')).when(explain(1, '已改')).then(explained(1, '已改'));
  });
});

describe('a withdrawn dossier', () => {
  it('is taken back from the applicant’s hands or from any stage', () => {
    given(draft()).when(withdraw).then(withdrawn(null));
    given(back).when(withdraw).then(withdrawn(null));
    given(draft(), submitted(), passedUpTo(atOffice)).when(withdraw).then(withdrawn(atOffice));
  });

  it.each([save('awards', noAwards), attach(scan('licence')), submit, withdraw])(
    'takes no $type until it is opened again',
    (command) => {
      given(draft(), withdrawn(null)).when(command).refuses(conflict('dossier-withdrawn'));
    },
  );
});

describe('the precheck', () => {
  const checked = (history: readonly DossierEvent[], now = inBothWindows) =>
    precheck(foldDossier(history), { ...usualFacts, now });
  const codes = (...asked: Parameters<typeof checked>) =>
    checked(...asked).findings.map(({ code }) => code);

  it('says what a confirmed submission would be refused for', () => {
    expect(codes([])).toEqual(['dossier-not-open']);
    expect(codes(draft())).toEqual([]);
    expect(codes(back)).toEqual(['return-reasons-unanswered']);
    expect(codes(draft(), '2022-08-05T09:59:59.999+08:00')).toEqual(['filing-window-not-open']);
    expect(codes([opened()])).toContain('blank-field');
  });

  it('lists the entries that count', () => {
    expect(checked([]).entries).toEqual([]);
    const { entries } = checked(draft());
    expect(entries.length).toBeGreaterThan(0);
    expect(entries.filter(({ counts }) => !counts)).toEqual([]);
  });

  it('finds what the submission it announces is refused for', () => {
    for (const history of [[opened()], draft(), back]) {
      const decision = decide(submit, foldDossier(history), usualFacts);
      const { findings } = checked(history);
      expect('refused' in decision ? decision.refused : decision.findings).toEqual(findings);
    }
  });
});

describe('the content hash', () => {
  it('is SHA-256 over the canonical JSON, so that anybody can compute it', () => {
    const proof = scan('diploma');
    const content: Content = {
      choice,
      sections: { education: { school: '河海大学', proof: proof.sha256 } },
      attachments: [proof],
      masking: { [proof.sha256]: noName },
    };
    const canonical =
      '{"attachments":[{"bytes":1024,"mediaType":"application/pdf","name":"diploma.pdf",' +
      `"sha256":"${proof.sha256}"}],` +
      '"choice":{"level":"senior","organisation":"station","reviewRoute":null,' +
      '"specialty":"hydraulic-engineering","subSpecialty":"construction"},' +
      `"masking":{"${proof.sha256}":{"maskedVersion":null,"nameShown":false}},` +
      `"sections":{"education":{"proof":"${proof.sha256}","school":"河海大学"}}}`;
    expect(contentHash(content)).toBe(createHash('sha256').update(canonical).digest('hex'));
  });

  it('is the one the submission bears, whatever the order things were filled in', () => {
    const [first, ...others] = draft();
    const isScan = ({ type }: DossierEvent) => type === 'EvidenceAttached';
    const scans = others.filter(isScan);
    const rest = others.filter((event) => !isScan(event)).reverse();
    given(first ?? [], scans, rest, saved('education', withKeysReversed(education)))
      .when(submit)
      .then(submitted());
  });

  it('differs with any part of the content', () => {
    const hashes = [
      filedContent,
      { ...filedContent, choice: { ...choice, reviewRoute: 'region' as const } },
      { ...filedContent, sections: { ...filedContent.sections, awards: noAwards } },
      { ...filedContent, attachments: filedContent.attachments.slice(1) },
      { ...filedContent, masking: { ...filedContent.masking, [diploma.sha256]: nameShown(null) } },
    ].map(contentHash);
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});
