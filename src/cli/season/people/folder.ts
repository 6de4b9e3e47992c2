import { evidenceFile, type EvidenceFile } from './evidence-files';
import type { Person } from './person';

type FileName = Parameters<typeof evidenceFile>[0];

/** A person's scans, kept as the sections name them. */
export class Folder {
  readonly #files = new Map<string, EvidenceFile>();

  constructor(private readonly person: Person) {}

  get files(): readonly EvidenceFile[] {
    return [...this.#files.values()];
  }

  /** The SHA-256 of the scan; it is made at its first mention. */
  scan(name: FileName): string {
    const known = this.#files.get(name) ?? evidenceFile(name, this.#note(name));
    this.#files.set(name, known);
    return known.sha256;
  }

  evidence(name: FileName): readonly [string] {
    return [this.scan(name)];
  }

  #note(name: string): string {
    return `SPECIMEN ${name}, applicant ${this.person.number}, ID ${this.person.idNumber}`;
  }
}
