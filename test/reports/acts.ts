import { createHash } from 'node:crypto';

import type { Choice, ReturnReason } from '../../src/dossier/events';
import { sectionNames } from '../../src/dossier/sections';
import type { Actor, RecordedEvent } from '../../src/engine/event-store';
import { fromEpoch } from '../../src/engine/instant';
import { stageAt } from '../../src/organisations/organisation';
import { levels } from '../../src/rounds/policy';
import { policy2022 } from '../../src/rounds/policy-2022';
import { dueInTime } from '../../src/rules/after-acceptance';
import { investigate } from './cases';
import type { Person, World } from './world';

const { limit } = policy2022.submissions;
const reasonCodes = policy2022.review.returnReasons.map(({ code }) => code);
const subSpecialties = policy2022.subSpecialties.map(({ code }) => code);

/** What happens next to somebody, by where the dossier lies; nothing, now and then. */
export function* step(world: World, person: Person): Generator<RecordedEvent> {
  const { state } = person;
  switch (state.status) {
    case 'unopened':
      yield* open(world, person);
      break;
    case 'draft':
    case 'returned':
      yield* inHand(world, person);
      break;
    case 'under-review':
      yield* review(world, person);
      break;
    case 'accepted':
      yield* conclude(world, person);
      break;
    case 'withdrawn':
    case 'closed': {
      const { status, file } = state;
      const forGood = status === 'closed' && state.cause !== 'not-resubmitted';
      if (!forGood && file.submissions.length < limit) yield* open(world, person);
    }
  }
}

function* open(world: World, person: Person): Generator<RecordedEvent> {
  const { state, round, subject } = person;
  person.unit = world.chance(0.5) ? person.unit : world.pick(world.units);
  const { organisation: unit } = person.unit;
  const chain = world.chainOf(person.unit);
  const choice: Choice = {
    level: world.pick(levels),
    specialty: policy2022.specialty.code,
    subSpecialty: world.pick(subSpecialties),
    organisation: unit.id,
    reviewRoute: null,
  };
  if (state.status === 'unopened') {
    const data = { round, applicant: subject, choice, unit, chain };
    yield world.happens(person, { type: 'DossierOpened', data });
    return;
  }
  const latest = state.file.returns.at(-1);
  const returned = latest !== undefined && latest.submission === state.file.submissions.length;
  yield world.happens(person, {
    type: 'DossierReopened',
    data: { choice, unit, chain, returned },
  });
}

function* inHand(world: World, person: Person): Generator<RecordedEvent> {
  const { state } = person;
  if (state.status === 'unopened') return;
  const { submissions } = state.file;
  switch (world.below(8)) {
    case 0:
      yield world.happens(person, {
        type: 'SectionSaved',
        data: { section: 'workSummary', content: { text: '总结' } },
      });
      break;
    case 1:
    case 2:
      yield* attach(world, person);
      break;
    case 3:
      if (world.chance(0.5)) {
        const data = { from: null, reason: '个人原因' };
        yield world.happens(person, { type: 'DossierWithdrawn', data });
      } else if (world.chance(0.3)) {
        const cause = submissions.length === 0 ? 'never-submitted' : 'not-resubmitted';
        yield world.bySystem(person, { type: 'DossierClosed', data: { cause } });
      }
      break;
    default:
      if (submissions.length < limit) yield* submit(world, person);
  }
}

function* attach(world: World, person: Person): Generator<RecordedEvent> {
  const shared = world.chance(0.6) ? `shared ${world.below(25)}` : `own ${person.stream}`;
  const sha256 = createHash('sha256')
    .update(`${shared} ${world.below(3)}`)
    .digest('hex');
  if (person.files.has(sha256)) return;
  person.files.add(sha256);
  const attachment = { sha256, mediaType: 'image/png', bytes: 1, name: 'scan.png' };
  yield world.happens(person, { type: 'EvidenceAttached', data: { attachment } });
}

function* submit(world: World, person: Person): Generator<RecordedEvent> {
  const { state, round, subject, unit } = person;
  if (state.status === 'unopened') return;
  const { choice } = state.file.content;
  const number = state.file.submissions.length + 1;
  // The tree may have changed since it was opened.
  const chain = world.chainOf(unit);
  const to = stageAt(chain, 0);
  if (to === undefined) return;
  const filing = {
    number,
    at: fromEpoch(world.now),
    contentHash: '0'.repeat(64),
    counted: true,
    remaining: limit - number,
    warnings: [],
    answers: [],
    to,
  };
  yield world.happens(person, {
    type: number === 1 ? 'DossierSubmitted' : 'DossierResubmitted',
    data: { round, applicant: subject, unit: unit.organisation, filing, choice, chain },
  });
}

function* review(world: World, person: Person): Generator<RecordedEvent> {
  const { state } = person;
  if (state.status !== 'under-review') return;
  const { stage: from, file } = state;
  const by = world.reviewerOf(from.organisation);
  const action = world.below(20);
  if (action === 0) {
    yield world.happens(person, { type: 'DossierWithdrawn', data: { from, reason: '个人原因' } });
  } else if (action === 1) {
    yield* investigate(world, person);
  } else if (action < 6) {
    yield world.happens(
      person,
      {
        type: 'DossierReturned',
        data: {
          number: file.returns.length + 1,
          at: fromEpoch(world.now),
          from,
          submission: file.submissions.length,
          reasons: Array.from({ length: 1 + world.below(3) }, () => reason(world, person)),
        },
      },
      by,
    );
    if (file.submissions.length >= limit) {
      yield world.bySystem(person, { type: 'DossierClosed', data: { cause: 'submission-limit' } });
    }
  } else {
    yield* passOn(world, person, by);
  }
}

function* passOn(world: World, person: Person, by: Actor): Generator<RecordedEvent> {
  const { state } = person;
  if (state.status !== 'under-review') return;
  const { stage: from, file } = state;
  const to = stageAt(file.chain, from.step + 1);
  if (to === undefined) {
    const data = { from, at: fromEpoch(world.now) };
    yield world.happens(person, { type: 'DossierAccepted', data }, by);
  } else if (from.kind === 'unit') {
    const data = { from, to, checklist: [], statement: '', papers: {} };
    yield world.happens(person, { type: 'DossierRecommended', data }, by);
  } else {
    yield world.happens(
      person,
      { type: 'DossierEndorsed', data: { from, to, opinion: '同意' } },
      by,
    );
  }
}

function* conclude(world: World, person: Person): Generator<RecordedEvent> {
  const { state } = person;
  if (state.status !== 'accepted') return;
  const { after, file } = state;
  const at = fromEpoch(world.now);
  const warnings = dueInTime(policy2022, at);
  const by = world.reviewerOf(file.chain.at(-1) ?? '');
  switch (world.below(4)) {
    case 0:
      if (after.fee === null) {
        const { fee } = policy2022.afterAcceptance;
        const data = { at, amount: fee[file.content.choice.level], warnings };
        yield world.happens(person, { type: 'FeeReceived', data }, by);
      }
      return;
    case 1:
      if (after.printedForms === null) {
        const data = { at, copies: 2, warnings };
        yield world.happens(person, { type: 'PrintedFormsReceived', data }, by);
      }
      return;
    case 2:
      if (world.chance(0.3)) yield* investigate(world, person);
  }
}

function reason(world: World, { files }: Person): ReturnReason {
  const code = world.pick(reasonCodes);
  const [file] = files;
  const part =
    file !== undefined && world.chance(0.2)
      ? { attachment: file }
      : { section: world.pick(sectionNames.slice(0, 5)) };
  return { code, part, correction: '请核对' };
}
