import { createHash } from 'node:crypto';

import type { Actor, RecordedEvent } from '../../src/engine/event-store';
import { fromEpoch } from '../../src/engine/instant';
import type { Person, World } from './world';

/** Opens a case, or decides one that is open. */
export function* investigate(world: World, person: Person): Generator<RecordedEvent> {
  const index = world.openCases.findIndex((one) => one.person === person);
  const found = world.openCases[index];
  const at = fromEpoch(world.now);
  if (found === undefined) {
    const { stream } = person;
    const id = createHash('sha256').update(`${stream} ${person.cases}`).digest('hex').slice(0, 32);
    person.cases += 1;
    const by = 'auditor-1';
    world.openCases.push({ id, person });
    const dossier = stream.slice('dossier-'.length);
    const frozen = { revision: 0, submissions: [], evidence: [], unitPapers: [] };
    const data = { dossier, openedBy: by, at, grounds: '不一致', frozen };
    yield world.event(`falsification-${id}`, 'FalsificationCaseOpened', data, world.auditor(by));
    return;
  }
  const dossier = person.stream.slice('dossier-'.length);
  if (world.chance(0.2)) {
    const heard = { dossier, number: 1, person: person.subject, statement: '属实', at };
    const by = world.auditor('auditor-1');
    yield world.event(`falsification-${found.id}`, 'StatementHeard', heard, by);
    return;
  }
  const upheld = world.chance(0.5);
  world.openCases.splice(index, 1);
  if (upheld) {
    world.upheld.push({ person, falsificationCase: found.id, at: world.now });
  }
  const data = { dossier, upheld, statement: '经核查', decidedBy: 'auditor-2', at };
  const by = world.auditor('auditor-2');
  yield world.event(`falsification-${found.id}`, 'FalsificationCaseDecided', data, by);
}

/** What follows an upheld case comes later, but bears the time of the decision. */
export function* consequences(world: World): Generator<RecordedEvent> {
  const next = world.upheld.shift();
  if (next === undefined) return;
  const { person, falsificationCase, at } = next;
  const by: Actor = { kind: 'system', process: 'falsification-consequences' };
  for (const key of ['account', 'id-number']) {
    const stream = `standing-${createHash('sha256')
      .update(key + person.stream)
      .digest('hex')}`;
    const data = { firstYear: 2023, lastYear: 2025, falsificationCase };
    yield world.event(stream, 'PersonBarred', data, by, at);
  }
  const { state } = person;
  if (state.status === 'closed' && state.cause === 'falsification') return;
  const from = state.status === 'under-review' ? state.stage : null;
  const titleWithdrawn = state.status === 'accepted';
  const data = { from, falsificationCase, titleWithdrawn };
  yield world.happens(person, { type: 'DossierFalsified', data }, by, at);
}
