/** Runs a command line in this process, in a world of the test's own. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../../src-cli/run.ts';
import type { Input, Replacement, World } from '../../src-cli/world.ts';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The document on stdout. */
  readonly json: unknown;
  readonly replaced: Replacement | undefined;
  /** What the person was asked for without echo. */
  readonly asked: readonly string[];
}

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Given extends Partial<Omit<World, 'input'>> {
  /** What a pipe brings; none is an empty pipe. */
  readonly piped?: string;
  /** What a person at a terminal answers, one question after the other. */
  readonly typed?: readonly string[];
  /** Called with every line as it is printed. */
  onPrint?(line: string): void;
}

export async function runCommand(argv: readonly string[], given: Given = {}): Promise<Ran> {
  const { piped = '', typed, onPrint, ...more } = given;
  const stdout: string[] = [];
  const stderr: string[] = [];
  const asked: string[] = [];
  let replaced: Replacement | undefined;
  const answers = [...(typed ?? [])];
  const input: Input = {
    isTerminal: typed !== undefined,
    readAll: async () => piped,
    askHidden: async (question) => {
      asked.push(question);
      return answers.shift() ?? '';
    },
  };
  const code = await run(argv, {
    env: {},
    platform: 'linux',
    userHome: '/nobody',
    isSuperuser: false,
    program: {
      root,
      version: '0.1.0',
      entry: (name) => join(root, name === 'ledger' ? 'src-ledger/ledger.ts' : `test/cli/run-command.ts`),
    },
    input,
    interrupted: new AbortController().signal,
    now: () => Date.parse('2026-11-21T12:00:00Z'),
    print: (line) => {
      stdout.push(line);
      onPrint?.(line);
    },
    tell: (line) => void stderr.push(line),
    replace: async (program) => {
      replaced = program;
      return 0;
    },
    ...more,
  });
  return {
    code,
    stdout: stdout.join('\n'),
    stderr: stderr.join('\n'),
    replaced,
    asked,
    get json(): unknown {
      return JSON.parse(stdout.join('\n')) as unknown;
    },
  };
}
