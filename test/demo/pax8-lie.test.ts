// The lying Pax8: it tells foreign rows of every kind, and never in the one way nobody outside could see through.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Pax8Data } from '../../src-demo/demo-data.ts';
import type { Json } from './northway.ts';
import { companyOf, pax8Data, startPax8 } from './pax8-account.ts';
import type { Pax8 } from './pax8-account.ts';

const dental = companyOf('meridian-dental');
const data = marked(pax8Data());
const summary = data.usageSummaries[0]?.id ?? '';
const subscription = data.subscriptions.find((one) => one.companyId === dental)?.id ?? '';
const owners = new Set([...data.companies, ...data.usageSummaries].map(({ id }) => id));
/** A path, and the member that names the owner of its records. */
const paths = [
  [`/v1/companies/${dental}`, 'id'],
  ['/v1/companies?size=20', 'id'],
  [`/v1/subscriptions?companyId=${dental}`, 'companyId'],
  [`/v1/subscriptions/${subscription}`, 'companyId'],
  [`/v1/subscriptions/${subscription}/history`, 'companyId'],
  [`/v1/subscriptions/${data.usageSummaries[0]?.subscriptionId}/usage-summaries?companyId=${dental}`, 'companyId'],
  [`/v1/usage-summaries/${summary}`, 'companyId'],
  [`/v1/usage-summaries/${summary}/usage-lines?usageDate=2026-11-10`, 'usageSummaryId'],
  [`/v1/orders?companyId=${dental}`, 'companyId'],
  [`/v1/invoices/${data.invoices[0]?.id}/items`, 'companyId'],
  [`/v1/invoices/draftItems?companyId=${dental}`, 'companyId'],
  ['/v2/quotes', 'client'],
] as const;
const calls = 20;

let pax8: Pax8;
beforeAll(async () => {
  pax8 = await startPax8(undefined, data);
});
afterAll(() => pax8.emulator.close());

const told = async (path: string, seed: number, count = calls) => {
  pax8.emulator.faults.lie = { seed, rate: 1 };
  const texts: string[] = [];
  for (let call = 0; call < count; call += 1) texts.push((await pax8.get(path)).text);
  return texts;
};

describe('lie', () => {
  it('tells the same for the same seed', async () => {
    const [path] = paths[2];
    const first = await told(path, 5, 8);
    expect(await told(path, 5, 8)).toEqual(first);
    expect(await told(path, 6, 8)).not.toEqual(first);
  });

  it.each(paths)('tells foreign records in %s', async (path, owner) => {
    const asked = owner === 'usageSummaryId' ? summary : dental;
    const foreign = (await told(path, 5)).filter((text) =>
      recordsIn(JSON.parse(text)).some((row) => ![asked, 'nobody'].includes(String(truthOf(row)))),
    );
    expect(foreign.length).toBeGreaterThan(calls / 5);
  });

  it.each(paths)('never gives another owner’s record away in %s, only the asker’s own', async (path, owner) => {
    const asked = owner === 'usageSummaryId' ? summary : dental;
    for (const text of await told(path, 7)) {
      for (const row of recordsIn(JSON.parse(text))) {
        const [claimed, truth] = [ownerOf(row, owner), truthOf(row)];
        const isClaim = typeof claimed === 'string' && owners.has(claimed);
        if (isClaim && typeof truth === 'string' && truth !== asked) expect(claimed).toBe(truth);
      }
    }
  });

  it('never puts a foreign contact among a company’s: nothing would tell them apart', async () => {
    const foreign = data.contacts.filter((one) => one.companyId !== dental).map(({ id }) => id);
    for (const text of await told(`/v1/companies/${dental}/contacts`, 7))
      expect(foreign.filter((id) => text.includes(id))).toEqual([]);
  });
});

function ownerOf(row: Json, owner: string): unknown {
  return owner === 'client' ? (row['client'] as Json | null | undefined)?.['id'] : row[owner];
}

function truthOf(row: Json): unknown {
  return row['truth'] ?? row['referenceCode'];
}

/** Every record in a body, however it is wrapped. */
function recordsIn(value: unknown): Json[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = truthOf(value as Json) === undefined ? [] : [value as Json];
  return [...own, ...Object.values(value).flatMap(recordsIn)];
}

/** Every record says whose it is in truth, in a member the vendor does not have; lies may hit that member as well. */
function marked(all: Pax8Data): Pax8Data {
  const by = <T>(rows: readonly T[], owner: (row: T) => string | undefined): T[] =>
    rows.map((row) => ({ ...row, truth: owner(row) ?? 'nobody' }));
  const company = (row: { readonly companyId?: string | undefined }) => row.companyId;
  return {
    ...all,
    companies: by(all.companies, ({ id }) => id),
    contacts: by(all.contacts, company),
    orders: by(all.orders, company),
    subscriptions: by(all.subscriptions, company),
    usageSummaries: by(all.usageSummaries, company),
    usageLines: by(all.usageLines, ({ usageSummaryId }) => usageSummaryId),
    invoiceItems: by(all.invoiceItems, company),
    draftItems: by(all.draftItems, company),
    // The list of quotes shows known members only; this is one of them.
    quotes: all.quotes.map((quote) => ({ ...quote, referenceCode: quote.client?.id ?? 'nobody' })),
  };
}
