import type { Readable } from 'node:stream';

import { Inject, Injectable } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';

import type { Attachment } from '../dossier/events';
import type { EvidenceStore, StoredEvidence } from '../engine/evidence-store';
import { unitStep } from '../organisations/organisation';
import type { DossierView } from '../projections/dossier-view';
import { shownBeyondUnit } from '../projections/shown-attachments';
import type { Finding } from '../rules/finding';
import { hasRole, type Caller } from './access';
import { ActOnDossier, type DossierOutcome } from './dossier-commands';
import { GetDossier, Rehearse } from './dossier-queries';
import { PersonalDataReads } from './personal-data-reads';
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

/** What is known of an upload before a byte of it is read. */
export interface Admitted {
  readonly as: Attacher;
  /** The applicant, also of what the unit attaches. */
  readonly owner: string;
  /** What would refuse it now. */
  readonly refused: readonly Finding[];
}

export interface Download {
  readonly attachment: Attachment;
  readonly content: Readable;
}

/** Scans between the evidence store and the dossiers they belong to. */
@Injectable()
export class Evidence {
  constructor(
    @Inject(EVIDENCE_STORE) private readonly files: EvidenceStore,
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly reads: PersonalDataReads,
  ) {}

  /**
   * As whom the caller may attach to it, with what would refuse it now; undefined where it is not theirs.
   * Asked before a single byte is stored.
   */
  async admit(dossier: string, by: RequestContext): Promise<Admitted | undefined> {
    const view = await this.queries.execute(new GetDossier(dossier, by.caller, null));
    const as = view && attacherOf(view, by.caller);
    if (view === undefined || as === undefined) return undefined;
    const command = { type: as, attachment: nothing };
    const refused = await this.queries.execute(new Rehearse(dossier, command, by));
    return refused && { as, owner: view.applicant, refused };
  }

  /** Stores a file of the owner's under its content; nothing refers to it yet. Rejects with UnacceptableEvidence. */
  store(owner: string, content: Readable): Promise<StoredEvidence> {
    return this.files.put(owner, content);
  }

  /** Attaches a stored file to the dossier. */
  attach(
    dossier: string,
    as: Attacher,
    attachment: Attachment,
    context: RequestContext,
  ): Promise<DossierOutcome> {
    const identity = context.identity && { id: context.identity.id, digest: attachment.sha256 };
    return this.commands.execute(
      new ActOnDossier(dossier, { type: as, attachment }, { ...context, identity }),
    );
  }

  /** The file as the caller may see it; undefined where there is none that is theirs to see. */
  async open(id: string, by: RequestContext): Promise<Download | undefined> {
    const named = parseEvidenceId(id);
    if (named === undefined) return undefined;
    const view = await this.queries.execute(new GetDossier(named.dossier, by.caller, null));
    const attachment = view && asSeenBy(view, named.sha256, by.caller);
    if (view === undefined || attachment === undefined) return undefined;
    const { sha256 } = attachment;
    // Before the file is opened: where the record fails, nobody would close it.
    if (view.content.masking[sha256]?.nameShown === true) {
      await this.reads.record(view, `evidence/${sha256}`, by);
    }
    const content = await this.files.get(view.applicant, sha256);
    return content && { attachment, content };
  }
}

/** Stands for a file that has not arrived yet. */
const nothing: Attachment = { sha256: '', mediaType: '', bytes: 0, name: '' };

function attacherOf(view: DossierView, caller: Caller): Attacher | undefined {
  if (isApplicantOf(view, caller)) return 'AttachEvidence';
  return isUnitReviewerOf(view, caller) ? 'AttachUnitPaper' : undefined;
}

function isApplicantOf({ applicant }: DossierView, caller: Caller): boolean {
  return hasRole(caller, 'applicant') && applicant === caller.subject;
}

function isUnitReviewerOf({ chain }: DossierView, caller: Caller): boolean {
  return hasRole(caller, 'unit-reviewer') && chain[unitStep] === caller.organisation;
}

/**
 * M-27 (四(一)17): the applicant, their unit and auditors see the original; reviewers beyond the unit see
 * what was answered for, in its masked version where it shows the name. The unit's own papers need no answer.
 */
function asSeenBy(view: DossierView, sha256: string, caller: Caller): Attachment | undefined {
  const seesOriginal =
    isApplicantOf(view, caller) || isUnitReviewerOf(view, caller) || hasRole(caller, 'auditor');
  if (!seesOriginal) return shownBeyondUnit(view, sha256);
  const all = [...view.content.attachments, ...view.unitPapers];
  return all.find((attachment) => attachment.sha256 === sha256);
}
