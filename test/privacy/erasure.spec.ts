import { decideErasure, type ErasureFacts } from '../../src/privacy/erasure';
import { policy2022 } from '../../src/rounds/policy-2022';

const rounds = [policy2022];
const later: ErasureFacts = {
  now: '2033-01-01T00:00:00.000+08:00',
  rounds,
  openCases: 0,
  bars: [],
};
const refusalsOf = (facts: Partial<ErasureFacts>, person: 'known' | 'erased' = 'known') => {
  const decision = decideErasure('retention-over', person, { ...later, ...facts });
  return 'refused' in decision ? decision.refused.map(({ code }) => code) : decision.accepted;
};

describe('Erasing a person', () => {
  const accepted = [{ type: 'PersonErased', data: { ground: 'retention-over' } }];

  it('begins the year after the retention of the last dossier is over', () => {
    expect(policy2022.retention.years).toBe(10);
    expect(refusalsOf({})).toEqual(accepted);
    expect(refusalsOf({ now: '2032-12-31T23:59:59.999+08:00' })).toEqual(['retention-not-over']);
    const again = { ...policy2022, round: '2025', year: 2025 };
    expect(refusalsOf({ rounds: [policy2022, again] })).toEqual(['retention-not-over']);
  });

  it('says whose decision the retention is, and until when', () => {
    const decision = decideErasure('retention-over', 'known', {
      ...later,
      now: '2030-06-01T09:00:00.000+08:00',
    });
    expect(decision).toMatchObject({
      refused: [{ rule: null, clause: policy2022.retention.clause, severity: 'block' }],
    });
    expect(JSON.stringify(decision)).toContain('2032');
  });

  it('waits for open cases and for bars, and says all of it at once', () => {
    expect(refusalsOf({ openCases: 1 })).toEqual(['under-investigation']);
    const bars = [
      { firstYear: 2023, lastYear: 2025 },
      { firstYear: 2031, lastYear: 2033 },
    ];
    expect(refusalsOf({ bars })).toEqual(['under-bar']);
    expect(refusalsOf({ bars: bars.slice(0, 1) })).toEqual(accepted);
    expect(refusalsOf({ bars, now: '2034-01-01T00:00:00.000+08:00' })).toEqual(accepted);
    expect(refusalsOf({ now: '2023-06-01T09:00:00.000+08:00', openCases: 2, bars })).toEqual([
      'retention-not-over',
      'under-investigation',
      'under-bar',
    ]);
  });

  it('happens once', () => {
    expect(refusalsOf({}, 'erased')).toEqual(['already-erased']);
  });
});
