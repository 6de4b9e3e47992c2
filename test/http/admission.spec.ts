import { Admission, Shed, type Lane } from '../../src/http/admission';

/** A turn of the event loop: what could go on has gone on. */
const turn = () => new Promise<void>((done) => setImmediate(done));

describe('Admission', () => {
  /** Turned away by this test's: who still waits of an earlier one is turned away later. */
  let shed: Lane[];
  let loopDelay: number;
  let admission: Admission;
  /** What was admitted, in its order. */
  let admitted: string[];
  beforeEach(() => {
    const turnedAway: Lane[] = [];
    shed = turnedAway;
    admitted = [];
    loopDelay = 0;
    admission = new Admission(
      { commands: 2, reads: 4 },
      { loopDelay: () => loopDelay, onShed: (lane) => turnedAway.push(lane) },
    );
  });

  const enter = async (lane: Lane, name: string = lane): Promise<() => void> => {
    const leave = await admission.enter(lane);
    admitted.push(name);
    return leave;
  };
  /** Comes, and may be left waiting. */
  const comes = (lane: Lane, name: string = lane): void => {
    enter(lane, name).catch(() => undefined);
  };
  const several = (count: number, lane: Lane) =>
    Promise.all(Array.from({ length: count }, () => enter(lane)));

  it('lets in as many as there are places, and the others as places become free', async () => {
    const [first] = await several(2, 'commands');
    comes('commands', 'third');
    await turn();
    expect(admitted).not.toContain('third');
    expect(admission.waiting()).toMatchObject({ commands: 1 });
    first?.();
    await turn();
    expect(admitted).toContain('third');
    expect(admission.waiting()).toMatchObject({ commands: 0 });
  });

  it('has submissions before other commands, each in the order they came', async () => {
    const [first, second] = await several(2, 'commands');
    const leaves = [
      enter('commands', 'save'),
      enter('submissions', 'one'),
      enter('submissions', 'two'),
    ];
    first?.();
    second?.();
    await turn();
    expect(admitted.slice(2)).toEqual(['one', 'two']);
    (await leaves[1])?.();
    await turn();
    expect(admitted.at(-1)).toBe('save');
  });

  it('has readers take nothing from commands, and leave most of their places while one waits', async () => {
    const readers = await several(4, 'reads');
    const [command] = await several(2, 'commands');
    comes('commands', 'waiting');
    comes('reads', 'another');
    for (const leave of readers.slice(0, 3)) leave();
    await turn();
    expect(admitted).not.toContain('another');
    command?.();
    await turn();
    expect(admitted.slice(-2)).toEqual(['waiting', 'another']);
  });

  it('lets a reader in also where commands wait for long', async () => {
    await several(2, 'commands');
    comes('commands', 'waiting');
    await enter('reads', 'reader');
    expect(admitted).toContain('reader');
    expect(admitted).not.toContain('waiting');
  });

  it.each([
    ['reads', 4, 200],
    ['commands', 2, 500],
    ['submissions', 2, 4_000],
    ['uploads', 300, 0],
  ] as const)('turns %s away beyond %d at work and %d waiting', async (lane, atWork, waiting) => {
    const [first] = await several(atWork, lane);
    for (let count = 0; count < waiting; count += 1) comes(lane);
    await turn();
    expect(() => {
      admission.mayCome(lane);
    }).toThrow(Shed);
    await expect(admission.enter(lane)).rejects.toThrow(Shed);
    expect(shed).toEqual([lane, lane]);
    // With a place free, somebody may come again.
    first?.();
    await turn();
    admission.mayCome(lane);
  });

  it('turns away who has waited too long, and only them', async () => {
    jest.useFakeTimers();
    try {
      const [first] = await several(2, 'commands');
      const late = expect(admission.enter('commands')).rejects.toThrow(Shed);
      const patient = enter('submissions', 'patient');
      await jest.advanceTimersByTimeAsync(4_000);
      await late;
      expect(admission.waiting()).toMatchObject({ commands: 0, submissions: 1 });
      first?.();
      await patient;
      expect(shed).toEqual(['commands']);
    } finally {
      jest.useRealTimers();
    }
  });

  it.each([
    ['commands', 8],
    ['reads', 4],
  ] as const)('begins %s %d at a time, the others a turn later each', async (lane, atATime) => {
    admission = new Admission({ commands: 64, reads: 64 });
    const count = 2 * atATime + 1;
    for (let number = 1; number <= count; number += 1) comes(lane, String(number));
    await Promise.resolve();
    for (const begun of [atATime, 2 * atATime, count]) {
      expect(admitted).toHaveLength(begun);
      expect(admission.waiting()[lane]).toBe(count - begun);
      await turn();
    }
    expect(admitted).toEqual(Array.from({ length: count }, (_, index) => String(index + 1)));
  });

  it('has a submission that comes in the same turn before commands that came first', async () => {
    admission = new Admission({ commands: 64, reads: 16 });
    for (let number = 1; number <= 9; number += 1) comes('commands', String(number));
    comes('submissions', 'submission');
    await turn();
    expect(admitted.slice(8)).toEqual(['submission', '9']);
  });

  it('leaves readers a quarter of their places while the event loop is late, and commands all', async () => {
    loopDelay = 101;
    comes('reads', 'first');
    comes('reads', 'second');
    await several(2, 'commands');
    expect(admitted).toEqual(['first', 'commands', 'commands']);
    loopDelay = 100;
    comes('reads', 'third');
    await turn();
    expect(admitted).toContain('third');
  });
});
