import type { Instant } from '../engine/instant';
import type { Text } from './finding';

/** An instant to the minute as people read it, in Beijing time. */
export function moment(instant: Instant): Text {
  const [year, month, day] = instant.slice(0, 10).split('-').map(Number);
  const time = instant.slice(11, 16);
  return {
    zh: `${year ?? ''}年${month ?? ''}月${day ?? ''}日${time}`,
    en: `${instant.slice(0, 10)} ${time} Beijing time`,
  };
}
