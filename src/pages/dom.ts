import type { Language, Text } from './language.ts';

/** The language the service sent the page in. */
export const language: Language = document.documentElement.lang === 'en' ? 'en' : 'zh';

export function say(text: Text): string {
  return text[language];
}

export type Child = Node | string | null;

type Attributes = Readonly<Record<string, string | number | boolean | null>>;

/** An element; attributes that are null or false are left out. Text is text: nothing is read as HTML. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === false) continue;
    made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** For those who listen to the page. */
export function heardOnly(text: string): HTMLElement {
  return element('span', { class: 'heard-only' }, text);
}

/** An instant to the minute, as clocks in Beijing showed it. */
export function timeOf(instant: string): HTMLElement {
  const shown = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(new Date(instant));
  return element('time', { datetime: instant }, shown);
}
