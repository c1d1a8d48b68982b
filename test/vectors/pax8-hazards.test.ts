// One vector for every way in which Pax8 can hand a worker another customer's data (pax8.md §6), against the emulator that
// does all of it. The bound company is 12; everything of 31, or of nobody provably, carries a mark that no answer may
// contain, and so does every amount that only the MSP may know. What bills tell is in pax8-billing.test.ts, what an order
// could buy in pax8-spending.test.ts.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pax8 as connector } from '../../src-connectors/pax8/pax8.ts';
import { bind } from '../connectors/bound.ts';
import {
  bindPax8,
  type BoundPax8,
  denied,
  droppedOf,
  expectClean,
  idsOf,
  invalid,
  missing,
  recordsOf,
  unproven,
  writesOf,
} from '../connectors/pax8/bound-pax8.ts';
import { pax8Examples } from '../connectors/pax8/examples.ts';
import { pax8Data } from '../connectors/pax8/pax8-data.ts';
import { foreign, ids, own, today } from '../connectors/pax8/pax8-records.ts';
import { labelOf, namedIn } from '../connectors/labelled.ts';

let bound: BoundPax8;
beforeEach(async () => {
  bound = await bindPax8();
});
afterEach(() => bound.close());

const faults = () => bound.pax8.emulator.faults;
const call = (tool: string, input: Record<string, unknown> = {}) => bound.call(tool, input);
const examples = pax8Examples(pax8Data(), own, foreign);

/** Drives every tool there is, with its own arguments and with others' and missing ids; what was asked of the vendor. */
async function driveAll(): Promise<string[]> {
  const asked: string[] = [];
  for (const { tool, own: mine, foreign: theirs, missing: none } of examples) {
    for (const input of [mine, theirs, none]) {
      if (input === undefined) continue;
      await call(tool, input);
      asked.push(...bound.asked());
    }
  }
  return asked;
}

const lists = [
  ['subscription_list', { status: 'all' }],
  ['order_list', {}],
  ['pax8_invoice_list', {}],
  ['invoice_draft_list', {}],
  ['usage_list', { subscriptionId: ids.azureSubscription }],
] as const;
const scans = [
  ['invoice_item_list', { month: '2026-05' }],
  ['quote_list', {}],
] as const;

describe('row 1: the credential sees all customers', () => {
  it('keeps two workers on one credential apart through interleaved calls', async () => {
    const other = bind({ url: bound.pax8.emulator.url, connector: 'pax8', owner: foreign, now: () => today });
    const tools = [
      ['subscription_list', {}],
      ['order_list', {}],
      ['invoice_item_list', { month: '2026-05' }],
    ] as const;
    const rounds = Array.from({ length: 12 }, async (_, at) => {
      const [tool, input] = tools[at % tools.length] ?? ['order_list', {}];
      const [mine, theirs] = await Promise.all([bound.worker.call(tool, input), other.call(tool, input)]);
      for (const [answer, owner] of [
        [mine, own],
        [theirs, foreign],
      ] as const) {
        if (answer.status !== 'ok') throw new Error(answer.code);
        expect(answer.records.length).toBeGreaterThan(0);
        for (const { label } of answer.records) expect(namedIn(label)).toEqual([owner]);
      }
      expectClean(mine);
      expect(JSON.stringify(theirs)).not.toContain('Acme');
    });
    await Promise.all(rounds);
  });
});

describe('row 2: the list of all companies', () => {
  it('is asked for by no tool', async () => {
    const asked = await driveAll();
    expect(asked.filter((one) => one.includes('/companies')).every((one) => one === `GET /v1/companies/${own}`)).toBe(
      true,
    );
  });

  it('leaves the bound company alone to be read', async () => {
    expect(await call('pax8_customer_get')).toMatchObject({
      records: [{ label: labelOf(own), record: { id: own, name: 'Acme' } }],
    });
    expect(await call('pax8_customer_get', { id: foreign })).toEqual(invalid);
    expect(bound.asked()).toEqual([`GET /v1/companies/${own}`]);
  });
});

describe('row 3: any record by its id', () => {
  const reads = [
    ['subscription_get', 'id', ids.subscription, [ids.foreignSubscription, ids.foreignAddOn, ids.ownerless], {}],
    ['subscription_history_list', 'id', ids.subscription, [ids.foreignSubscription, ids.ownerless], {}],
    ['order_get', 'id', ids.order, [ids.foreignOrder, ids.ownerlessOrder], {}],
    ['usage_list', 'subscriptionId', ids.azureSubscription, [ids.foreignAzure, ids.ownerless], {}],
    ['usage_line_list', 'summaryId', ids.summary, [ids.foreignSummary, ids.ownerlessSummary], { day: '2026-05-31' }],
    ['subscription_quantity_preview', 'id', ids.subscription, [ids.foreignSubscription], { quantity: 26 }],
  ] as const;

  it.each(reads)(
    '%s answers a foreign or ownerless one exactly like a missing one',
    async (tool, member, mine, theirs, more) => {
      const answer = await call(tool, { [member]: mine, ...more });
      expect(answer.status === 'ok' && answer.records.length > 0).toBe(true);
      for (const id of [...theirs, ids.missing]) {
        expect(JSON.stringify(await call(tool, { [member]: id, ...more }))).toBe(JSON.stringify(missing));
      }
      faults().dropOwner = true;
      expect(await call(tool, { [member]: mine, ...more })).toEqual(missing);
    },
  );

  it.each([
    ['subscription_quantity_set', { quantity: 26, quantityNow: 25, expectedTotal: 572, currency: 'GBP' }],
    ['subscription_cancel', { expectedProduct: 'FOREIGN Premium', expectedQuantity: 25 }],
  ])('%s writes to none that is not proven', async (tool, more) => {
    for (const id of [ids.foreignSubscription, ids.ownerless, ids.missing]) {
      expect(await call(tool, { id, ...more })).toEqual(unproven);
    }
    expect(writesOf(bound.asked())).toEqual([]);
  });

  it('reports a subscription that moved while it was written to, and shows nothing of it', async () => {
    faults().latencyMs = 400;
    const running = call('subscription_quantity_set', {
      id: ids.subscription,
      quantity: 26,
      quantityNow: 25,
      expectedTotal: 572,
      currency: 'GBP',
    });
    await expect
      .poll(() => bound.pax8.emulator.requests.some(({ method }) => method === 'PUT'), { interval: 2 })
      .toBe(true);
    await bound.pax8.admin(`subscriptions/${ids.subscription}`, { companyId: foreign });
    expect(await running).toEqual(denied('OWNERSHIP_UNPROVEN', 'after the change was made'));
  });
});

describe('row 4: lists without, or with an ignored, company filter', () => {
  it.each(lists)('%s %o names the bound company to the vendor', async (tool, input) => {
    await call(tool, input);
    expect(bound.asked().at(-1)).toContain(`companyId=${own}`);
  });

  it.each(lists)('%s %o drops and counts what an ignored filter lets in', async (tool, input) => {
    const honest = recordsOf(await call(tool, input));
    expect(honest).not.toEqual([]);
    faults().ignoreCompanyFilter = true;
    const answer = await call(tool, input);
    expect(recordsOf(answer)).toEqual(honest);
    expect(droppedOf(answer)).toBeGreaterThan(0);
  });

  it.each(lists)('%s %o drops every row without an owner', async (tool, input) => {
    faults().dropOwner = true;
    const answer = await call(tool, input);
    expect(recordsOf(answer)).toEqual([]);
  });

  it.each(lists)(
    '%s %o drops rows of others between its own, even one under the customer’s name',
    async (tool, input) => {
      const honest = recordsOf(await call(tool, input));
      Object.assign(faults(), { mixForeignRows: 2, lieOwner: true });
      const answer = await call(tool, input);
      expect(recordsOf(answer)).toEqual(honest);
      expect(droppedOf(answer)).toBeGreaterThan(0);
    },
  );
});

describe('row 8: contacts name no company', () => {
  it('are asked for by no tool', async () => {
    expect((await driveAll()).filter((one) => one.includes('/contacts'))).toEqual([]);
  });
});

describe('row 9: quotes', () => {
  it('are the bound company’s by `client.id`, not a shadow’s nor nobody’s', async () => {
    expect(idsOf(await call('quote_list'))).toEqual([ids.quote]);
  });

  it('are never written, and neither access lists, attachments nor preferences are asked for', async () => {
    const asked = (await driveAll()).filter((one) => one.includes('/v2/'));
    expect([...new Set(asked)]).toEqual(['GET /v2/quotes?limit=100&page=0']);
  });
});

describe('row 14: webhooks', () => {
  it('are asked for by no tool', async () => {
    expect((await driveAll()).filter((one) => one.includes('webhooks') || one.includes('/api/'))).toEqual([]);
  });
});

describe('row 15: child partners, and every parameter that widens', () => {
  it('sends only names on the list', async () => {
    const names = new Set<string>();
    for (const one of await driveAll())
      for (const name of new URLSearchParams(one.split('?')[1] ?? '').keys()) names.add(name);
    expect([...names].toSorted()).toEqual([
      'cancelDate',
      'companyId',
      'invoiceDateRangeEnd',
      'invoiceDateRangeStart',
      'isMock',
      'limit',
      'monthOffset',
      'page',
      'search',
      'size',
      'usageDate',
    ]);
  });

  it.each(['partnerId', 'account', 'companyId', 'size', 'sort', 'filter', 'url', 'externalId'])(
    'refuses %s from a caller before anything is sent',
    async (name) => {
      for (const { tool, own: input } of examples)
        expect(await call(tool, { ...input, [name]: foreign })).toEqual(invalid);
      expect(bound.asked()).toEqual([]);
    },
  );

  it('keeps search text inside its one parameter', async () => {
    await call('product_search', { text: `Office&companyId=${foreign}&partnerId=1#` });
    const asked = new URLSearchParams(bound.asked()[0]?.split('?')[1]);
    expect([asked.get('search'), asked.has('companyId'), asked.has('partnerId')]).toEqual([
      `Office&companyId=${foreign}&partnerId=1#`,
      false,
      false,
    ]);
  });
});

describe('row 16: 403 where there might be nothing', () => {
  it.each(['403', '404', 'empty'] as const)(
    'makes a company the vendor answers %s for the same as one without records',
    async (shape) => {
      faults().unknownCompany = shape;
      const worker = bind({ url: bound.pax8.emulator.url, connector: 'pax8', owner: ids.deleted, now: () => today });
      for (const [tool, input] of lists) expect(await worker.call(tool, input), tool).toEqual(missing);
      for (const [tool, input] of scans)
        expect(await worker.call(tool, input), tool).toMatchObject({ status: 'ok', records: [] });
    },
  );

  it.each([
    ['subscription_get', { id: ids.foreignSubscription }],
    ['order_get', { id: ids.foreignOrder }],
    ['usage_list', { subscriptionId: ids.foreignAzure }],
    ['usage_line_list', { summaryId: ids.foreignSummary, day: '2026-05-31' }],
  ])('%s answers a forbidden record like a missing one', async (tool, input) => {
    await call('pax8_customer_get');
    // The record is refused, the probe after it is not.
    Object.assign(faults(), { failStatus: 403, failEvery: 2 });
    await call('pax8_customer_get');
    expect(await call(tool, input)).toEqual(missing);
    expect(bound.asked().at(-1)).toMatch(/^GET \/v1\/products\?/);
  });

  it('still says so when the credential may read nothing whatever', async () => {
    faults().failStatus = 403;
    for (const [tool, input] of [...lists, ...scans, ['subscription_get', { id: ids.subscription }]] as const)
      expect(await call(tool, input), tool).toMatchObject(denied('CREDENTIAL_UNAVAILABLE'));
  });
});

describe('row 17: text written by strangers', () => {
  it('is said to be data by every tool that returns it', () => {
    const silent = connector.tools
      .map((tool) => tool.definition())
      .filter(({ description }) => !/treat it as data/.test(description));
    expect(silent.map(({ name }) => name)).toEqual([
      'subscription_quantity_set',
      'order_create',
      'subscription_cancel',
    ]);
  });

  it('comes without what a technician cannot see, and cut', async () => {
    const data = pax8Data();
    const dirty = `Seats\u0007 \u202ehidden\u202c \u{e0041}\u200b${'x'.repeat(5000)}`;
    const invoiceItems = data.invoiceItems.map((one) => ({ ...one, details: dirty, description: dirty }));
    const hostile = await bindPax8({}, { ...data, invoiceItems });
    const answer = await hostile.worker.call('invoice_item_list', { month: '2026-04' });
    await hostile.close();
    const [item] = recordsOf(answer) as { details: string }[];
    expect(item?.details).toMatch(/^Seats hidden x+ \[cut\]$/);
    expect(item?.details).toHaveLength(1000);
  });
});
