import type { Readable } from 'node:stream';

import { Inject, Injectable } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';

import type { Attachment } from '../dossier/events';
import type { EvidenceStore } from '../engine/evidence-store';
import { unitStep } from '../organisations/organisation';
import type { DossierView } from '../projections/dossier-view';
import { hasRole, type Caller } from './access';
import { ActOnDossier, type DossierOutcome } from './dossier-commands';
import { GetDossier } from './dossier-queries';
import { EVIDENCE_STORE } from './ports';
import type { RequestContext } from './request';

/** Evidence belongs to the dossier it was uploaded for: its id names both. */
export function evidenceId(dossier: string, sha256: string): string {
  return `${dossier}.${sha256}`;
}

export function parseEvidenceId(
  id: string,
): { readonly dossier: string; readonly sha256: string } | undefined {
  const [, dossier, sha256] = /^([a-z0-9-]+)\.([0-9a-f]{64})$/.exec(id) ?? [];
  return dossier === undefined || sha256 === undefined ? undefined : { dossier, sha256 };
}

/** The applicant's evidence, or a paper of the unit that reviews it. */
export type Attacher = 'AttachEvidence' | 'AttachUnitPaper';

export interface Download {
  readonly attachment: Attachment;
  readonly content: Readable;
}

/** Scans between the evidence store and the dossiers they belong to. */
@Injectable()
export class Evidence {
  constructor(
    @Inject(EVIDENCE_STORE) private readonly store: EvidenceStore,
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  /** As whom the caller may attach to it, if at all; asked before a single byte is stored. */
  async attacher(dossier: string, caller: Caller): Promise<Attacher | undefined> {
    const view = await this.queries.execute(new GetDossier(dossier, caller, null));
    if (view === undefined) return undefined;
    if (isApplicantOf(view, caller)) return 'AttachEvidence';
    return isUnitReviewerOf(view, caller) ? 'AttachUnitPaper' : undefined;
  }

  /** Stores the file, then attaches it; rejects with UnacceptableEvidence. */
  async attach(
    dossier: string,
    type: Attacher,
    file: { readonly name: string; readonly content: Readable },
    context: RequestContext,
  ): Promise<{ readonly attachment: Attachment; readonly outcome: DossierOutcome }> {
    const stored = await this.store.put(file.content);
    const attachment = { ...stored, name: file.name };
    const identity = context.identity && { id: context.identity.id, digest: stored.sha256 };
    const outcome = await this.commands.execute(
      new ActOnDossier(dossier, { type, attachment }, { ...context, identity }),
    );
    return { attachment, outcome };
  }

  /** The file as the caller may see it; undefined where there is none that is theirs to see. */
  async open(id: string, caller: Caller): Promise<Download | undefined> {
    const named = parseEvidenceId(id);
    if (named === undefined) return undefined;
    const view = await this.queries.execute(new GetDossier(named.dossier, caller, null));
    const attachment = view && asSeenBy(view, named.sha256, caller);
    const content = attachment && (await this.store.get(attachment.sha256));
    return content && { attachment, content };
  }
}

function isApplicantOf({ applicant }: DossierView, caller: Caller): boolean {
  return hasRole(caller, 'applicant') && applicant === caller.subject;
}

function isUnitReviewerOf({ chain }: DossierView, caller: Caller): boolean {
  return hasRole(caller, 'unit-reviewer') && chain[unitStep] === caller.organisation;
}

/**
 * M-27 (四(一)17): the applicant, their unit and auditors see the original; reviewers beyond the unit see
 * its masked version in its place, and nothing of an attachment that has none yet.
 */
function asSeenBy(view: DossierView, sha256: string, caller: Caller): Attachment | undefined {
  const { attachments, masking } = view.content;
  const all = [...attachments, ...view.unitPapers];
  const find = (wanted: string) => all.find((attachment) => attachment.sha256 === wanted);
  const seesOriginal =
    isApplicantOf(view, caller) || isUnitReviewerOf(view, caller) || hasRole(caller, 'auditor');
  const answer = masking[sha256];
  if (seesOriginal || answer?.nameShown !== true) return find(sha256);
  return answer.maskedVersion === null ? undefined : find(answer.maskedVersion);
}
