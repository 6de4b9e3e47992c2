import { evidenceOf, isIntact } from '../../src/falsification/evidence';
import { vouchersOf } from '../../src/falsification/vouchers';
import { contentHash, type Dossier } from '../../src/dossier/dossier';
import type { DossierEvent } from '../../src/dossier/events';
import {
  accepted,
  acceptedOf,
  atOffice,
  attached,
  draft,
  filedContent,
  passedUpTo,
  returned,
  saved,
  scan,
  submitted,
} from '../support/dossier';
import { sealedNotice, sealedResult } from '../support/dossier/commands';
import { foldDossier } from '../support/scenario';
import { recorded } from '../investigation/recorded';

describe('Who vouched for a dossier (三(四))', () => {
  it('is everyone who recommended, endorsed or accepted it, with what they declared', () => {
    const vouchers = vouchersOf(recorded(acceptedOf()));
    expect(vouchers).toMatchObject([
      {
        ...{ account: 'reviewer of station', organisation: 'station', stage: 'unit' },
        checklist: ['no-omissions', 'authentic', 'accurate'],
        statement: '本单位已对提供的申报材料逐一审核，真实、完整、有效，同意推荐',
      },
      { account: 'reviewer of bureau', stage: 'supervision', statement: '同意', checklist: null },
      { account: 'reviewer of department', stage: 'supervision' },
      { account: 'reviewer of title-office', stage: 'title-office', statement: null },
    ]);
    for (const { submission } of vouchers) expect(submission).toBe(1);
  });

  it('are named for each submission they let pass, and not for one they returned', () => {
    const twice: DossierEvent[] = [
      ...draft(),
      submitted(),
      ...passedUpTo(atOffice),
      returned(1, atOffice),
      submitted(2),
      returned(2),
    ];
    expect(vouchersOf(recorded(twice)).map(({ submission }) => submission)).toEqual([1, 1, 1]);
    const third = [...twice, submitted(3), ...passedUpTo(atOffice), accepted()];
    expect(vouchersOf(recorded(third)).map(({ submission }) => submission)).toEqual([
      1, 1, 1, 3, 3, 3, 3,
    ]);
  });

  it('are nobody where it was never passed', () => {
    expect(vouchersOf(recorded([...draft(), submitted(), returned()]))).toEqual([]);
  });
});

describe('The evidence frozen when a case is opened', () => {
  const stateOf = (events: readonly DossierEvent[]) => {
    const state: Dossier = foldDossier(events);
    if (state.status === 'unopened') throw new Error('not opened');
    return state;
  };
  const filed = acceptedOf();
  const frozen = evidenceOf(stateOf(filed), 40);

  it('is every submission by its hash, every file and every paper of the unit', () => {
    expect(frozen).toEqual({
      revision: 40,
      submissions: [{ number: 1, contentHash: contentHash(filedContent) }],
      evidence: filedContent.attachments.map(({ sha256 }) => sha256),
      unitPapers: [sealedNotice.sha256, sealedResult.sha256],
    });
  });

  it('stays whole whatever is filed later', () => {
    const later = [
      ...draft(),
      submitted(),
      returned(),
      attached(scan('another')),
      saved('workSummary', { text: '另一份总结' }),
    ];
    const before = evidenceOf(stateOf([...draft(), submitted()]), 30);
    expect(isIntact(before, stateOf(later))).toBe(true);
    expect(isIntact(frozen, stateOf(filed))).toBe(true);
  });

  it('is not whole where a content, a submission or a file is not what it was', () => {
    const changed = filed.map((event) =>
      event.type === 'SectionSaved' && event.data.section === 'workSummary'
        ? saved('workSummary', { text: '改写' })
        : event,
    );
    expect(isIntact(frozen, stateOf(changed))).toBe(false);
    expect(isIntact(frozen, stateOf(draft()))).toBe(false);
    const more = { ...frozen, evidence: [...frozen.evidence, 'f'.repeat(64)] };
    expect(isIntact(more, stateOf(filed))).toBe(false);
  });
});
