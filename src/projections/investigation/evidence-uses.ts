import type { Position, RecordedEvent } from '../../engine/event-store';
import type { Instant } from '../../engine/instant';
import type { Look, Projection } from '../../engine/projection';
import { dossierStreams, idOf, roundOf } from '../../dossier/stream';
import { dossierEvent } from '../../dossier/upcasters';

/** Whether the applicant attached it, or the unit among its own papers. */
export type UsedAs = 'evidence' | 'unit-paper';

/** That a file was attached to a dossier. */
export type EvidenceUse = {
  readonly is: 'use';
  readonly id: string;
  readonly sha256: string;
  readonly dossier: string;
  readonly round: string;
  readonly applicant: string;
  readonly as: UsedAs;
  readonly at: Instant;
  readonly position: Position;
  readonly revision: number;
  readonly attachedBy: { readonly account: string; readonly organisation: string | null };
  /** Recommendations that name it, of a unit's paper. */
  readonly recommendations: readonly {
    readonly submission: number;
    /** What it was named as: `publicity-notice`. */
    readonly paper: string;
    readonly at: Instant;
    readonly position: Position;
  }[];
  readonly jurisdiction: readonly string[];
};

/** What a dossier filed. */
export type Filings = {
  readonly is: 'filings';
  readonly filings: readonly FilingOf[];
};

export type FilingOf = {
  readonly number: number;
  readonly at: Instant;
  readonly contentHash: string;
  readonly revision: number;
};

export const filingsKey = (dossier: string): string => `filings/${dossier}`;

/** Every use of every file, in dossiers of all years and people (四(一)16). */
export const evidenceUses: Projection<EvidenceUse | Filings> = {
  name: 'evidence-uses',
  version: 1,
  prefixes: [dossierStreams],
  indexes: [{ name: 'by-evidence', by: ['sha256'], order: 'at' }],
  keys(recorded) {
    const event = dossierEvent(recorded);
    const dossier = idOf(recorded.stream);
    switch (event.type) {
      case 'EvidenceAttached':
        return [useKey(event.data.attachment.sha256, 'evidence', dossier)];
      case 'UnitPaperAttached':
        return [useKey(event.data.attachment.sha256, 'unit-paper', dossier)];
      case 'DossierSubmitted':
      case 'DossierResubmitted':
        return [filingsKey(dossier)];
      case 'DossierRecommended': {
        const papers = Object.values(event.data.papers);
        // How many were filed: looked at, and left as it is.
        return [filingsKey(dossier), ...papers.map((sha) => useKey(sha, 'unit-paper', dossier))];
      }
      default:
        return [];
    }
  },
  project(document, recorded, key, look) {
    const event = dossierEvent(recorded);
    switch (event.type) {
      case 'EvidenceAttached':
      case 'UnitPaperAttached': {
        const as = event.type === 'EvidenceAttached' ? 'evidence' : 'unit-paper';
        return attached(recorded, key, { sha256: event.data.attachment.sha256, as });
      }
      case 'DossierSubmitted':
      case 'DossierResubmitted': {
        const { number, at, contentHash } = event.data.filing;
        const { filings } = document?.is === 'filings' ? document : { filings: [] };
        const { revision } = recorded;
        return { is: 'filings', filings: [...filings, { number, at, contentHash, revision }] };
      }
      case 'DossierRecommended':
        return document?.is === 'use'
          ? recommended(document, recorded, event.data.papers, look)
          : document;
      default:
        return document;
    }
  },
};

function useKey(sha256: string, as: UsedAs, dossier: string): string {
  return `use/${sha256}/${as}/${dossier}`;
}

function attached(
  { stream, revision, position, metadata }: RecordedEvent,
  id: string,
  file: Pick<EvidenceUse, 'sha256' | 'as'>,
): EvidenceUse {
  const { actor, at, jurisdiction, person } = metadata;
  const dossier = idOf(stream);
  return {
    is: 'use',
    id,
    ...file,
    dossier,
    round: roundOf(dossier) ?? '',
    applicant: person ?? '',
    at,
    position,
    revision,
    attachedBy:
      actor.kind === 'person'
        ? { account: actor.subject, organisation: actor.organisation }
        : { account: actor.process, organisation: null },
    recommendations: [],
    jurisdiction,
  };
}

function recommended(
  use: EvidenceUse,
  { position, metadata }: RecordedEvent,
  papers: Readonly<Record<string, string>>,
  look: Look<EvidenceUse | Filings>,
): EvidenceUse {
  const filed = look(filingsKey(use.dossier));
  const submission = filed?.is === 'filings' ? filed.filings.length : 0;
  const named = Object.entries(papers)
    .filter(([, sha256]) => sha256 === use.sha256)
    .map(([paper]) => ({ submission, paper, at: metadata.at, position }));
  return { ...use, recommendations: [...use.recommendations, ...named] };
}

/** A submission a file was in. */
export type SubmissionOfUse = Omit<FilingOf, 'revision'>;

/**
 * The submissions a file was filed with. Nothing attached is ever taken away again: the content of every
 * submission after it, and so its hash, holds the attachment. A unit's paper belongs to the submission the
 * unit was reviewing when it attached it.
 */
export function submissionsOf(use: EvidenceUse, { filings }: Filings): readonly SubmissionOfUse[] {
  const filed =
    use.as === 'evidence'
      ? filings.filter(({ revision }) => revision > use.revision)
      : filings.filter(({ revision }) => revision < use.revision).slice(-1);
  return filed.map(({ number, at, contentHash }) => ({ number, at, contentHash }));
}
