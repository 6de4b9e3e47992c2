import type { Refusal } from './api.ts';
import { element, language, say, type Child } from './dom.ts';
import { languages, tags, type Language, type Text } from './language.ts';
import { forgetToken, keepToken, readerIn } from './session.ts';

const words = {
  skip: { zh: '跳到正文', en: 'Skip to the content' },
  reports: { zh: '统计报表', en: 'Reports' },
  audit: { zh: '办理过程', en: 'Dossier history' },
  pages: { zh: '页面', en: 'Pages' },
  reader: { zh: '当前账号：', en: 'Account: ' },
  leave: { zh: '退出', en: 'Sign out' },
  signIn: { zh: '登录', en: 'Sign in' },
  token: { zh: '访问令牌', en: 'Access token' },
  tokenHint: {
    zh: '请粘贴由门户或管理员签发的令牌。令牌只保存在本标签页中，关闭即失效。',
    en: 'Paste the token your portal or administrator issued. It is kept in this tab alone, until you close it.',
  },
  enter: { zh: '进入', en: 'Enter' },
  noToken: {
    zh: '这不是一个令牌，请检查粘贴是否完整。',
    en: 'This is no token; was it pasted whole?',
  },
} as const satisfies Record<string, Text>;

const languageNames: Readonly<Record<Language, string>> = { zh: '中文', en: 'English' };

/** What every page has: a way past its head, its title, where else to go, who reads, and what is going on. */
export class Frame {
  readonly main = element('main', { id: 'content', tabindex: -1 });
  private readonly status = element('p', { class: 'status', role: 'status' });
  private readonly alert = element('div', { class: 'alert', role: 'alert' });
  private readonly reader = element('p', { class: 'reader' });
  private readonly switches = element('p', { class: 'languages' });

  constructor() {
    const { pathname } = location;
    const link = (path: string, text: Text): HTMLElement =>
      element(
        'a',
        { href: path, 'aria-current': pathname.startsWith(path) ? 'page' : null },
        say(text),
      );
    document.body.append(
      element('a', { class: 'skip', href: '#content' }, say(words.skip)),
      element(
        'header',
        {},
        element('h1', {}, document.title),
        element(
          'nav',
          { 'aria-label': say(words.pages) },
          link('/reports', words.reports),
          link('/audit', words.audit),
        ),
        this.reader,
        this.switches,
      ),
      this.status,
      this.alert,
      this.main,
    );
    this.addressChanged();
  }

  /** Says what is being done, or that it is done; nothing for nothing. */
  tell(sentence: string): void {
    this.status.textContent = sentence;
  }

  /** Says what went wrong, until something else is asked for. */
  complain(...sentences: readonly string[]): void {
    this.alert.replaceChildren(...sentences.map((sentence) => element('p', {}, sentence)));
  }

  /** The other language leads to the same question. */
  addressChanged(): void {
    const others = languages.filter((name) => name !== language);
    this.switches.replaceChildren(
      ...others.map((name) => {
        const address = new URL(location.href);
        address.searchParams.set('lang', name);
        const { pathname, search } = address;
        const attributes = { href: pathname + search, lang: tags[name], hreflang: tags[name] };
        return element('a', attributes, languageNames[name]);
      }),
    );
  }

  /** Shows whose token it is, with a way to give it back. */
  greet(token: string): void {
    const { subject = '' } = readerIn(token) ?? {};
    const leave = element('button', { type: 'button' }, say(words.leave));
    leave.addEventListener('click', () => {
      forgetToken();
      location.reload();
    });
    this.reader.replaceChildren(say(words.reader), element('strong', {}, subject), ' ', leave);
  }

  /** Asks for a token, and goes on with it. */
  askForToken(goOn: (token: string) => void): void {
    this.reader.replaceChildren();
    const input = element('input', {
      id: 'token',
      type: 'password',
      autocomplete: 'off',
      required: true,
      'aria-describedby': 'token-hint',
    });
    const form = element(
      'form',
      { class: 'sign-in' },
      element('h2', {}, say(words.signIn)),
      element('label', { for: 'token' }, say(words.token)),
      input,
      element('p', { id: 'token-hint' }, say(words.tokenHint)),
      element('button', { type: 'submit' }, say(words.enter)),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const token = input.value.trim();
      if (readerIn(token) === undefined) {
        this.complain(say(words.noToken));
        input.focus();
        return;
      }
      this.complain();
      keepToken(token);
      goOn(token);
    });
    this.main.replaceChildren(form);
    input.focus();
  }

  show(...content: readonly Child[]): void {
    this.main.replaceChildren(...content.filter((child) => child !== null));
  }
}

const refusals: Readonly<Record<number, Text>> = {
  0: {
    zh: '无法连接服务，请检查网络后重试。',
    en: 'The service was not reached. Check the network and try again.',
  },
  401: {
    zh: '令牌无效或已过期，请重新登录。',
    en: 'The token does not hold, or no longer. Sign in again.',
  },
  403: { zh: '您无权查看这些内容。', en: 'You may not see this.' },
  404: {
    zh: '没有找到，或不在您可查看的范围内。',
    en: 'There is no such thing, or it is not yours to see.',
  },
  503: {
    zh: '服务暂时无法作答，请稍后重试。',
    en: 'The service cannot answer for now. Try again shortly.',
  },
};

/** Clear sentences for a refusal: what it means for the reader, then what the service says itself. */
export function sentencesOf({ status, sentences }: Refusal): readonly string[] {
  const own = refusals[status] ?? {
    zh: `服务未能作答（${status}）。`,
    en: `The service gave no answer (${status}).`,
  };
  return status === 400 ? sentences : [...new Set([say(own), ...sentences])];
}
