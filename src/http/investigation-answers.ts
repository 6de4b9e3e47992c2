import type { Actor } from '../engine/event-store';
import type { Lead, LeadPart } from '../projections/investigation/lead';
import type { TimelineEntry } from '../projections/investigation/timeline';
import { wordingOf } from '../projections/investigation/wording/lead-sentences';
import type { Language } from './language';

/** An entry of a timeline in one language. */
export function told({ sentence, changes, reasons, ...entry }: TimelineEntry, language: Language) {
  return {
    ...entry,
    actor: accountOf(entry.actor),
    sentence: sentence[language],
    changes: changes.map(({ title, ...change }) => ({ ...change, title: title[language] })),
    reasons: reasons.map((reason) => reason[language]),
  };
}

function accountOf(actor: Actor) {
  return actor.kind === 'person'
    ? { account: actor.subject, roles: actor.roles, organisation: actor.organisation }
    : { process: actor.process };
}

/** A lead in one language. */
export function leadTold(lead: Lead, nameOf: (organisation: string) => string, language: Language) {
  const { id, kind, at, address, sha256, measures, parts } = lead;
  const { title, sentence, explanations } = wordingOf(lead, nameOf);
  return {
    ...{ id, kind, at, address, sha256, measures },
    title: title[language],
    sentence: sentence[language],
    /** What it may innocently come from. */
    explanations: explanations.map((explanation) => explanation[language]),
    dossiers: lead.dossier === null ? each(parts, ({ dossier }) => dossier) : [lead.dossier],
    accounts: each(parts, ({ account }) => account),
    /** What it rests on: each can be looked up in the trail, and proven to be in the log. */
    events: parts.map(({ jurisdiction: _, ...part }) => part),
  };
}

function each(parts: readonly LeadPart[], by: (part: LeadPart) => string): readonly string[] {
  return [...new Set(parts.map(by))];
}
