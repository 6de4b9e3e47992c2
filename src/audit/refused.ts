/** Why something that claims to prove was not believed. */
export type RefusalReason =
  | 'malformed-key'
  | 'malformed-note'
  | 'too-many-signatures'
  | 'unsigned'
  | 'wrong-signature'
  | 'malformed-checkpoint'
  | 'wrong-origin'
  | 'rollback'
  | 'split-view'
  | 'inconsistent';

/** What was handed in proves nothing, or proves that somebody lied; `message` says where. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(
    readonly reason: RefusalReason,
    message: string,
  ) {
    super(message);
  }
}
