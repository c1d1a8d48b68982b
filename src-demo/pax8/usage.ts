// Usage (pax8.md §4.6): the summaries of one subscription belong to several companies, and a line belongs to whoever its
// summary belongs to.
import { askedCompany, listAnswer, matching, recordAnswer } from './list.ts';
import { notFound, refuse } from './refusal.ts';
import type { Handler } from './world.ts';

export const listUsageSummaries: Handler = (world, call) => {
  const { subscriptions, usageSummaries } = world.store;
  const [subscriptionId = ''] = call.ids;
  if (!subscriptions.has(subscriptionId)) return notFound(call.path, 'Subscription');
  const asked = askedCompany(world, call, '404');
  if (typeof asked !== 'string') return asked;
  const rows = matching(usageSummaries.values(), call.query, ['resourceGroup']).filter(
    (one) => one.subscriptionId === subscriptionId && (asked === '' || one.companyId === asked),
  );
  return listAnswer(world, call, {
    rows,
    view: (row) => row,
    owner: 'companyId',
    asked,
    everyone: usageSummaries.values(),
    size: 'size',
  });
};

export const readUsageSummary: Handler = (world, call) => {
  const summary = world.store.usageSummaries.get(call.ids[0] ?? '');
  return summary === undefined ? notFound(call.path, 'Usage summary') : recordAnswer(world, summary, 'companyId');
};

export const listUsageLines: Handler = (world, call) => {
  const { usageSummaries, reference } = world.store;
  const [summaryId = ''] = call.ids;
  if (!usageSummaries.has(summaryId)) return notFound(call.path, 'Usage summary');
  if (!/^\d{4}-\d\d-\d\d$/.test(call.query.text('usageDate')))
    return refuse(call.path, 422, 'usageDate is required, as yyyy-MM-dd');
  const rows = matching(reference.usageLines, call.query, ['usageDate', 'productId']).filter(
    (one) => one.usageSummaryId === summaryId,
  );
  return listAnswer(world, call, {
    rows,
    view: (row) => row,
    owner: 'usageSummaryId',
    asked: summaryId,
    everyone: reference.usageLines,
    size: 'size',
  });
};
