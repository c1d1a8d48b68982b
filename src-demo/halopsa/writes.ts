// POST /Tickets, /Actions, /Users and /Attachment (halopsa.md §4.6): a JSON array creates and updates, an object with
// `id` is an update of whatever has that id. Nothing checks owners: writes may move data between customers (§6 rows
// 7-9), so that the gateway's guards are really tested. Bodies are untrusted; only their types are checked.
import { z } from 'zod';
import type { Answer } from '../vendor/answer.ts';
import { jsonAnswer } from '../vendor/answer.ts';
import { parseJson } from '../vendor/json.ts';
import { refuse } from './refusal.ts';
import type { View } from '../vendor/rows.ts';
import type { Call, World } from './world.ts';

/** One element of a body: member names are the vendor's, values may be anything. */
export type Draft = Readonly<Record<string, unknown>>;

/** What became of one element: the saved record as served, or the vendor's refusal. */
export type Saved =
  | { readonly isNew: boolean; readonly view: View }
  | { readonly status: number; readonly message: string };

const drafts = z.array(z.record(z.string(), z.unknown())).min(1);

/** Saves the elements in order. As with the vendor, those before a refused one stay saved. */
export function saveAll(world: World, call: Call, save: (world: World, draft: Draft) => Saved): Answer {
  const body = drafts.safeParse(parseJson(call.body));
  if (!body.success) return refuse(world.faults, 400, 'The request body must be a JSON array');
  const saved: View[] = [];
  let isNew = false;
  for (const draft of body.data) {
    const outcome = save(world, draft);
    if ('status' in outcome) return refuse(world.faults, outcome.status, outcome.message);
    isNew ||= outcome.isNew;
    saved.push(outcome.view);
  }
  return jsonAnswer(isNew ? 201 : 200, JSON.stringify(saved.length === 1 ? saved[0] : saved));
}

/** `/Tickets/Object` is the one path that takes a bare object. */
export function saveOne(world: World, call: Call, save: (world: World, draft: Draft) => Saved): Answer {
  return saveAll(world, { ...call, body: `[${call.body}]` }, save);
}

/** A positive whole number, else 0. */
export function wholeOf(draft: Draft, member: string): number {
  const value = draft[member];
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : 0;
}

export function textOf(draft: Draft, member: string): string {
  const value = draft[member];
  return typeof value === 'string' ? value : '';
}

/** HTML to the plain text the vendor keeps beside it. */
export function plain(html: string): string {
  return html
    .replace(/<br\s*\/?>|<\/p>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .trim();
}

/** Members whose wrong type would break the emulator itself; everything else is stored as it comes. */
export function hasNumbersWhereNeeded(draft: Draft, members: readonly string[]): boolean {
  return members.every((member) => draft[member] === undefined || Number.isInteger(draft[member]));
}
