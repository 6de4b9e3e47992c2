import type { Caller, ConcludingAct } from './act';
import { blocks, warns, type Found } from './findings';
import {
  defenceMinutes,
  defendingTiers,
  fees,
  lastDayForFees,
  printedForms,
  refusal,
} from './notice';
import { dayOf } from './publicity';
import { isReviewerAt } from './review';
import type { Standing } from './standing';

/** Everything the notice has to say of an act that follows the acceptance (四(一)18, 19). */
export function conclusionFindings(
  standing: Standing,
  act: ConcludingAct,
  by: Caller,
  at: number,
): readonly Found[] {
  if (standing.state !== 'accepted') return [blocks(refusal.notAccepted)];
  const { after, chain, work } = standing;
  switch (act.kind) {
    case 'fee':
      return [
        ...onlyFor(chain.some((_, step) => isReviewerAt(standing, step, by))),
        ...onlyOnce(after.fee),
        ...(act.amount === fees[work.choice?.level ?? '']
          ? []
          : [blocks(refusal.otherFee, '/amount')]),
        ...overdue(at),
      ];
    case 'printed-forms':
      return [
        ...onlyFor(chain.some((_, step) => isReviewerAt(standing, step, by))),
        ...onlyOnce(after.printedForms),
        ...(act.copies === printedForms ? [] : [blocks(refusal.otherCopies, '/copies')]),
        ...overdue(at),
      ];
    case 'appoint-defence':
      return [
        ...onlyFor(isReviewerAt(standing, chain.length - 1, by)),
        ...onlyOnce(after.defended),
        ...whoDefends(standing),
        ...(Date.parse(act.defenceAt) < at ? [blocks(refusal.defencePast, '/defenceAt')] : []),
      ];
    case 'conclude-defence': {
      const { attended, cause, minutes } = act;
      const { least, most } = defenceMinutes;
      const unusual = minutes !== null && (minutes < least || minutes > most);
      return [
        ...onlyFor(isReviewerAt(standing, chain.length - 1, by)),
        ...notBefore(after.appointedFor, at),
        ...onlyOnce(after.defended),
        ...(unusual ? [warns('M-28 defence-length-unusual', '/minutes')] : []),
        ...(attended || cause !== null ? [] : [warns('M-28 defence-absent-veto')]),
      ];
    }
  }
}

function onlyFor(entitled: boolean): readonly Found[] {
  return entitled ? [] : [blocks(refusal.otherOrganisation)];
}

function onlyOnce(recorded: boolean): readonly Found[] {
  return recorded ? [blocks(refusal.onRecord)] : [];
}

/** There is no outcome of a defence without an appointment, nor before it has begun. */
function notBefore(appointedFor: number | null, at: number): readonly Found[] {
  if (appointedFor === null) return [blocks(refusal.noAppointment)];
  return at < appointedFor ? [blocks(refusal.defenceAhead, '/attended')] : [];
}

/** Later is taken all the same, and shown as late. */
function overdue(at: number): readonly Found[] {
  return dayOf(at) > lastDayForFees ? [warns('T-4 form-and-fee-overdue')] : [];
}

/** Units of the region and the prefectures, and nobody stationed in a village this year. */
function whoDefends({ unit, work }: Standing): readonly Found[] {
  const identity = work.sections['basicInformation'] as {
    readonly villageStationing: { readonly stationed: boolean };
  };
  if (identity.villageStationing.stationed) return [blocks(refusal.stationed)];
  return defendingTiers.includes(unit.tier) ? [] : [blocks(refusal.noDefence)];
}
