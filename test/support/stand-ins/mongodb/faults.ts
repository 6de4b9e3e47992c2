import { CommandError } from './command-error';
import type { Doc } from './wire';

/** A command that has come in, before it is applied. */
export interface Call {
  readonly name: string;
  readonly command: Doc;
  /** Applies the command, or another one in its place; may be called later, or not at all. */
  readonly apply: (instead?: Doc) => Doc;
}

/** What becomes of a command: the reply, or the end of the connection. */
export type Fault = (call: Call) => Promise<Doc | 'disconnect'> | Doc | 'disconnect';

/** The connection ends before the command is applied. */
export const lost: Fault = () => 'disconnect';

/** The command is applied, and the connection ends before the client hears of it. */
export const unheard: Fault = ({ apply }) => {
  apply();
  return 'disconnect';
};

/** Of a bulk write only the first half is applied; then as {@link unheard}. */
export const halved: Fault = ({ command, apply }) => {
  const { updates } = command;
  if (Array.isArray(updates)) {
    const { txnNumber: _, ...once } = command;
    apply({ ...once, updates: updates.slice(0, Math.ceil(updates.length / 2)) as Doc[] });
  }
  return 'disconnect';
};

/** No answer, ever. */
export const hanging: Fault = () => new Promise<never>(() => undefined);

export function refused(code: number, message = 'refused'): Fault {
  return () => {
    throw new CommandError(code, message);
  };
}

/** The fault for what is chosen, while the rest goes on as usual. */
export function when(chosen: (call: Call) => boolean, fault: Fault): Fault {
  return (call) => (chosen(call) ? fault(call) : call.apply());
}

/** Who sends the nth command (from 1) dies with it: the fault meets that one, and none after it arrives. */
export function dyingAt(nth: number, fault: Fault): Fault {
  let count = 0;
  return (call) => {
    count += 1;
    if (count < nth) return call.apply();
    return count === nth ? fault(call) : 'disconnect';
  };
}

/** Only the nth command (from 1) meets the fault. */
export function failingAt(nth: number, fault: Fault): Fault {
  let count = 0;
  return (call) => {
    count += 1;
    return count === nth ? fault(call) : call.apply();
  };
}
