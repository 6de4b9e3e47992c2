import { noteSigner } from '../../src/audit/note-keys';
import { suite } from './support';

const seed = (filler: number) => Buffer.alloc(suite.seedBytes, filler);

export const log = noteSigner(suite, 'title-review.example/log', 'log', seed(1));
export const otherLog = noteSigner(suite, 'title-review.example/log', 'log', seed(2));
export const elsewhere = noteSigner(suite, 'elsewhere.example/log', 'log', seed(1));
export const witness = noteSigner(suite, 'witness.example/w1', 'witness', seed(3));
export const otherWitness = noteSigner(suite, 'witness.example/w2', 'witness', seed(4));
