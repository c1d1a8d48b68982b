import type { World } from './world.ts';

/** What a command found or did: for scripts, and for people. */
export interface Outcome {
  readonly json: unknown;
  /** Lines for a person; made plain by whoever wrote them (text.ts). Empty for nothing to say. */
  readonly text: string;
  /** Why the command exits 1 although it has an answer, in one plain line for stderr. */
  readonly failure?: string;
}

/** The options that every command takes. */
export interface Common {
  readonly json?: boolean;
  readonly home?: string;
}

/** What a command's registration is given. */
export interface Shell {
  readonly world: World;
  /** Waits for a command's work and shows what came of it. */
  answer(options: Common, work: Promise<Outcome>): Promise<void>;
  /** Ends with the exit code of a program that ran in our place, or a stream that ended. */
  exit(work: Promise<number>): Promise<void>;
}
