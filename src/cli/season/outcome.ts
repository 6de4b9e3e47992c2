import type { Act, Caller } from './act';
import { submissionLimit, windows } from './notice';
import { dayOf, shownOf } from './publicity';
import { canonical, type AfterAcceptance, type Attachment, type Standing } from './standing';

/** What the system closes by itself once a window is over (T-5). */
export function settled(standing: Standing, at: number): Standing {
  const { state, filings, trail } = standing;
  const late =
    (state === 'draft' && at > windows.filingCloses) ||
    (state === 'returned' && at > windows.reviewCloses);
  if (!late) return standing;
  const closedBy = filings.length === 0 ? 'never-submitted' : 'not-resubmitted';
  return { ...standing, state: 'closed', closedBy, trail: [...trail, 'DossierClosed'] };
}

/** How a dossier stands after an act the service has accepted. */
export function afterAct(standing: Standing, act: Act, by: Caller, at: number): Standing {
  const { work, pending, filings } = standing;
  switch (act.kind) {
    case 'look':
    case 'precheck':
    case 'receipts':
      return standing;
    case 'open': {
      const { choice } = act;
      const state = pending === null ? 'draft' : 'returned';
      const event = standing.state === 'unopened' ? 'DossierOpened' : 'DossierReopened';
      return recorded({ ...standing, state, closedBy: null, work: { ...work, choice } }, event);
    }
    case 'save': {
      const { section, content, flaws = standing.flaws[section] ?? [] } = act;
      if (canonical(work.sections[section]) === canonical(content)) return standing;
      const sections = { ...work.sections, [section]: content };
      const event = standing.state === 'returned' ? 'SectionRevised' : 'SectionSaved';
      const saved = { ...standing, flaws: { ...standing.flaws, [section]: flaws } };
      return recorded({ ...saved, work: { ...work, sections } }, event);
    }
    case 'attach':
      return attached(standing, act.file);
    case 'mask': {
      const { sha256, nameShown, maskedVersion } = act;
      const answer = { nameShown, maskedVersion };
      if (canonical(work.masking[sha256]) === canonical(answer)) return standing;
      const masking = { ...work.masking, [sha256]: answer };
      return recorded({ ...standing, work: { ...work, masking } }, 'MaskingAnswered');
    }
    case 'explain': {
      const { reason, explanation } = act;
      if (standing.explained[reason] === explanation) return standing;
      const explained = { ...standing.explained, [reason]: explanation };
      return recorded({ ...standing, explained }, 'ReasonExplained');
    }
    case 'submit':
      return recorded(
        {
          ...standing,
          state: 'under-review',
          step: 0,
          filings: [...filings, work],
          pending: null,
          explained: {},
        },
        filings.length === 0 ? 'DossierSubmitted' : 'DossierResubmitted',
      );
    case 'withdraw':
      return recorded({ ...standing, state: 'withdrawn' }, 'DossierWithdrawn');
    case 'publish': {
      const shown = shownOf(work);
      if (standing.publicity?.shown === shown) return standing;
      const publicity = { firstDay: dayOf(at), shown };
      return recorded({ ...standing, publicity }, 'PublicityStarted');
    }
    case 'object': {
      const objections = [...standing.objections, { settled: false }];
      return recorded({ ...standing, objections }, 'ObjectionRecorded');
    }
    case 'settle-objection': {
      const objections = standing.objections.map(({ settled }, index) => ({
        settled: settled || index === act.number - 1,
      }));
      return recorded({ ...standing, objections }, 'ObjectionSettled');
    }
    case 'recommend':
      return recorded({ ...standing, step: 1 }, 'DossierRecommended');
    case 'endorse':
      return recorded({ ...standing, step: standing.step + 1 }, 'DossierEndorsed');
    case 'accept':
      return recorded({ ...standing, state: 'accepted' }, 'DossierAccepted');
    case 'return': {
      const returned = {
        ...standing,
        state: 'returned' as const,
        returns: standing.returns + 1,
        pending: act.reasons,
        explained: {},
      };
      if (filings.length < submissionLimit) return recorded(returned, 'DossierReturned');
      const closed = { ...returned, state: 'closed', closedBy: 'submission-limit' } as const;
      return recorded(closed, 'DossierReturned', 'DossierClosed');
    }
    case 'fee':
      return recorded(concluded(standing, { fee: true }), 'FeeReceived');
    case 'printed-forms':
      return recorded(concluded(standing, { printedForms: true }), 'PrintedFormsReceived');
    case 'appoint-defence':
      return recorded(
        concluded(standing, { appointedFor: Date.parse(act.defenceAt) }),
        'DefenceScheduled',
      );
    case 'conclude-defence': {
      // Whoever was absent with cause is given another appointment.
      const excused = !act.attended && act.cause !== null;
      const change = excused ? { appointedFor: null } : { defended: true };
      return recorded(concluded(standing, change), 'DefenceConcluded');
    }
    case 'open-case':
      return { ...standing, falsification: { openedBy: by.subject, decided: false } };
    case 'decide-case':
      return decided(standing, act.upheld);
  }
}

/** A scan of the applicant's, or, while the unit has it, a paper of the unit. */
function attached(standing: Standing, file: Attachment): Standing {
  const { work, unitPapers } = standing;
  if (standing.state === 'under-review') {
    if (unitPapers.includes(file.sha256)) return standing;
    const added = { ...standing, unitPapers: [...unitPapers, file.sha256] };
    return recorded(added, 'UnitPaperAttached');
  }
  if (work.attachments.some(({ sha256 }) => sha256 === file.sha256)) return standing;
  const attachments = [...work.attachments, file];
  return recorded({ ...standing, work: { ...work, attachments } }, 'EvidenceAttached');
}

function concluded(standing: Standing, change: Partial<AfterAcceptance>): Standing {
  return { ...standing, after: { ...standing.after, ...change } };
}

/** An upheld case ends the dossier, an accepted one too (四(一)16). */
function decided(standing: Standing, upheld: boolean): Standing {
  const { falsification } = standing;
  const openedBy = falsification?.openedBy ?? '';
  const settledCase = { ...standing, falsification: { openedBy, decided: true } };
  if (!upheld) return settledCase;
  const closed = { ...settledCase, state: 'closed', closedBy: 'falsification' } as const;
  return recorded(closed, 'DossierFalsified');
}

function recorded(standing: Standing, ...events: readonly string[]): Standing {
  return { ...standing, trail: [...standing.trail, ...events] };
}
