import type { Finding } from '../findings';
import { chinese } from './chinese';
import { english } from './english';
import type { Wording } from './wording';

export const languages = { zh: chinese, en: english } as const;

export function sentence({ findings }: Wording, finding: Finding): string {
  const say = findings[finding.what] as (finding: Finding) => string;
  return say(finding);
}
