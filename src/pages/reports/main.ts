import { Api, type Answer } from '../api.ts';
import { element, say } from '../dom.ts';
import { Frame, sentencesOf } from '../frame.ts';
import type { Text } from '../language.ts';
import { forgetToken, readerIn, tokenInHand } from '../session.ts';
import type { Listed, Organisation, Report, Round, RoundPolicy } from './answers.ts';
import { filtersOf, pathTo, summaryOf, type Choices } from './filters.ts';
import { PanelView } from './panel.ts';
import { panels } from './panels.ts';
import { addressOf, questionIn, type Question } from './question.ts';

/* The page at /reports. */

const words = {
  loading: { zh: '正在读取…', en: 'Loading…' },
  loaded: { zh: '已更新。', en: 'Up to date.' },
  noRound: { zh: '还没有发布任何年度。', en: 'No round has been published yet.' },
  noOrganisation: {
    zh: '您的令牌没有指明单位，无法显示报表。',
    en: 'Your token names no organisation; there are no reports to show.',
  },
} as const satisfies Record<string, Text>;

const frame = new Frame();

class ReportsPage {
  private readonly summary = element('p', { class: 'summary' });
  private readonly head = element('div');
  private readonly views: ReadonlyMap<string, PanelView>;
  private organisations: readonly Organisation[] = [];
  private rounds: readonly Round[] = [];
  /** Of questions that come fast one after the other, the last one counts. */
  private asked = 0;

  constructor(
    private readonly api: Api,
    private readonly own: string,
    listed: readonly Listed[],
  ) {
    this.views = new Map(
      panels.flatMap((panel) => {
        const report = listed.find((one) => one.report === panel.report);
        if (report === undefined) return [];
        const view = new PanelView(panel, report, api, {
          regroup: (by) => {
            this.go({ ...this.question, by: { ...this.question.by, [panel.id]: by } }, panel.id);
          },
          addressOf: (organisation) => this.addressFor(organisation),
          complain: (...sentences) => {
            frame.complain(...sentences);
          },
        });
        return [[panel.id, view] as const];
      }),
    );
  }

  /** Follows links, and the browser's way back, without leaving the page. */
  async open(): Promise<void> {
    const organisations = await this.api.list<Organisation>('/v1/organisations');
    const rounds = await this.api.json<{ readonly items: readonly Round[] }>('/v1/rounds');
    if (!organisations.ok) {
      refused(organisations);
      return;
    }
    if (!rounds.ok) {
      refused(rounds);
      return;
    }
    this.organisations = organisations.body;
    this.rounds = [...rounds.body.items].sort(byOpening);
    frame.show(this.head, this.summary, ...[...this.views.values()].map(({ section }) => section));
    window.addEventListener('popstate', () => void this.show());
    frame.main.addEventListener('click', (event) => {
      const link = (event.target as Element).closest('a[data-in-page]');
      const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
      if (!(link instanceof HTMLAnchorElement) || !plain) return;
      event.preventDefault();
      history.pushState(null, '', link.search);
      void this.show().then(() => {
        this.summary.focus();
      });
    });
    this.summary.tabIndex = -1;
    await this.show();
  }

  private get question(): Question {
    return questionIn(location.search);
  }

  private addressFor(organisation: string): string {
    const wanted = organisation === this.own ? null : organisation;
    return this.address({ ...this.question, organisation: wanted });
  }

  private address(question: Question): string {
    return addressOf(question, new URLSearchParams(location.search).get('lang'));
  }

  private go(question: Question, panel?: string): void {
    history.pushState(null, '', this.address(question));
    void this.show(panel);
  }

  /** Asks every panel what the address says, or one of them. */
  private async show(only?: string): Promise<void> {
    this.asked += 1;
    const { asked, question, rounds, organisations, own } = this;
    frame.addressChanged();
    frame.complain();
    const round = rounds.find((one) => one.round === question.round) ?? rounds[0];
    if (round === undefined) {
      frame.complain(say(words.noRound));
      return;
    }
    frame.tell(say(words.loading));
    if (only === undefined) {
      const policy = await this.api.json<RoundPolicy>(`/v1/rounds/${round.round}/policy`);
      if (this.asked !== asked) return;
      const subSpecialties = policy.ok ? policy.body.policy.subSpecialties : [];
      this.offer(question, { rounds, round, subSpecialties, organisations, own });
    }
    const wanted = [...this.views].filter(([id]) => only === undefined || id === only);
    const answers = await Promise.all(
      wanted.map(([, view]) => view.ask({ ...question, round: question.round ?? round.round })),
    );
    if (this.asked !== asked) return;
    const failed = answers.find((answer) => !answer.ok);
    frame.tell(failed === undefined ? say(words.loaded) : '');
    if (failed !== undefined) refused(failed);
    this.summarise(answers);
  }

  private choices: Choices | null = null;

  private offer(question: Question, choices: Choices): void {
    this.choices = choices;
    const form = filtersOf(question, choices, (next) => {
      const id = document.activeElement?.id ?? '';
      this.go(next);
      this.refocus = id;
    });
    const path = pathTo(question, choices, (organisation) => this.addressFor(organisation));
    this.head.replaceChildren(form, ...(path === null ? [] : [path]));
    if (this.refocus !== null) {
      const again =
        this.refocus === '' ? form.querySelector('button') : document.getElementById(this.refocus);
      (again instanceof HTMLElement ? again : null)?.focus();
      this.refocus = null;
    }
  }

  /** Where the reader was when the form they used was made anew. */
  private refocus: string | null = null;

  private summarise(answers: readonly Answer<Report>[]): void {
    const answered = answers.find((answer) => answer.ok);
    if (answered === undefined || this.choices === null) return;
    this.summary.textContent = summaryOf(this.question, this.choices, answered.body);
  }
}

function byOpening({ windows: one }: Round, { windows: other }: Round): number {
  return Date.parse(other.filing.opens) - Date.parse(one.filing.opens);
}

function refused(answer: Answer<unknown>): void {
  if (answer.ok) return;
  frame.tell('');
  if (answer.refusal.status === 401) {
    forgetToken();
    frame.askForToken((token) => void openFor(token));
  }
  frame.complain(...sentencesOf(answer.refusal));
}

async function openFor(token: string): Promise<void> {
  frame.greet(token);
  frame.show();
  frame.tell(say(words.loading));
  const api = new Api(token);
  const listed = await api.json<{ readonly items: readonly Listed[] }>('/v1/reports');
  if (!listed.ok) {
    refused(listed);
    return;
  }
  const own = readerIn(token)?.organisation ?? null;
  if (own === null) {
    frame.tell('');
    frame.complain(say(words.noOrganisation));
    return;
  }
  await new ReportsPage(api, own, listed.body.items).open();
}

function begin(): void {
  const token = tokenInHand();
  if (token === null) frame.askForToken((given) => void openFor(given));
  else void openFor(token);
}

// A portal may hand over a token to a page that is open already.
window.addEventListener('hashchange', () => {
  if (location.hash.startsWith('#token=')) begin();
});
begin();
