export type Language = 'zh' | 'en';

/** What a page says, in both languages. */
export type Text = Readonly<Record<Language, string>>;

export const languages = ['zh', 'en'] as const satisfies readonly Language[];

export const tags: Readonly<Record<Language, string>> = { zh: 'zh-CN', en: 'en' };
