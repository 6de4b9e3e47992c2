import type { Type } from '@nestjs/common';

import { DefenceDto, DefenceOutcomeDto } from '../../src/http/dto/conclusion.dto';
import { ExplanationDto } from '../../src/http/dto/dossier.dto';
import { DecideCaseDto, OpenCaseDto } from '../../src/http/dto/falsification.dto';
import { OrganisationDto } from '../../src/http/dto/organisation.dto';
import {
  ObjectionDto,
  ObjectionOutcomeDto,
  RecommendDto,
  StartPublicityDto,
} from '../../src/http/dto/review.dto';
import { PolicyChangeDto } from '../../src/http/dto/round.dto';
import { Problem } from '../../src/http/problem';
import { validationPipe } from '../../src/http/validation';

/** What is said of a body against its class: `code pointer` in order, nothing of one that is taken. */
async function findings(metatype: Type, body: object): Promise<readonly string[]> {
  try {
    await validationPipe().transform(body, { type: 'body', metatype });
    return [];
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    expect(error.status).toBe(400);
    return error.findings.map(({ code, pointer }) => `${code} ${pointer}`).sort();
  }
}

const fine = '经核查，属实';
const organisation = { kind: 'enterprise', tier: 'county', prefecture: 'ili', supervisedBy: 'b' };
const unit = { ...organisation, ownership: 'local-state', waterSystem: false };

/** Every free text a person must give, with the rest of a body that is taken. */
const texts: readonly (readonly [Type, field: string, rest: object])[] = [
  [StartPublicityDto, 'place', { telephone: '0999' }],
  [StartPublicityDto, 'telephone', { place: fine }],
  [ObjectionDto, 'text', {}],
  [ObjectionOutcomeDto, 'statement', { upheld: true }],
  [ExplanationDto, 'explanation', {}],
  [DefenceDto, 'meeting', { defenceAt: '2022-10-12T10:00:00+08:00' }],
  [DefenceOutcomeDto, 'cause', { attended: false }],
  [OpenCaseDto, 'grounds', { dossier: '2022-0' }],
  [DecideCaseDto, 'statement', { upheld: true }],
  [OrganisationDto, 'name', unit],
  [PolicyChangeDto, 'reason', { policy: {} }],
];

const invisible = ['', ' ', '\t\n', '　', '\u200b', '\ufeff', '\u00a0\u2060\u00ad', '\u3164\ufe0f'];

describe.each(texts)('%p.%s', (metatype, field, rest) => {
  it.each(invisible)('holds something to be seen, not %j', async (text) => {
    expect(await findings(metatype, { ...rest, [field]: text })).toEqual([
      `invalid-field /${field}`,
    ]);
  });

  it.each([fine, ' . ', '\u200b无', 'ئۇيغۇر', '𠮷'])('takes %j', async (text) => {
    expect(await findings(metatype, { ...rest, [field]: text })).toEqual([]);
  });

  it('is a text', async () => {
    expect(await findings(metatype, { ...rest, [field]: 5 })).toEqual([`invalid-field /${field}`]);
  });
});

describe('a recommendation', () => {
  const scan = 'a'.repeat(64);

  it('names every paper that is no SHA-256, and every answer that is no yes or no', async () => {
    const papers = {
      good: scan,
      number: 5,
      list: [scan],
      short: 'a',
      'a/b~c': null,
      upper: scan.toUpperCase(),
    };
    const checklist = { yes: true, text: 'true', nothing: null };
    expect(await findings(RecommendDto, { papers, checklist })).toEqual([
      'invalid-field /checklist/nothing',
      'invalid-field /checklist/text',
      'invalid-field /papers/a~1b~0c',
      'invalid-field /papers/list',
      'invalid-field /papers/number',
      'invalid-field /papers/short',
      'invalid-field /papers/upper',
    ]);
  });

  it.each([null, [scan], 'text', 5])('has papers by their codes, not %j', async (papers) => {
    expect(await findings(RecommendDto, { papers })).toEqual(['invalid-field /papers']);
  });

  it('may leave both out', async () => {
    expect(await findings(RecommendDto, {})).toEqual([]);
    expect(await findings(RecommendDto, { papers: { x: scan }, checklist: {} })).toEqual([]);
  });
});
