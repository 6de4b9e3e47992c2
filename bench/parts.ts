import { growthOf } from './growth/growth';
import type { Part } from './harness/part';
import { append } from './parts/append';
import { save, submit } from './parts/commands';
import { encryption } from './parts/encryption';
import { lag } from './parts/lag';
import { memory } from './parts/memory';
import { queue } from './parts/queue';
import { rebuild } from './parts/rebuild';
import { reports } from './parts/reports';
import { start } from './parts/start';
import { verify } from './parts/verify';

const measuring: readonly Part[] = [
  append,
  submit,
  save,
  queue,
  rebuild,
  lag,
  verify,
  start,
  memory,
  encryption,
  reports,
];

/** In the order they run. */
export const parts: readonly Part[] = [...measuring, growthOf(measuring)];
