export type Language = 'zh' | 'en';

/**
 * The language to answer in, from `Accept-Language` (RFC 9110, with its weights): English where it
 * is preferred to Chinese, Chinese in every other case.
 */
export function preferredLanguage(accept: string | undefined): Language {
  const ranges = (accept ?? '').split(',').map(parseRange);
  const best = ranges
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight)
    .find(({ language }) => ['zh', 'en', '*'].includes(language));
  return best?.language === 'en' ? 'en' : 'zh';
}

export const contentLanguage: Readonly<Record<Language, string>> = { zh: 'zh-CN', en: 'en' };

function parseRange(range: string): { language: string; weight: number } {
  const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  return {
    language: tag.split('-')[0] ?? '',
    weight: weight === undefined ? 1 : /^[01](\.\d{0,3})?$/.test(weight) ? Number(weight) : 0,
  };
}
