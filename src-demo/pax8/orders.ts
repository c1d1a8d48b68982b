// Orders (pax8.md §4.4). A POST buys, and buys again when it is repeated: there is no idempotency key and no status.
// Bodies are untrusted.
import { randomUUID } from 'node:crypto';
import { jsonAnswer } from '../vendor/answer.ts';
import { isRecord } from '../vendor/json.ts';
import type { Draft } from './body.ts';
import { draftOf, textOf } from './body.ts';
import { dayText } from './dates.ts';
import { askedCompany, listAnswer, recordAnswer } from './list.ts';
import type { OrderLine } from './order-lines.ts';
import { buyLine, lineProblems, lineView, readLine } from './order-lines.ts';
import type { Pax8LineItem, Pax8Order } from './records.ts';
import { invalid, notFound } from './refusal.ts';
import type { Handler, World } from './world.ts';

const orderers: readonly unknown[] = [undefined, 'Pax8 Partner', 'Customer', 'Pax8'];
/** Whoever orders over the API is one user. */
const orderedByUserId = '0a0b0c0d-0000-4000-8000-000000000001';

export const listOrders: Handler = (world, call) => {
  const orders = [...world.store.orders.values()].filter(isListed);
  const asked = askedCompany(world, call, '404');
  if (typeof asked !== 'string') return asked;
  return listAnswer(world, call, {
    rows: orders.filter((order) => asked === '' || order.companyId === asked),
    view: (order) => order,
    owner: 'companyId',
    asked,
    everyone: orders,
    size: 'size',
  });
};

export const readOrder: Handler = (world, call) => {
  const order = world.store.orders.get(call.ids[0] ?? '');
  if (order === undefined || !isListed(order)) return notFound(call.path, 'Order');
  return recordAnswer(world, order, 'companyId');
};

/** `isMock=true` checks and buys nothing: its answer has no ids. */
export const createOrder: Handler = (world, call) => {
  const body = draftOf(call);
  if ('refused' in body) return body.refused;
  const { draft } = body;
  const companyId = textOf(draft, 'companyId').toLowerCase();
  const given: unknown = draft['lineItems'];
  const lines = (Array.isArray(given) ? given : []).filter(isRecord).map((line) => readLine(world, companyId, line));
  const problems = [
    ...orderProblems(world, draft, companyId),
    ...(lines.length === 0 ? ['lineItems must not be empty'] : []),
    ...lines.flatMap((line, at) => lineProblems(world, line, lines).map((text) => `lineItems[${at}]: ${text}`)),
  ];
  if (problems.length > 0) return invalid(call.path, problems);
  const isScheduled = lines.some((line) => line.start > world.now());
  const order = { companyId, createdDate: dayText(world.now()), isScheduled };
  if (call.query.flag('isMock')) return jsonAnswer(200, JSON.stringify({ ...order, lineItems: lines.map(lineView) }));
  const bought: Pax8Order = {
    id: randomUUID(),
    ...order,
    orderedBy: textOf(draft, 'orderedBy') || 'Pax8 Partner',
    orderedByUserId,
    orderedByUserEmail: textOf(draft, 'orderedByUserEmail'),
    lineItems: buyLines(world, companyId, lines),
  };
  world.store.orders.set(bought.id, bought);
  return jsonAnswer(200, JSON.stringify(bought));
};

/** Orders with a future date are not found, by documented limitation. */
function isListed(order: Pax8Order): boolean {
  return order.isScheduled !== true;
}

function orderProblems({ store }: World, draft: Draft, companyId: string): string[] {
  const status = store.companies.get(companyId)?.status;
  return [
    ...(status === undefined ? ['companyId is not valid'] : []),
    ...(status === undefined || status === 'Active' ? [] : ['The company cannot order: it is not Active']),
    ...(orderers.includes(draft['orderedBy']) ? [] : ['orderedBy is not valid']),
  ];
}

function buyLines(world: World, companyId: string, lines: readonly OrderLine[]): Pax8LineItem[] {
  const ids = new Map(lines.map((line) => [line, randomUUID()]));
  return lines.map((line) => {
    const parentLine = lines.find((one) => one.number === line.parentNumber && one.number > 0);
    const parent = line.parentSubscriptionId || (parentLine === undefined ? '' : (ids.get(parentLine) ?? ''));
    const subscriptionId = ids.get(line) ?? '';
    buyLine(world, line, { id: subscriptionId, companyId, ...(parent === '' ? {} : { parentSubscriptionId: parent }) });
    return { id: randomUUID(), subscriptionId, ...lineView(line) };
  });
}
