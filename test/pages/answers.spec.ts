import type { ReportListed, ReportTold } from '../../src/http/report-answers';
import type { RoundView } from '../../src/http/round-answers';
import type { told } from '../../src/http/investigation-answers';
import type { Organisation } from '../../src/organisations/organisation';
import type { Dossier, TimelineEntry } from '../../src/pages/audit/answers';
import type * as page from '../../src/pages/reports/answers';
import type { DossierView } from '../../src/projections/dossier-view';

/** Compiles only where everything the service answers is what its pages read. */
type Reads<Page, Answer extends Page> = Answer extends Page ? true : never;

describe('What pages read', () => {
  it('is what the service answers, as the compiler sees it', () => {
    const all: [
      Reads<page.Report, ReportTold>,
      Reads<page.Listed, ReportListed>,
      Reads<page.Round, RoundView>,
      Reads<page.Organisation, Organisation>,
      Reads<TimelineEntry, ReturnType<typeof told>>,
      Reads<Dossier, DossierView>,
    ] = [true, true, true, true, true, true];
    expect(all).not.toContain(false);
  });
});
