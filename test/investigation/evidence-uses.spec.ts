import {
  evidenceUses,
  filingsKey,
  submissionsOf,
  type EvidenceUse,
  type Filings,
} from '../../src/projections/investigation/evidence-uses';
import { chainA, chainB, dossierOf, folded, Log, sha } from './log';

const at = (time: string, day = '07') => `2022-09-${day}T${time}.000+08:00`;

/** What the log tells of a file, in the order of its uses. */
function usesIn({ events }: Log, sha256: string) {
  const documents = folded(evidenceUses, events);
  const uses = [...documents.values()].filter(
    (document): document is EvidenceUse => document.is === 'use' && document.sha256 === sha256,
  );
  return uses.map((use) => {
    const filed = documents.get(filingsKey(use.dossier)) as Filings | undefined;
    const submissions = submissionsOf(use, filed ?? { is: 'filings', filings: [] });
    return { ...use, submissions: submissions.map(({ number }) => number) };
  });
}

describe('The uses of a file', () => {
  it('are in every dossier it was attached to, of all people and years', () => {
    const log = new Log();
    log.attach('alice', sha('e'), { at: at('10:00:00') });
    log.attach('alice', sha('e'), { at: at('11:00:00') }, chainA, '2023');
    log.attach('bob', sha('e'), { at: at('12:00:00') }, chainB);
    log.attach('bob', sha('d'), { at: at('13:00:00') }, chainB);
    expect(usesIn(log, sha('e'))).toMatchObject([
      {
        ...{ dossier: dossierOf('alice'), round: '2022', applicant: 'alice', as: 'evidence' },
        ...{ at: at('10:00:00'), attachedBy: { account: 'alice', organisation: 'station-a' } },
        ...{ revision: 0, jurisdiction: chainA, submissions: [] },
      },
      { dossier: dossierOf('alice', '2023'), round: '2023' },
      { dossier: dossierOf('bob'), jurisdiction: chainB },
    ]);
    expect(usesIn(log, sha('d'))).toHaveLength(1);
    expect(usesIn(log, sha('c'))).toEqual([]);
  });

  it('are in every submission filed after it was attached, and in none before', () => {
    const log = new Log();
    log.attach('alice', sha('a'), { at: at('09:00:00') });
    const id = log.file('alice', { at: at('10:00:00') });
    log.giveBack(id, { by: 'uma', at: at('11:00:00') });
    log.attach('alice', sha('b'), { at: at('12:00:00') });
    log.file('alice', { at: at('13:00:00') });
    log.giveBack(id, { by: 'uma', at: at('14:00:00') });
    log.file('alice', { at: at('15:00:00') });
    log.giveBack(id, { by: 'uma', at: at('16:00:00') });
    log.attach('alice', sha('c'), { at: at('17:00:00') });
    expect(usesIn(log, sha('a'))).toMatchObject([{ submissions: [1, 2, 3] }]);
    expect(usesIn(log, sha('b'))).toMatchObject([{ submissions: [2, 3] }]);
    expect(usesIn(log, sha('c'))).toMatchObject([{ submissions: [] }]);
  });

  it('tell a paper of the unit from the applicant’s evidence, and what recommended with it', () => {
    const log = new Log();
    log.attach('alice', sha('a'), { at: at('09:00:00') });
    const id = log.file('alice', { at: at('10:00:00') });
    log.giveBack(id, { by: 'uma', at: at('11:00:00') });
    log.file('alice', { at: at('12:00:00') });
    log.attachPaper(id, sha('a'), { by: 'uma', at: at('13:00:00') });
    log.attachPaper(id, sha('b'), { by: 'uma', at: at('13:00:00') });
    log.pass(id, { by: 'uma', at: at('14:00:00') }, { notice: sha('a'), result: sha('a') });
    expect(usesIn(log, sha('a'))).toMatchObject([
      {
        as: 'evidence',
        attachedBy: { account: 'alice' },
        submissions: [1, 2],
        recommendations: [],
      },
      {
        ...{ as: 'unit-paper', attachedBy: { account: 'uma' }, submissions: [2] },
        recommendations: [
          { submission: 2, paper: 'notice', at: at('14:00:00') },
          { submission: 2, paper: 'result' },
        ],
      },
    ]);
    expect(usesIn(log, sha('b'))).toMatchObject([{ submissions: [2], recommendations: [] }]);
  });

  it('are not what was merely recommended with, without ever being attached', () => {
    const log = new Log();
    const id = log.file('alice', { at: at('10:00:00') });
    log.pass(id, { by: 'uma', at: at('14:00:00') }, { notice: sha('9') });
    expect(usesIn(log, sha('9'))).toEqual([]);
  });
});
