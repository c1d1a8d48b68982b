// The admin endpoints of Pax8's own:
//   POST  /_emulator/subscriptions/{id}  sets members of a raw subscription (null removes one), for instance its owner
//   POST  /_emulator/tick                provisions everything that is pending
import type { AdminCall } from '../vendor/admin.ts';
import { adminProblem, issuesOf } from '../vendor/admin.ts';
import type { Answer } from '../vendor/answer.ts';
import { jsonAnswer } from '../vendor/answer.ts';
import { isRecord, parseJson } from '../vendor/json.ts';
import type { Pax8Subscription } from './records.ts';
import { subscriptionPatch } from './records.ts';
import { settle } from './subscription-changes.ts';
import type { World } from './world.ts';

export function answerPax8Admin(world: World, { method, path, body }: AdminCall): Answer | null {
  if (method !== 'POST') return null;
  if (path === '/_emulator/tick') return (settle(world, true), jsonAnswer(200, '{}'));
  const id = /^\/_emulator\/subscriptions\/([^/]+)$/.exec(path)?.[1];
  return id === undefined ? null : patchSubscription(world, id.toLowerCase(), body);
}

function patchSubscription({ store }: World, id: string, body: string): Answer {
  const before = store.subscriptions.get(id);
  if (before === undefined) return adminProblem(404, 'There is no such subscription.');
  const given = parseJson(body);
  if (!isRecord(given)) return adminProblem(400, 'A patch is a JSON object.');
  const members = Object.entries(given);
  const change = subscriptionPatch.safeParse(Object.fromEntries(members.filter(([, value]) => value !== null)));
  if (!change.success) return adminProblem(400, issuesOf(change.error));
  const removed = new Set(members.filter(([, value]) => value === null).map(([name]) => name));
  const left = Object.entries({ ...before, ...change.data }).filter(([name]) => !removed.has(name));
  const after: Pax8Subscription = { status: before.status, ...Object.fromEntries(left), id };
  store.subscriptions.set(id, after);
  return jsonAnswer(200, JSON.stringify(after));
}
