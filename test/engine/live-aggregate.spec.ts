import fc from 'fast-check';

import { LiveAggregate } from '../../src/engine/live-aggregate';
import type { Organisation } from '../../src/organisations/organisation';
import { evolveTree, noOrganisations, treeAggregate } from '../../src/organisations/tree';
import { newEvent } from '../support/events';
import { MemoryEventStore, MemoryLog } from '../support/memory';

const described = (id: string, name: string): Organisation => ({
  ...{ id, name, kind: 'authority', tier: 'prefecture', prefecture: null },
  ...{ ownership: 'local-state', waterSystem: true, supervisedBy: null },
});

describe('A small stream kept folded', () => {
  let store: MemoryEventStore;
  let live: LiveAggregate<typeof noOrganisations, Parameters<typeof evolveTree>[1]>;
  let revision: number | 'no-stream';

  const begin = (): void => {
    store = new MemoryEventStore(new MemoryLog());
    live = new LiveAggregate(store, 'organisations', treeAggregate);
    revision = 'no-stream';
  };
  beforeEach(begin);

  const add = async (organisation: Organisation): Promise<void> => {
    const event = { ...newEvent(), type: 'OrganisationDescribed', data: { organisation } };
    ({ revision } = await store.append('organisations', [event], revision));
  };

  it('is, at every look, what its events make one by one', async () => {
    const ids = fc.constantFrom('a', 'b', 'c');
    const batches = fc.array(fc.array(fc.tuple(ids, fc.string()), { maxLength: 5 }));
    await fc.assert(
      fc.asyncProperty(batches, async (many) => {
        begin();
        let expected = noOrganisations;
        for (const batch of many) {
          for (const [id, name] of batch) {
            const organisation = described(id, name);
            await add(organisation);
            const data = { organisation };
            expected = evolveTree(expected, { type: 'OrganisationDescribed', data });
          }
          expect(await live.current()).toEqual(expected);
        }
      }),
    );
  });

  it('is the same object as long as nothing is added', async () => {
    await add(described('a', '甲'));
    const before = await live.current();
    expect(await live.current()).toBe(before);
    await add(described('a', '乙'));
    expect(await live.current()).not.toBe(before);
    expect(before.get('a')?.name).toBe('甲');
  });

  it('takes each event in once where looks overlap', async () => {
    const evolve = jest.spyOn(treeAggregate, 'evolveAll');
    await add(described('a', '甲'));
    const [one, other] = await Promise.all([live.current(), live.current()]);
    expect(one).toEqual(other);
    expect(evolve).toHaveBeenCalledTimes(1);
    evolve.mockRestore();
  });
});
