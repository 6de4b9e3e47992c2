import { compareProgress } from '../../src/cli/season/progress-report';
import { Referee } from '../../src/cli/season/referee';
import type { Stocktaking } from '../../src/cli/season/stocktaking';

/** A season nobody took part in, and a service that says this of it. */
function seasonTold(total: Readonly<Record<string, number>>): Stocktaking {
  const columns = Object.keys(zero).map((key) => ({ key, title: key }));
  const client = {
    read: () => Promise.resolve({ columns, rows: [], total: { ...zero, ...total } }),
  };
  return { cast: [], client, referee: new Referee() } as unknown as Stocktaking;
}

const zero: Readonly<Record<string, number>> = Object.fromEntries(
  [
    ...['opened', 'submitted', 'recommended', 'reachedTitleOffice', 'passed', 'preparing'],
    ...['neverFiled', 'atUnit', 'atSupervision', 'atTitleOffice', 'inHand', 'accepted'],
    ...['withdrawn', 'notResubmitted', 'limitReached', 'falsified'],
  ].map((key) => [key, 0]),
);

describe("The season's own table", () => {
  it('equals the progress report', async () => {
    const season = seasonTold({});
    expect(await compareProgress(season)).toEqual(Object.entries(zero));
    expect(season.referee.checks).toBe(1);
    expect(season.referee.differences).toEqual([]);
  });

  it.each(Object.keys(zero))('or else it is told that %s differs', async (key) => {
    const season = seasonTold({ [key]: 1 });
    await compareProgress(season);
    const [difference] = season.referee.differences;
    expect(difference?.expected).toContain(`"${key}":0`);
    expect(difference?.actual).toContain(`"${key}":1`);
  });
});
