import type { Readable } from 'node:stream';

import { Inject, Injectable } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';

import type { Attachment } from '../dossier/events';
import type { EvidenceStore } from '../engine/evidence-store';
import type { Caller } from './access';
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

  /** Whether the caller may attach to it; asked before a single byte is stored. */
  async mayAttach(dossier: string, caller: Caller): Promise<boolean> {
    const view = await this.queries.execute(new GetDossier(dossier, caller, null));
    return view?.applicant === caller.subject;
  }

  /** Stores the file, then attaches it; rejects with UnacceptableEvidence. */
  async attach(
    dossier: string,
    file: { readonly name: string; readonly content: Readable },
    context: RequestContext,
  ): Promise<{ readonly attachment: Attachment; readonly outcome: DossierOutcome }> {
    const stored = await this.store.put(file.content);
    const attachment = { ...stored, name: file.name };
    const identity = context.identity && { id: context.identity.id, digest: stored.sha256 };
    const outcome = await this.commands.execute(
      new ActOnDossier(dossier, { type: 'AttachEvidence', attachment }, { ...context, identity }),
    );
    return { attachment, outcome };
  }

  /** The file as the caller may see it; undefined where there is none that is theirs to see. */
  async open(id: string, caller: Caller): Promise<Download | undefined> {
    const named = parseEvidenceId(id);
    if (named === undefined) return undefined;
    const view = await this.queries.execute(new GetDossier(named.dossier, caller, null));
    const attachment = view?.content.attachments.find(({ sha256 }) => sha256 === named.sha256);
    const content = attachment && (await this.store.get(attachment.sha256));
    return content && { attachment, content };
  }
}
