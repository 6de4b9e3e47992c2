import type { DossierEvent } from '../../src/dossier/events';
import type { RecordedEvent } from '../../src/engine/event-store';
import { decisionView } from '../../src/projections/investigation/decision';
import {
  accepted,
  atOffice,
  chain,
  draft,
  filedContent,
  passedUpTo,
  returned,
  revised,
  submitted,
} from '../support/dossier';
import { sealedNotice } from '../support/dossier/commands';
import { dossier, recorded } from './recorded';

const { idCardScan, photo } = filedContent.sections.basicInformation;

/** Returned once, filed again with another summary, passed and accepted. */
const events: readonly DossierEvent[] = [
  ...draft(),
  submitted(),
  returned(),
  revised('workSummary', { text: '修改后的总结' }),
  submitted(2, {}, chain, {
    ...filedContent,
    sections: { ...filedContent.sections, workSummary: { text: '修改后的总结' } },
  }),
  ...passedUpTo(atOffice),
  accepted(),
];
const log = recorded(events);
const indexOf = (type: DossierEvent['type'], nth = 0): number =>
  log.filter((event) => event.type === type)[nth]?.revision ?? -1;
const view = (revision: number, reads: readonly RecordedEvent[] = []) =>
  decisionView(dossier, log, revision, reads);

describe('What a reviewer had before them when they decided', () => {
  it('is the dossier as it stood just before, with the submission and its hash', () => {
    const decided = view(indexOf('DossierReturned'));
    expect(decided).toMatchObject({
      ...{ type: 'DossierReturned', account: 'reviewer of station', organisation: 'station' },
      stage: { kind: 'unit' },
      submission: { number: 1, hashMatches: true },
      shown: { status: 'under-review', revision: indexOf('DossierReturned') - 1, returns: [] },
    });
    expect(decided?.shown.content.sections.workSummary).toEqual(filedContent.sections.workSummary);
    const later = view(indexOf('DossierAccepted'));
    expect(later).toMatchObject({ submission: { number: 2, hashMatches: true } });
    expect(later?.shown.content.sections.workSummary).toEqual({ text: '修改后的总结' });
    expect(later?.shown.returns).toHaveLength(1);
  });

  it('says where the content does not have the hash that was recorded', () => {
    const tampered = log.map((event) =>
      event.type === 'SectionRevised'
        ? { ...event, data: { section: 'workSummary', content: { text: '事后改写' } } }
        : event,
    );
    const decided = decisionView(dossier, tampered, indexOf('DossierAccepted'), []);
    expect(decided?.submission.hashMatches).toBe(false);
  });

  it('has the identifiers masked, as reviewers see them', () => {
    const { basicInformation } = view(indexOf('DossierAccepted'))?.shown.content.sections ?? {};
    expect(basicInformation).toMatchObject({
      idNumber: expect.stringMatching(/^\d{3}\*+[\dX]{4}$/) as unknown,
    });
  });

  const shownOf = (type: DossierEvent['type'], sha256: string, nth = 0) =>
    view(indexOf(type, nth))?.attachments.find((attachment) => attachment.sha256 === sha256);

  it('is the original in the unit, and what stands in its place beyond it (M-27)', () => {
    const masked = filedContent.masking[idCardScan]?.maskedVersion;
    expect(shownOf('DossierRecommended', idCardScan)).toMatchObject({ as: 'original' });
    for (const beyond of ['DossierEndorsed', 'DossierAccepted'] as const) {
      expect(shownOf(beyond, idCardScan)).toMatchObject({
        as: 'masked',
        shown: { sha256: masked },
      });
      expect(shownOf(beyond, photo)).toMatchObject({ as: 'original', shown: { sha256: photo } });
    }
    expect(shownOf('DossierAccepted', sealedNotice.sha256)).toMatchObject({ as: 'original' });
  });

  it('hides what nobody answered for, beyond the unit', () => {
    const unanswered = log.filter(
      ({ type, data }) =>
        type !== 'MaskingAnswered' || (data as { readonly sha256: string }).sha256 !== photo,
    );
    const shown = (type: string) => {
      const revision = unanswered.findIndex((event) => event.type === type);
      const decided = decisionView(dossier, unanswered, revision, []);
      return decided?.attachments.find(({ sha256 }) => sha256 === photo);
    };
    expect(shown('DossierEndorsed')).toEqual({ sha256: photo, as: 'hidden', shown: null });
    expect(shown('DossierRecommended')).toMatchObject({ as: 'original' });
  });

  it('names what that reviewer is on record to have opened unmasked before', () => {
    const [first] = log;
    if (first === undefined) throw new Error('empty');
    const revision = indexOf('DossierAccepted');
    const read = (reader: string, part: string, position: string): RecordedEvent => ({
      ...first,
      ...{ type: 'PersonalDataRead', stream: `reads-${dossier}`, position },
      data: { dossier, reader, part, revision: 1 },
    });
    const position = (offset: number) => String(revision + offset).padStart(12, '0');
    const reader = 'reviewer of title-office';
    const reads = [
      read(reader, 'submissions/2', position(-1)),
      read('reviewer of bureau', 'submissions/2', position(-1)),
      read(reader, 'evidence/later', position(1)),
    ];
    expect(view(revision, reads)?.openedUnmasked).toEqual([
      { part: 'submissions/2', at: first.metadata.at },
    ]);
  });

  it('is nothing of what was no decision, nor of what never happened', () => {
    for (const type of ['DossierOpened', 'DossierSubmitted', 'SectionRevised'] as const) {
      expect(view(indexOf(type))).toBeUndefined();
    }
    expect(view(log.length)).toBeUndefined();
  });
});
