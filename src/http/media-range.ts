/**
 * Whether `Accept` (RFC 9110, with its weights) prefers CSV to JSON; JSON where it has no preference, or
 * asks for neither.
 */
export function prefersCsv(accept: string | undefined): boolean {
  return weightOf('text', 'csv', accept) > weightOf('application', 'json', accept);
}

/** The weight of the most specific range that takes the media type; 0 where none does. */
function weightOf(type: string, subtype: string, accept = '*/*'): number {
  const ranges = new Map(accept.split(',').map(parsed));
  return ranges.get(`${type}/${subtype}`) ?? ranges.get(`${type}/*`) ?? ranges.get('*/*') ?? 0;
}

function parsed(range: string): readonly [name: string, weight: number] {
  const [name = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  return [name, weight === undefined ? 1 : /^[01](\.\d{0,3})?$/.test(weight) ? Number(weight) : 0];
}
