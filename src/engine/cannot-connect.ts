/** A store cannot be used as it is configured; the message is one sentence that says what to change. */
export class CannotConnect extends Error {
  override readonly name = 'CannotConnect';
  constructor(
    sentence: string,
    /** Whether waiting may help: the server may be starting. */
    readonly temporary = false,
  ) {
    super(sentence);
  }
}
