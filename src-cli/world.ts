/** Everything a command may touch besides files and sockets. The entry file makes the real one, tests their own. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  /** The person's home folder, as the OS knows it. */
  readonly userHome: string;
  readonly isSuperuser: boolean;
  readonly program: Program;
  readonly input: Input;
  /** Aborts when the person asks the command to stop. */
  readonly interrupted: AbortSignal;
  /** Milliseconds since 1970, wall clock. */
  now(): number;
  /** One line on stdout. */
  print(line: string): void;
  /** One line on stderr. */
  tell(line: string): void;
  /** Becomes another program where the system allows it, else runs it and answers its exit code. */
  replace(program: Replacement): Promise<number>;
}

export interface Program {
  /** The folder of package.json. */
  readonly root: string;
  readonly version: string;
  /** The file of one of our processes. */
  entry(name: 'headless' | 'ledger' | 'vendors'): string;
}

export interface Replacement {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Standard input: a person who answers without echo, or a pipe that is read to its end. */
export interface Input {
  readonly isTerminal: boolean;
  /** Faults: INPUT_TOO_LONG. */
  readAll(): Promise<string>;
  /** Asks on stderr. Faults: INTERRUPTED, INPUT_TOO_LONG. */
  askHidden(question: string): Promise<string>;
}
