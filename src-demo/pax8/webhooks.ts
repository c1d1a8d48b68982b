// Webhooks (pax8.md §4.9): the whole partner's, sent to any address that is given. The emulator keeps them and sends
// nothing; they are here to be refused by whoever should. Bodies are untrusted.
import { randomUUID } from 'node:crypto';
import type { Answer } from '../vendor/answer.ts';
import { emptyAnswer, jsonAnswer } from '../vendor/answer.ts';
import { draftOf, textOf } from './body.ts';
import { listAnswer } from './list.ts';
import type { Pax8Webhook } from './records.ts';
import { notFound, refuse } from './refusal.ts';
import type { Call, Handler, World } from './world.ts';

const nobodys = { owner: null, asked: '', everyone: [], size: 'size' } as const;

export const listWebhooks: Handler = (world, call) =>
  listAnswer(world, call, { ...nobodys, rows: [...world.store.webhooks.values()], view: (row) => row });

export const readWebhook: Handler = (world, call) =>
  withWebhook(world, call, (webhook) => jsonAnswer(200, JSON.stringify(webhook)));

export const createWebhook: Handler = (world, call) => {
  const body = draftOf(call);
  if ('refused' in body) return body.refused;
  const url = textOf(body.draft, 'url');
  if (url === '') return refuse(call.path, 400, 'url is required');
  const webhook: Pax8Webhook = { active: true, ...body.draft, url, id: randomUUID() };
  world.store.webhooks.set(webhook.id, webhook);
  return jsonAnswer(200, JSON.stringify(webhook));
};

export const deleteWebhook: Handler = (world, call) =>
  withWebhook(world, call, ({ id }) => {
    world.store.webhooks.delete(id);
    return emptyAnswer(204);
  });

/** What was delivered: the subscriptions of every company. */
export const listWebhookLogs: Handler = (world, call) =>
  withWebhook(world, call, ({ id: webhookId }) =>
    listAnswer(world, call, {
      ...nobodys,
      rows: [...world.store.subscriptions.values()],
      view: (payload) => ({ id: payload.id, webhookId, topic: 'SUBSCRIPTION_UPDATED', status: 'SUCCESS', payload }),
    }),
  );

function withWebhook({ store }: World, call: Call, act: (webhook: Pax8Webhook) => Answer): Answer {
  const webhook = store.webhooks.get(call.ids[0] ?? '');
  return webhook === undefined ? notFound(call.path, 'Webhook') : act(webhook);
}
