import { Injectable } from '@nestjs/common';

/** Commands that have arrived whole at this instance and are not answered yet. */
@Injectable()
export class CommandsInHand {
  readonly #open = new Set<Promise<void>>();

  /** A command has arrived; what is returned is to be called once it is answered. */
  begin(): () => void {
    let answered = (): void => undefined;
    const command = new Promise<void>((resolve) => {
      answered = resolve;
    });
    this.#open.add(command);
    return () => {
      this.#open.delete(command);
      answered();
    };
  }

  /** Resolves once every command that was in hand when this was asked is answered. */
  async settled(): Promise<void> {
    await Promise.all([...this.#open]);
  }
}
