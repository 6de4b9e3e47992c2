import { evidenceFile } from '../people/evidence-files';
import { attaching } from '../steps';
import { put } from './edit';
import type { Fault } from './fault';

/** SHA-256 of a file that nobody has. */
export const neverUploaded = '0'.repeat(64);

/*
 * What is found of the answers about masking (M-27) follows from the answers themselves, so that the
 * faults say nothing of it.
 */
export const scanFaults: readonly Fault[] = [
  {
    name: 'nobody says whether a scan shows the name',
    area: 'otherAttachments',
    fits: () => true,
    break: (dossier) => {
      const section = 'otherAttachments';
      const file = evidenceFile('further.png', `SPECIMEN ${dossier.scan}, ${dossier.filings}`);
      const entry = { description: '单位出具的工作证明', evidence: [file.sha256] };
      const content = put('/further', [entry])(dossier.sections[section] ?? {}, dossier);
      return { acts: [attaching(file), { kind: 'save', section, content }], refused: true };
    },
  },
  {
    name: 'a scan shows the name, and its masked version is missing',
    area: 'masking',
    fits: () => true,
    break: ({ scan: sha256 }) => ({
      acts: [{ kind: 'mask', sha256, nameShown: true, maskedVersion: null }],
      refused: true,
    }),
  },
];
