import type { Config } from '../config';
import { samplePeople } from '../sample/people';
import { practiceRound } from '../sample/practice-round';
import { mintToken } from './token';

/**
 * What to try first: a token for each role and three lines of curl. Undefined in production and where
 * tokens come from elsewhere: nothing is printed there.
 */
export async function greeting(config: Config, url: string): Promise<string | undefined> {
  if (config.environment === 'production' || config.auth.keys.kind !== 'local') return undefined;
  const tokens = await Promise.all(
    samplePeople.map(async (person) => ({ ...person, token: await mintToken(config, person) })),
  );
  const lines = tokens.map(
    ({ subject, roles, organisation, token }) =>
      `# ${roles.join(', ')} (${subject} @ ${organisation})\n${name(subject)}=${token}`,
  );
  const round = config.simulatedNow === null ? practiceRound : '2022';
  return [
    '',
    `Documentation: ${url}/docs    Data: ${config.dataDir}    Round to try: ${round}`,
    'Tokens of the sample people, good for 12 hours (paste them into a shell):',
    ...lines,
    '',
    'Three lines to try:',
    `curl -s ${url}/v1/dossiers -H "Authorization: Bearer $APPLICANT" -H 'content-type: application/json' \\`,
    `  -d '{"round":"${round}","level":"senior","specialty":"hydraulic-engineering","subSpecialty":"construction","organisation":"${samplePeople[0].organisation}","reviewRoute":"region"}'`,
    `curl -s ${url}/v1/dossiers -H "Authorization: Bearer $APPLICANT"`,
    `curl -s ${url}/v1/queue -H "Authorization: Bearer $UNIT_REVIEWER"`,
    '',
  ].join('\n');
}

/** `sample-unit-reviewer` as a shell variable: UNIT_REVIEWER. */
function name(subject: string): string {
  return subject.replace('sample-', '').replaceAll('-', '_').toUpperCase();
}
