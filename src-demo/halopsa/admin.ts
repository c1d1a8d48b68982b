// The one admin endpoint of HaloPSA's own:
//   POST  /_emulator/tickets/{id}  sets members of a raw ticket (null removes one), for instance its owner
import type { AdminCall } from '../vendor/admin.ts';
import { adminProblem, issuesOf } from '../vendor/admin.ts';
import type { Answer } from '../vendor/answer.ts';
import { jsonAnswer } from '../vendor/answer.ts';
import { isRecord, parseJson } from '../vendor/json.ts';
import type { HaloTicket } from './records.ts';
import { ticketPatch } from './records.ts';
import type { World } from './world.ts';

export function answerHaloAdmin(world: World, { method, path, body }: AdminCall): Answer | null {
  const ticket = method === 'POST' ? /^\/_emulator\/tickets\/(\d+)$/.exec(path)?.[1] : undefined;
  return ticket === undefined ? null : patchTicket(world, Number(ticket), body);
}

function patchTicket({ store }: World, id: number, body: string): Answer {
  const before = store.tickets.get(id);
  if (before === undefined) return adminProblem(404, 'There is no such ticket.');
  const given = parseJson(body);
  if (!isRecord(given)) return adminProblem(400, 'A patch is a JSON object.');
  const members = Object.entries(given);
  const change = ticketPatch.safeParse(Object.fromEntries(members.filter(([, value]) => value !== null)));
  if (!change.success) return adminProblem(400, issuesOf(change.error));
  const removed = new Set(members.filter(([, value]) => value === null).map(([name]) => name));
  const left = Object.entries({ ...before, ...change.data }).filter(([name]) => !removed.has(name));
  const after: HaloTicket = { ...Object.fromEntries(left), id };
  store.tickets.put(after);
  store.forgetTexts();
  return jsonAnswer(200, JSON.stringify(after));
}
