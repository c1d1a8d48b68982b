// Reading what a caller sends. Bodies are untrusted; only what would break the emulator itself is checked here.
import type { Answer } from '../vendor/answer.ts';
import type { Json } from '../vendor/json.ts';
import { isRecord, parseJson } from '../vendor/json.ts';
import { refuse } from './refusal.ts';
import type { Call } from './world.ts';

/** Member names are the vendor's, values may be anything. */
export type Draft = Readonly<Json>;

/** The JSON object of the body, or the vendor's refusal. */
export function draftOf(call: Call): { readonly draft: Draft } | { readonly refused: Answer } {
  const body = parseJson(call.body);
  if (isRecord(body)) return { draft: body };
  return { refused: refuse(call.path, 400, 'The request body must be a JSON object') };
}

export function textOf(draft: Draft, member: string): string {
  const value = draft[member];
  return typeof value === 'string' ? value : '';
}

/** A positive whole number, else 0. */
export function wholeOf(draft: Draft, member: string): number {
  const value = draft[member];
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : 0;
}
