import { Api, type Answer } from '../api.ts';
import { element, language, say, timeOf } from '../dom.ts';
import { Frame, sentencesOf } from '../frame.ts';
import type { Text } from '../language.ts';
import { forgetToken, readerIn, tokenInHand } from '../session.ts';
import type { Change, Dossier, RoundPolicy, TimelineEntry } from './answers.ts';
import { entryOf } from './entry.ts';
import type { Schema } from './form.ts';
import { chapters, storyOfFilings, storyOfTrail, termIn, type Happening } from './story.ts';
import { Thumbnails } from './thumbnails.ts';

/* The page at /audit/{dossier}. */

const words = {
  loading: { zh: '正在读取…', en: 'Loading…' },
  loaded: { zh: '已读取。', en: 'Loaded.' },
  dossier: { zh: '申报编号', en: 'Number of the dossier' },
  find: { zh: '查看', en: 'Show' },
  story: { zh: '办理过程', en: 'What happened' },
  files: { zh: '附件', en: 'Attachments' },
  noFiles: { zh: '没有附件。', en: 'There are none.' },
  filedOnly: {
    zh: '完整的办理过程（每一步由谁、何时办理）只供审计人员查看。这里列出您可以查看的：各次上报、退回理由、改动和附件。',
    en: 'The whole trail, every step with who took it, is for auditors. Here is what you may see: submissions, returns with reasons, changes and attachments.',
  },
  fillingIn: { zh: '填报过程', en: 'Filling in' },
  steps: { zh: '步', en: 'steps' },
} as const satisfies Record<string, Text>;

const statuses: Readonly<Record<string, Text>> = {
  draft: { zh: '填报中', en: 'being prepared' },
  'under-review': { zh: '审核中', en: 'under review' },
  returned: { zh: '已退回，待申报人修改', en: 'back in the applicant’s hands' },
  accepted: { zh: '形式审核通过', en: 'accepted' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
  closed: { zh: '已终止', en: 'closed' },
};

const levels: Readonly<Record<string, Text>> = {
  senior: { zh: '高级工程师', en: 'Senior engineer' },
  intermediate: { zh: '工程师', en: 'Engineer' },
  junior: { zh: '助理工程师', en: 'Assistant engineer' },
};

/** So many small steps in a row stand in the way of the story. */
const fewSteps = 5;

const frame = new Frame();

async function show(id: string, token: string): Promise<void> {
  frame.greet(token);
  frame.complain();
  frame.show();
  frame.tell(say(words.loading));
  const api = new Api(token);
  const path = encodeURIComponent(id);
  const [trail, found] = await Promise.all([
    trailOf(path, token, api),
    api.json<Dossier>(`/v1/dossiers/${path}`),
  ]);
  // Whoever may not see the trail may still see what was filed; the service decides both.
  if (!found.ok) {
    refuse(found, id);
    return;
  }
  if (!trail.ok && ![403, 404].includes(trail.refusal.status)) {
    refuse(trail, id);
    return;
  }
  const dossier = found.body;
  const { round, choice } = dossier;
  const [form, policy] = await Promise.all([
    api.json<{ readonly properties: Schema }>(`/v1/rounds/${round}/form?level=${choice.level}`),
    api.json<RoundPolicy>(`/v1/rounds/${round}/policy`),
  ]);
  const schema: Schema = form.ok ? { properties: form.body.properties } : {};
  const terms = policy.ok ? policy.body.policy : null;
  const names = await namesOf(dossier, api);
  const nameOf = (organisation: string): string => names.get(organisation) ?? organisation;
  const story = trail.ok
    ? storyOfTrail(trail.body.items)
    : storyOfFilings(dossier, {
        language,
        form: schema,
        policy: terms,
        nameOf,
        changes: await changesOf(dossier, api),
      });
  frame.show(
    finder(id),
    headOf(dossier, terms, nameOf),
    trail.ok ? null : element('p', { class: 'about' }, say(words.filedOnly)),
    ...bodyOf(story, schema, new Thumbnails(api, dossier)),
  );
  frame.tell(say(words.loaded));
}

type Trail = Answer<{ readonly items: readonly TimelineEntry[] }>;

/** The service refuses it to others than auditors; they need not ask. */
async function trailOf(path: string, token: string, api: Api): Promise<Trail> {
  if (readerIn(token)?.roles.includes('auditor') !== true) {
    return { ok: false, refusal: { status: 403, sentences: [] } };
  }
  return api.json(`/v1/audit/dossiers/${path}/timeline`);
}

function headOf(
  { id, choice, status, stage, chain }: Dossier,
  policy: RoundPolicy['policy'] | null,
  nameOf: (organisation: string) => string,
): HTMLElement {
  const at = stage === null ? [] : [nameOf(stage.organisation)];
  const facts = [
    id,
    levels[choice.level]?.[language] ?? choice.level,
    termIn(policy?.subSpecialties, choice.subSpecialty, language),
    nameOf(chain[0] ?? ''),
    [statuses[status]?.[language] ?? status, ...at].join(' · '),
  ];
  return element('p', { class: 'summary' }, facts.join(' · '));
}

function bodyOf(
  story: readonly Happening[],
  form: Schema,
  thumbnails: Thumbnails,
): readonly HTMLElement[] {
  const entries = (all: readonly Happening[]): HTMLElement =>
    element('ol', { class: 'story' }, ...all.map((one) => entryOf(one, form, thumbnails)));
  const parts = chapters(story).map((chapter) => {
    const [first] = chapter;
    if (first === undefined || chapter.length < fewSteps) return entries(chapter);
    const title = `${say(words.fillingIn)}：${chapter.length} ${say(words.steps)} · `;
    return element(
      'details',
      { class: 'chapter' },
      element('summary', {}, title, timeOf(first.at)),
      entries(chapter),
    );
  });
  const files = thumbnails.all;
  return [
    titled('story', say(words.story), ...joined(parts)),
    titled(
      'files',
      `${say(words.files)} ${files.length}`,
      files.length === 0
        ? element('p', {}, say(words.noFiles))
        : element(
            'ul',
            { class: 'gallery' },
            ...files.map((sha256) => element('li', {}, thumbnails.of(sha256))),
          ),
    ),
  ];
}

/** Lists that follow each other are one list. */
function joined(parts: readonly HTMLElement[]): readonly HTMLElement[] {
  const all: HTMLElement[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    if (last instanceof HTMLOListElement && part instanceof HTMLOListElement) {
      last.append(...part.children);
    } else {
      all.push(part);
    }
  }
  return all;
}

function titled(id: string, title: string, ...content: readonly HTMLElement[]): HTMLElement {
  const heading = element('h2', { id: `${id}-title` }, title);
  return element('section', { id, 'aria-labelledby': `${id}-title` }, heading, ...content);
}

async function namesOf({ chain }: Dossier, api: Api): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all(
    chain.map((id) => api.json<{ readonly name: string }>(`/v1/organisations/${id}`)),
  );
  return new Map(
    chain.flatMap((id, index) => {
      const answer = found[index];
      return answer?.ok === true ? [[id, answer.body.name] as const] : [];
    }),
  );
}

async function changesOf(
  { id, submissions }: Dossier,
  api: Api,
): Promise<ReadonlyMap<number, readonly Change[]>> {
  const later = submissions.filter(({ number }) => number > 1);
  const answers = await Promise.all(
    later.map(async ({ number }) => {
      const path = `/v1/dossiers/${encodeURIComponent(id)}/submissions/${number}/changes`;
      const answer = await api.json<{ readonly changes: readonly Change[] }>(path);
      return [number, answer.ok ? answer.body.changes : []] as const;
    }),
  );
  return new Map(answers);
}

/** A way to another dossier. */
function finder(id: string): HTMLElement {
  const input = element('input', { id: 'dossier', value: id, required: true, autocomplete: 'off' });
  const form = element(
    'form',
    { class: 'filters find-dossier' },
    element('p', {}, element('label', { for: 'dossier' }, say(words.dossier)), input),
    element('p', {}, element('button', { type: 'submit' }, say(words.find))),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    location.assign(`/audit/${encodeURIComponent(input.value.trim())}${location.search}`);
  });
  return form;
}

function refuse(answer: Answer<unknown>, id: string): void {
  if (answer.ok) return;
  frame.tell('');
  if (answer.refusal.status === 401) {
    forgetToken();
    frame.askForToken((token) => void show(id, token));
  } else {
    frame.show(finder(id));
  }
  frame.complain(...sentencesOf(answer.refusal));
}

function begin(): void {
  const id = decodeURIComponent(location.pathname.split('/')[2] ?? '');
  const token = tokenInHand();
  const open = (given: string): void => {
    if (id === '') {
      frame.greet(given);
      frame.show(finder(''));
    } else {
      void show(id, given);
    }
  };
  if (token === null) frame.askForToken(open);
  else open(token);
}

// A portal may hand over a token to a page that is open already.
window.addEventListener('hashchange', () => {
  if (location.hash.startsWith('#token=')) begin();
});
begin();
