import type { Choice } from '../../src/dossier/events';
import type { Json } from '../../src/engine/event-store';
import type { Masking } from '../../src/rules/masking';
import type { Must } from './checker';

/** What lies in the dossier, as the checker wrote it down. */
export class Paperwork {
  choice: Choice | null = null;
  readonly sections = new Map<string, Json>();
  readonly attachments = new Set<string>();
  readonly masking = new Map<string, Masking>();

  choose(choice: Choice): void {
    this.choice = choice;
  }

  /** A copy of what the notice in the unit shows (附件1). */
  shown(): unknown {
    const parts = [
      ...['basicInformation', 'qualification'],
      ...['practiceAbility', 'achievements', 'otherAttachments'],
    ];
    return structuredClone([this.choice, ...parts.map((part) => this.sections.get(part) ?? null)]);
  }

  /** 四(一)17: every scan the sections name is answered, and shows no name or has a masked version. */
  mustBeMasked(must: Must): void {
    const text = JSON.stringify([...this.sections.values()]);
    for (const sha256 of this.attachments) {
      if (!text.includes(`"${sha256}"`)) continue;
      const answer = this.masking.get(sha256);
      must(answer !== undefined, `masking of ${sha256} is unanswered`);
      const { nameShown, maskedVersion } = answer ?? { nameShown: true, maskedVersion: null };
      must(!nameShown || this.attachments.has(maskedVersion ?? ''), `${sha256} is unmasked`);
    }
  }

  /** The other attachments (四(一)15) hold a scan of this paper of the unit. */
  holds(paper: string): boolean {
    const others = this.sections.get('otherAttachments') as
      Record<string, { evidence?: unknown } | undefined> | undefined;
    const places: Record<string, unknown> = {
      'publicity-notice': others?.publicityNotice,
      'publicity-result': others?.publicityResult,
      'political-conduct': others?.politicalConduct?.evidence,
      'integrity-certificate': others?.integrityCertificate?.evidence,
    };
    const scans = places[paper];
    return Array.isArray(scans) && scans.some((scan) => this.attachments.has(String(scan)));
  }

  /** 四(一)1: stationed in a village this year. */
  get stationed(): boolean {
    const identity = this.sections.get('basicInformation') as
      { villageStationing?: { stationed?: unknown } } | undefined;
    return identity?.villageStationing?.stationed === true;
  }
}
