import type { RecordedEvent } from '../../src/engine/event-store';
import { readerOf } from '../../src/engine/event-reader';

type Event =
  | { readonly type: 'Opened'; readonly data: { readonly by: string } }
  | { readonly type: 'Closed'; readonly data: object };

const recorded = (type: string) =>
  ({ type, data: { by: 'one' }, position: '7' }) as unknown as RecordedEvent;

describe('a reader of events', () => {
  const read = readerOf<Event>('Opened', 'Closed');

  it('gives type and data as they are stored', () => {
    expect(read(recorded('Opened'))).toEqual({ type: 'Opened', data: { by: 'one' } });
  });

  it('throws on a type it does not know, and says where it stands', () => {
    expect(() => read(recorded('Lost'))).toThrow('unknown event Lost at 7');
  });
});
