// The ledger as others check it: by the command of the product on the files alone, and by its separate verifier on an export,
// each export against the one before.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from './app.ts';

const exec = promisify(execFile);

interface Answer {
  readonly ok?: boolean;
  readonly entries?: number;
  readonly key?: string;
  readonly firstBad?: { readonly seq: number; readonly problem: string };
  readonly error?: { readonly code: string; readonly message: string };
}

/** Verifies the ledger of a home, by the app when it runs. Answers what is wrong. */
export async function verifyLedger(home: string): Promise<string[]> {
  const verdict = await bulkhead(['audit', 'verify', '--home', home]);
  return verdict.ok === true ? [] : [`audit verify: ${JSON.stringify(verdict)}`];
}

/** Exports the ledger of a running app and has the export verified. Answers what is wrong. */
export async function verifyExport(
  { home, operatorToken }: { home: string; operatorToken: string },
  out: string,
  before: string | null,
): Promise<string[]> {
  const { key = '', error } = await bulkhead(['audit', 'key', '--home', home]);
  const written = await bulkhead(['audit', 'export', '--out', out, '--home', home], operatorToken);
  if (error ?? written.error) return [`audit export: ${JSON.stringify(error ?? written.error)}`];
  const kept = before === null ? [] : ['--checkpoint', before];
  const verdict = await bulkhead(['audit', 'verify', '--file', out, '--key', key, ...kept]);
  return verdict.ok === true ? [] : [`audit verify --file: ${JSON.stringify(verdict)}`];
}

async function bulkhead(words: readonly string[], operatorToken = ''): Promise<Answer> {
  const program = join(root, 'out/main/bulkhead.js');
  const env = { BULKHEAD_OPERATOR_TOKEN: operatorToken };
  const ran = exec(process.execPath, [program, ...words, '--json'], { env, maxBuffer: 64 * 1024 * 1024 });
  const { stdout } = await ran.catch((thrown: unknown) => ({
    stdout: String((thrown as { stdout?: unknown }).stdout),
  }));
  try {
    return JSON.parse(stdout) as Answer;
  } catch {
    return { error: { code: 'NO_ANSWER', message: stdout } };
  }
}
