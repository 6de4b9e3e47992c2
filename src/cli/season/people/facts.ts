import type { Policy } from '../../../rounds/policy';
import type { Career } from './career';
import type { Folder } from './folder';
import type { Person } from './person';
import type { Random } from './random';

/** What every section is filled in from. */
export interface Facts {
  readonly person: Person;
  readonly policy: Policy;
  readonly random: Random;
  readonly career: Career;
  readonly folder: Folder;
}
