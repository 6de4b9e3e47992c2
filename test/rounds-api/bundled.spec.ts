import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openEventStore } from '../../src/stores';
import type { Json } from '../../src/engine/event-store';
import { SystemClock } from '../../src/engine/clock';
import { fromEpoch } from '../../src/engine/instant';
import { roundsStream } from '../../src/rounds/rounds';
import { edited } from '../rounds/edit';
import { testConfig } from '../support/http';
import { startService, type ServiceInProcess } from '../support/service';
import { policyOf } from './support';

let service: ServiceInProcess | undefined;
afterEach(async () => {
  await service?.stop();
  service = undefined;
});

const reasons = async (of: ServiceInProcess, round: string) =>
  (await policyOf(of, round)).versions.map(({ reason }) => reason);

describe('The rounds the service comes with', () => {
  it('are published at the first start, and not again', async () => {
    service = await startService({ simulatedNow: null });
    service = await service.restart();
    expect([await reasons(service, '2022'), await reasons(service, 'practice')]).toEqual([
      ['发布2022年度自治区工程水利专业职称评审'],
      ['发布练习轮（按2022年度政策）'],
    ]);
  });

  it('are moved to today once their time is over, years and all', async () => {
    service = await startService({ simulatedNow: null, clock: clockAt('2026-12-01') });
    expect((await policyOf(service, 'practice')).policy.year).toBe(2026);
    service = await service.restart({ simulatedNow: null, clock: clockAt('2027-01-02') });
    const { policy } = await policyOf(service, 'practice');
    expect(policy.year).toBe(2027);
    expect(policy.windows.review).toMatchObject({ firstDay: '2027-01-02' });
    expect(await reasons(service, 'practice')).toEqual([
      '发布练习轮（按2022年度政策）',
      '练习轮移至今日',
    ]);
  });

  it('get the parameters a policy from an earlier release lacks', async () => {
    // The service's data lies one below: whoever stops it removes the folder around its data.
    const dataDir = join(mkdtempSync(join(tmpdir(), 'title-review-')), 'data');
    const store = await openEventStore(testConfig({ dataDir }));
    const at = '2022-08-01T00:00:00.000+08:00';
    const policy = edited(['/materials', undefined]);
    await store.append(
      roundsStream,
      [
        {
          id: '00000000-0000-4000-8000-000000000000',
          type: 'RoundPublished',
          data: { round: '2022', version: 1, policy, at, reason: '旧版' } as Json,
          metadata: {
            at,
            actor: { kind: 'system', process: 'sample-data' },
            address: null,
            command: null,
            policyVersion: 1,
            person: null,
            jurisdiction: [],
          },
        },
      ],
      'no-stream',
    );
    await store.close();
    service = await startService({}, dataDir);
    expect(await reasons(service, '2022')).toEqual(['旧版', '补充本版程序所需的参数']);
    expect((await policyOf(service, '2022')).policy).toEqual(edited());
    expect((await policyOf(service, '2022', '?version=1')).author).toBe('sample-data');
  });
});

/** Runs on from noon of the day; not a simulated one, which would keep the practice round away. */
function clockAt(day: string): SystemClock {
  const start = Date.parse(`${day}T12:00:00+08:00`) - Date.now();
  return new (class extends SystemClock {
    protected override epoch(): number {
      return start + Date.now();
    }
    override now() {
      return fromEpoch(this.epoch());
    }
  })();
}
