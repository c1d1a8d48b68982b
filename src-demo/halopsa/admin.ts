// The emulator's own endpoints, for tests in other processes. Not part of any vendor's API:
//   GET, POST    /_emulator/faults        the faults; POST changes the members its JSON object names
//   GET, DELETE  /_emulator/requests      the log of requests; DELETE empties it
//   POST         /_emulator/tickets/{id}  sets members of a raw ticket (null removes one), for instance its owner
// Loopback only and never for a browser page: the server refuses other peers and any request with an Origin.
import type { Answer } from './answer.ts';
import { jsonAnswer } from './answer.ts';
import { haloFaults } from './faults.ts';
import type { HaloTicket } from './records.ts';
import { ticketPatch } from './records.ts';
import type { RequestLog } from './request-log.ts';
import type { World } from './world.ts';

export type AdminCall = { readonly method: string; readonly path: string; readonly body: string };

export function answerAdmin(world: World, log: RequestLog, call: AdminCall): Answer {
  const what = `${call.method} ${call.path.replace(/\/+$/, '')}`;
  if (what === 'GET /_emulator/faults') return jsonAnswer(200, JSON.stringify(world.faults));
  if (what === 'POST /_emulator/faults') return changeFaults(world, call.body);
  if (what === 'GET /_emulator/requests') return jsonAnswer(200, JSON.stringify(log.requests));
  if (what === 'DELETE /_emulator/requests') return (log.clear(), jsonAnswer(200, '[]'));
  const ticket = /^POST \/_emulator\/tickets\/(\d+)$/.exec(what)?.[1];
  if (ticket !== undefined) return patchTicket(world, Number(ticket), call.body);
  return problem(404, 'There is no such emulator endpoint.');
}

function changeFaults(world: World, body: string): Answer {
  const change = haloFaults.partial().safeParse(parseJson(body));
  if (!change.success)
    return problem(400, change.error.issues.map((one) => `${one.path.join('.')}: ${one.message}`).join('; '));
  Object.assign(world.faults, change.data);
  return jsonAnswer(200, JSON.stringify(world.faults));
}

function patchTicket({ store }: World, id: number, body: string): Answer {
  const before = store.tickets.get(id);
  if (before === undefined) return problem(404, 'There is no such ticket.');
  const given = parseJson(body);
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return problem(400, 'A patch is a JSON object.');
  const members = Object.entries(given);
  const change = ticketPatch.safeParse(Object.fromEntries(members.filter(([, value]) => value !== null)));
  if (!change.success)
    return problem(400, change.error.issues.map((one) => `${one.path.join('.')}: ${one.message}`).join('; '));
  const removed = new Set(members.filter(([, value]) => value === null).map(([name]) => name));
  const left = Object.entries({ ...before, ...change.data }).filter(([name]) => !removed.has(name));
  const after: HaloTicket = { ...Object.fromEntries(left), id };
  store.tickets.put(after);
  store.forgetTexts();
  return jsonAnswer(200, JSON.stringify(after));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function problem(status: number, error: string): Answer {
  return jsonAnswer(status, JSON.stringify({ error }));
}
