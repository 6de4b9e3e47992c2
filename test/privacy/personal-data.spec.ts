import { evaluationForm } from '../../src/documents/evaluation-form';
import { renderPdf } from '../../src/documents/pdf/render';
import { publicityNotice, publicityResult } from '../../src/documents/publicity';
import { dossierAggregate } from '../../src/dossier/stream';
import type { DossierEvent } from '../../src/dossier/events';
import { dossierEvent } from '../../src/dossier/upcasters';
import type { Json, NewEvent, RecordedEvent } from '../../src/engine/event-store';
import { fold } from '../../src/engine/execute';
import { EncryptedEventStore } from '../../src/engine/encrypted-event-store';
import { PersonalDataCipher } from '../../src/engine/personal-data-cipher';
import { deadlinesOf } from '../../src/notifications/deadlines';
import { personalData } from '../../src/privacy/personal-data';
import { projections } from '../../src/projections';
import { changesView, dossierView, submissionView } from '../../src/projections/dossier-view';
import { materialFindings } from '../../src/rules/materials';
import { materialsContext, materialsIn } from '../../src/dossier/submitting';
import {
  accepted,
  acceptedOf,
  applicant,
  attached,
  atBureau,
  atDepartment,
  atOffice,
  atUnit,
  chain,
  defenceConcluded,
  draft,
  endorsed,
  explained,
  filedContent,
  inBothWindows,
  objected,
  opened,
  paperAdded,
  policy,
  publicityStarted,
  reason,
  recommended,
  returned,
  revised,
  saved,
  scan,
  settled,
  station,
  submitted,
  withdrawn,
} from '../support/dossier';
import { someMetadata } from '../support/events';
import { MemoryEventStore } from '../support/memory';
import { MemoryKeyStore, personKeys } from '../support/memory-key-store';
import { everyEvent } from '../support/service';

const stream = 'dossier-2022-0123456789abcdef0123456789abcdef';

/** Every way personal data comes into a dossier, the texts told from one another. */
const history: readonly DossierEvent[] = [
  ...draft(),
  submitted(1, {
    warnings: [
      {
        code: 'w',
        rule: 'M-1',
        clause: null,
        severity: 'warn',
        pointer: '',
        message: { zh: 'canary-warning-zh', en: 'canary-warning-en' },
      },
    ],
  }),
  returned(1, atUnit, [{ ...reason(), correction: 'canary-correction' }]),
  attached({ ...scan('a'), name: 'canary-attachment' }),
  revised('workSummary', { text: 'canary-summary' }),
  explained(1, 'canary-explanation'),
  submitted(2, { answers: [{ reason: 1, changed: true, explanation: 'canary-answer' }] }),
  {
    type: 'PublicityStarted',
    data: {
      at: inBothWindows,
      firstDay: '2022-08-15',
      place: 'canary-place',
      telephone: 'canary-telephone',
      published: 'canary-published',
    },
  },
  { type: 'ObjectionRecorded', data: { number: 1, at: inBothWindows, text: 'canary-objection' } },
  {
    type: 'ObjectionSettled',
    data: { number: 1, at: inBothWindows, upheld: false, statement: 'canary-settled' },
  },
  paperAdded({ ...scan('b'), name: 'canary-paper' }),
  recommended(),
  {
    type: 'DossierEndorsed',
    data: { from: atBureau, to: atDepartment, opinion: 'canary-opinion' },
  },
  endorsed(atDepartment, atOffice),
  accepted(),
  defenceConcluded('excused', { attended: false, minutes: null, cause: 'canary-cause' }),
  { type: 'DossierWithdrawn', data: { from: null, reason: 'canary-reason' } },
];

const newEvent = ({ type, data }: DossierEvent): NewEvent => ({
  id: `${type}-${Math.random()}`,
  type,
  data: data as Json,
  metadata: { ...someMetadata, person: applicant.subject, jurisdiction: [...chain] },
});

async function storeOf(events: readonly DossierEvent[]) {
  const kept = new MemoryEventStore();
  const keyStore = new MemoryKeyStore();
  const open = () =>
    new EncryptedEventStore(kept, new PersonalDataCipher(personKeys(keyStore), personalData));
  const [first, ...rest] = events.map(newEvent);
  if (first === undefined) throw new Error('there are no events');
  await open().append(stream, [first, ...rest], 'no-stream');
  const erase = () => personKeys(keyStore).destroy(applicant.subject);
  return { kept, erase, read: () => open().read(stream), log: () => everyEvent(open()) };
}

/** Every text of the filled form but its codes and its unit's name, which is no secret. */
function textsOf(value: Json): readonly string[] {
  if (typeof value === 'string') return value.length > 6 ? [value] : [];
  if (value === null || typeof value !== 'object') return [];
  return Object.values<Json>(value).flatMap(textsOf);
}
const written = textsOf(filedContent.sections as Json).filter(
  (text) => /[^a-z0-9-]/.test(text) && text !== station.name,
);

describe('Personal data of a dossier', () => {
  it('stands nowhere in the log', async () => {
    const { kept } = await storeOf(history);
    const log = JSON.stringify(await kept.read(stream));
    expect(log).not.toContain('canary');
    expect(written.length).toBeGreaterThan(20);
    expect(written.filter((text) => log.includes(text))).toEqual([]);
    for (const { name } of filedContent.attachments) expect(log).not.toContain(name);
  });

  it('reads as it was written', async () => {
    const { read } = await storeOf(history);
    expect((await read()).map(dossierEvent)).toEqual(history);
  });

  it('stands in no read model', async () => {
    const { log } = await storeOf(history);
    const documents: unknown[] = [];
    for (const projection of projections) {
      const kept = new Map<string, Parameters<typeof projection.project>[0]>();
      for (const event of await log()) {
        if (!projection.prefixes.some((prefix) => event.stream.startsWith(prefix))) continue;
        for (const key of projection.keys(event)) {
          kept.set(
            key,
            projection.project(kept.get(key), event, key, (other) => kept.get(other)),
          );
        }
      }
      documents.push(...kept.values());
    }
    const text = JSON.stringify(documents);
    expect(documents.length).toBeGreaterThan(history.length);
    expect(text).not.toContain('canary');
    expect(written.filter((one) => text.includes(one))).toEqual([]);
  });

  describe('after the person was erased', () => {
    const erasedReading = async (events: readonly DossierEvent[]) => {
      const { read, erase } = await storeOf(events);
      await erase();
      return read();
    };
    const isGone = (value: unknown): void => {
      const text = JSON.stringify(value ?? null);
      expect(text).not.toContain('canary');
      expect(written.filter((one) => text.includes(one))).toEqual([]);
    };

    it('is gone from every view, none of which fails', async () => {
      const events = await erasedReading(history);
      // Every moment of its past.
      for (let revision = 0; revision < events.length; revision += 1) {
        for (const viewer of ['applicant', 'reviewer'] as const) {
          isGone(dossierView('id', events.slice(0, revision + 1), viewer));
        }
      }
      isGone([submissionView('id', events, 1), changesView('id', events, 2, 'applicant')]);
      expect(dossierView('id', events, 'reviewer')).toMatchObject({
        status: 'withdrawn',
        content: { sections: { workSummary: { erased: '（已依法删除）' } } },
        objections: [{ text: '（已依法删除）', outcome: { statement: '（已依法删除）' } }],
      });
    });

    it('leaves what was filed when, and its hash', async () => {
      const { read, erase } = await storeOf(history);
      const before = submissionView('id', await read(), 2);
      await erase();
      const { content, ...after } = submissionView('id', await read(), 2) ?? {};
      expect(before).toMatchObject({ ...after, answers: [{ reason: 1, changed: true }] });
      expect(after).toHaveProperty('contentHash', before?.contentHash);
      expect(content).toBeDefined();
    });

    it('prints blanks, judges a blank form and reminds as before', async () => {
      const events = await erasedReading(acceptedOf());
      const state = fold(dossierAggregate, events);
      if (state.status !== 'accepted') throw new Error(state.status);
      const { content, publicity, submissions } = state.file;
      const [filing] = submissions;
      if (publicity === null || filing === undefined) throw new Error('nothing was filed');
      const facts = { policy, content, unit: '某站' };
      const published = { ...facts, publicity, lastDay: '2022-08-19' };
      for (const document of [
        evaluationForm({ ...facts, filing, supervisors: ['某局'], titleOffice: '职称办' }),
        publicityNotice({ ...published, audience: 'archive' }),
        publicityResult({ ...published, objections: [] }),
      ]) {
        expect((await renderPdf(document)).length).toBeGreaterThan(1000);
      }
      const context = materialsContext(content, { policy, unit: station, now: inBothWindows });
      expect(materialFindings(materialsIn(content), context).length).toBeGreaterThan(0);
      expect(deadlinesOf(events, policy)).toHaveLength(1);
    });
  });

  it('is decided on for every event of a dossier that specs know of', () => {
    const others = [opened(), saved('awards', {}), publicityStarted(), objected(1), settled(1)];
    for (const { type } of [...history, ...others, withdrawn(null)]) {
      expect(() => personalData(type)).not.toThrow();
    }
    expect(() => personalData('NeverHeardOf')).toThrow(TypeError);
  });

  it('has a bound place: none of it opens in another event', async () => {
    const { kept, read } = await storeOf(history);
    const events = await kept.read(stream);
    const sections = events.filter(({ type }) => type === 'SectionSaved');
    const [first, second] = sections;
    if (first === undefined || second === undefined) throw new Error('too few sections');
    const swapped = (event: RecordedEvent): RecordedEvent =>
      event === first ? { ...event, data: second.data } : event;
    jest.spyOn(kept, 'read').mockResolvedValue(events.map(swapped));
    await expect(read()).rejects.toMatchObject({ name: 'NotAuthentic' });
  });
});
