import type { CheckpointProblem, Place } from '../findings';
import { perSecond, type Wording } from './wording';

const problems: Readonly<Record<CheckpointProblem, string>> = {
  form: 'it is no signed note',
  signature: 'the signature does not fit the text',
  'unknown-key': 'no log key that was given signed it',
  origin: 'it is of another log',
  content: 'its content is malformed',
  size: 'it is stored under another size than its note names',
  order: 'its size does not fit the place where it stands',
};

const at = ({ position, stream, revision }: Place) =>
  `position ${position} (stream ${stream}, revision ${revision})`;

export const english: Wording = {
  usage: [
    'Usage:',
    '  npm run verify -- --data <folder> --key <vkey> [--checkpoint <file>]',
    '  npm run verify -- --export <file> --key <vkey> [--checkpoint <file>]',
    '',
    '  --key         the public key of the log (vkey), from a source you trust; several after a change',
    '  --checkpoint  a checkpoint from elsewhere, or a WITNESS_FILE, for its newest; may be given several times',
    '  --witness     the public key of a witness who must have cosigned them; several times too',
    '  --lang        zh (default) or en',
    '',
    'Ends with 0 where nothing is wrong, 1 where something is, 2 where it was called wrongly.',
  ].join('\n'),
  malformedKey: (text) => `not a public key: ${text}`,
  unreadable: (path) => `cannot be read: ${path}`,
  progress: (percent, perSecond, left) =>
    `${percent} % read, ${perSecond} % a second, ${left} s left`,
  result: ({ events, sealed, trusted, stored, unknown, dossiers, trail }, seconds) => [
    `${events} events in ${seconds.toFixed(2)} s, ${perSecond(events, seconds)} a second.`,
    `Compared with checkpoints: ${trusted} from outside, ${stored} in the log` +
      (unknown > 0 ? ` (${unknown} of them signed by no key that was given).` : '.'),
    ...(trusted > 0
      ? []
      : [
          'None from outside: a log put back to an older copy, checkpoints and all, is not found out.',
        ]),
    `${sealed} events agree with a checkpoint, ${events - sealed} after it are not yet sealed.`,
    dossiers === null
      ? 'No documents (dossiers) to compare.'
      : `Documents (dossiers) compared with a replay: ${dossiers.dossiers}, up to position ${dossiers.position}.`,
    trail === null
      ? 'No audit trail to compare.'
      : `Entries of the audit trail compared with the log: ${trail}.`,
  ],
  sound: 'Result: nothing wrong was found.',
  first: 'Result: something is wrong. The first place:',
  others: 'Besides:',
  findings: {
    'damaged-file': ({ file, detail }) => `the file ${file} is damaged: ${detail}`,
    schema: ({ file, detail }) =>
      `the file ${file} is not built as the service builds it: ${detail}`,
    'value-type': ({ place, column }) => `${at(place)}: column ${column} is stored as another type`,
    'not-text': ({ place, column }) => `${at(place)}: column ${column} is not UTF-8 text`,
    'not-json': ({ place, column }) => `${at(place)}: column ${column} is not JSON`,
    'no-actor': ({ place }) => `${at(place)}: the metadata names no instant or no actor`,
    position: ({ place, expected }) => `${at(place)}: position ${expected} should be here`,
    revision: ({ place, expected }) => `${at(place)}: revision ${expected} should be here`,
    'repeated-id': ({ place }) => `${at(place)}: the event's id was there before`,
    changed: ({ place }) => `${at(place)}: the event is not the one that was sealed`,
    proof: ({ place }) => `${at(place)}: not proven to be in the log that the checkpoint signs`,
    'cut-end': ({ last, given }) =>
      `the end is cut off: the last event is at position ${last}, position ${given} was written`,
    tile: ({ level, tile }) => `tile ${tile} of level ${level} of the tree does not fit the events`,
    frontier: ({ size }) => `the tree's edge at ${size} events does not fit the events`,
    root: ({ size, after }) =>
      `something changed among the events ${after + 1} to ${size}: the root is not the one that the checkpoint of ${size} signs`,
    'too-short': ({ size, events }) =>
      `there should be ${size} events, there are ${events}: the log was cut off or put back`,
    checkpoint: ({ problem, where }) =>
      `a checkpoint is not to be believed (${typeof where === 'string' ? where : at(where)}): ${problems[problem]}`,
    'not-cosigned': ({ witness, where }) =>
      `the checkpoint (${where}) is not cosigned by ${witness}`,
    'other-size': ({ size, given }) =>
      `the export proves against a checkpoint of ${size} events, the one given is of ${given}: they cannot be compared`,
    'nothing-sealed': () => 'there is no checkpoint to compare with: nothing is proven',
    line: ({ line }) => `line ${line} of the export is malformed`,
    'documents-ahead': ({ position, events }) =>
      `the documents have reached position ${position}, the log has ${events} events: it was cut off or put back`,
    trail: ({ position, field }) =>
      `the audit trail differs from the log at position ${position}: ${field}`,
    document: ({ id, field, replayed, stored }) =>
      `the document of dossier ${id} differs from the log: ${field} is ${replayed} by replay, ${stored} in the document`,
  },
};
