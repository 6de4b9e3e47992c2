import type { DossierCommand } from '../../src/dossier/commands';
import type { Organisation } from '../../src/organisations/organisation';
import type { Level } from '../../src/rounds/policy';
import type { ReviewRoute } from '../../src/rules/scope';
import {
  chain,
  choice,
  draft,
  filled,
  opened,
  station,
  submit,
  submitted,
  withdrawn,
} from '../support/dossier';
import { given, type Expected } from '../support/scenario';

const southern = ['hotan', 'kashgar', 'aksu', 'kizilsu'];
const others = ['ili', 'changji', 'turpan', 'urumqi', null];

const notChosen: Expected = {
  code: 'review-route-not-chosen',
  rule: 'S-3',
  clause: '三(二)1',
  pointer: '/reviewRoute',
};
const ownReview: Expected = {
  code: 'outside-review-scope',
  rule: 'S-3',
  clause: '三(二)1',
  pointer: '/organisation',
};

const notOffered: Expected = {
  code: 'review-route-not-offered',
  rule: 'S-3',
  clause: '三(二)1',
  pointer: '/reviewRoute',
};

const unitIn = (prefecture: string | null): Organisation => ({ ...station, prefecture });
const opening = (reviewRoute: ReviewRoute | null, level: Level = 'senior'): DossierCommand => ({
  type: 'OpenDossier',
  choice: { ...choice, level, reviewRoute },
});

describe('S-3: the four southern prefectures choose one of two reviews', () => {
  it.each(southern)('%s: asks for the choice, and records it', (prefecture) => {
    const unit = unitIn(prefecture);
    given().of(unit).when(opening(null)).refuses(notChosen);
    given()
      .of(unit)
      .when(opening('region'))
      .then({
        type: 'DossierOpened',
        data: {
          ...{ round: '2022', applicant: 'applicant', unit, chain },
          choice: { ...choice, reviewRoute: 'region' },
        },
      });
  });

  it.each(southern)('%s: does not take who chose the prefecture’s own', (prefecture) => {
    given().of(unitIn(prefecture)).when(opening('prefecture')).refuses(ownReview);
  });

  it('may be chosen anew where the dossier is opened again', () => {
    const taken = [...draft(), withdrawn(null)];
    given(taken).of(unitIn('hotan')).when(opening(null)).refuses(notChosen);
    expect(given(taken).of(unitIn('hotan')).when(opening('region')).isRefused).toBe(false);
  });

  it.each(others)('does not ask units of %s', (prefecture) => {
    expect(given().of(unitIn(prefecture)).when(opening(null)).isRefused).toBe(false);
  });

  it.each(['intermediate', 'junior'] as const)('does not ask at %s level', (level) => {
    expect(given().of(unitIn('hotan')).when(opening(null, level)).isRefused).toBe(false);
  });

  it.each(others)('refuses a choice of the other review in %s, which holds none', (prefecture) => {
    const here = given().of(unitIn(prefecture));
    here.when(opening('prefecture')).refuses(notOffered);
    expect(here.when(opening('region')).isRefused).toBe(false);
  });

  it.each(['intermediate', 'junior'] as const)('refuses it at %s level', (level) => {
    given().of(unitIn('hotan')).when(opening('prefecture', level)).refuses(notOffered);
  });

  it('holds at the submission, where the unit has meanwhile moved there', () => {
    given(draft()).of(unitIn('kashgar')).when(submit).refuses(notChosen);
    given(draft()).of(unitIn('ili')).when(submit).then(submitted());
    const chosen = { ...filled(), choice: { ...choice, reviewRoute: 'region' as const } };
    expect(given(draft(chain, chosen)).of(unitIn('kashgar')).when(submit).isRefused).toBe(false);
    given(draft(chain, { ...chosen, choice: { ...choice, reviewRoute: 'prefecture' } }))
      .of(unitIn('kashgar'))
      .when(submit)
      .refuses(ownReview);
  });

  it('opens the first without a choice elsewhere', () => {
    given().when(opening(null)).then(opened());
  });
});
