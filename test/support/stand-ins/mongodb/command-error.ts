/** What a command, or one write of it, is refused with. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}
