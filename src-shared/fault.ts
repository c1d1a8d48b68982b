/**
 * A fault: our mistake, or the world's. Denials are values (see model/denial.ts); faults are thrown.
 *
 * The code is stable and safe to show anyone. The message is a plain sentence and the remedy says what to do; neither
 * ever holds a secret, a token or a customer's data, because both cross processes and reach logs.
 */
export class Fault extends Error {
  readonly code: string;
  readonly remedy: string | undefined;

  constructor(code: string, message: string, remedy?: string) {
    super(message);
    this.name = 'Fault';
    this.code = code;
    this.remedy = remedy;
  }
}

/** Any thrown value as a Fault. What is not one of ours says nothing of itself: its message may quote a secret. */
export function asFault(thrown: unknown): Fault {
  return thrown instanceof Fault ? thrown : new Fault('INTERNAL', 'Something unexpected went wrong.');
}
