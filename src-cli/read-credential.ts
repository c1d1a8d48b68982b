import { Credential } from '../src-shared/contract/broker.ts';
import { Fault } from '../src-shared/fault.ts';
import type { Input } from './world.ts';

/**
 * Reads a credential of exactly these fields: a person is asked for each without echo; a pipe brings a JSON object or
 * `field=value` lines. No message quotes any of the input, for all of it may be secret.
 * Faults: CREDENTIAL_INVALID.
 */
export async function readCredential(input: Input, fields: readonly string[]): Promise<Credential> {
  const given = input.isTerminal ? await ask(input, fields) : readPiped(await input.readAll());
  const parsed = Credential.safeParse(given);
  if (!parsed.success)
    throw invalid('The credential is neither a JSON object of texts nor lines of the form field=value.', fields);
  const names = Object.keys(parsed.data);
  if (names.length === 0 || Object.values(parsed.data).includes(''))
    throw invalid('A field of the credential is empty.', fields);
  if (fields.length > 0 && (names.length !== fields.length || !fields.every((field) => names.includes(field)))) {
    throw invalid('The credential does not have the fields of this connector.', fields);
  }
  return parsed.data;
}

async function ask(input: Input, fields: readonly string[]): Promise<Record<string, string>> {
  if (fields.length === 0) throw invalid('The fields of this connector are not known.', fields);
  const answers: [string, string][] = [];
  for (const field of fields) answers.push([field, await input.askHidden(`${field}: `)]);
  return Object.fromEntries(answers);
}

function readPiped(text: string): unknown {
  const body = text.replace(/^\uFEFF/, '').trim();
  if (!body.startsWith('{')) return readLines(body);
  try {
    return JSON.parse(body);
  } catch {
    return undefined; // The parser's own words would quote the input.
  }
}

/** A value keeps its inner spaces and equals signs; only the carriage return of Windows goes. */
function readLines(body: string): Record<string, string> | undefined {
  const pairs: [string, string][] = [];
  for (const line of body.split(/\r?\n/)) {
    const at = line.indexOf('=');
    if (line.trim() === '') continue;
    if (at < 1) return undefined;
    pairs.push([line.slice(0, at).trim(), line.slice(at + 1)]);
  }
  return Object.fromEntries(pairs);
}

function invalid(message: string, fields: readonly string[]): Fault {
  const remedy =
    fields.length > 0 ? `It needs: ${fields.join(', ')}.` : 'Write it as field=value lines on the standard input.';
  return new Fault('CREDENTIAL_INVALID', message, remedy);
}
