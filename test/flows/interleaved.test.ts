import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientIdOf, crossings, demoData, idsOf } from './demo-owners.ts';
import { mcpClient } from './mcp.ts';
import { type RunningApp, startApp } from './running-app.ts';

const calls = 4000;
const concurrency = 8;
const seed = 20_261_121;
const missing = 2_000_000_000;

/** What a caller makes of one answer: its structure, and its whole text with the two ids that must differ taken out. */
interface Answered {
  readonly tool: string;
  readonly customer: string;
  readonly content: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** For a read by id: whose id it was. */
  readonly asked?: 'own' | 'foreign' | 'missing';
}

interface Seat {
  readonly customer: string;
  call(tool: string, args: Record<string, unknown>): Promise<{ content: Record<string, unknown>; text: string }>;
}

describe('callers of three customers at once', () => {
  let app: RunningApp;
  const seats: Seat[] = [];
  beforeAll(async () => {
    app = await startApp();
    for (const customer of ['MERI-7', 'MERI-12'] as const) {
      const { token } = await app.operator.addClient({ name: `pinned to ${customer}`, pin: customer });
      seats.push({ customer, call: mcpClient(app.ready.mcpUrl, token).call });
    }
    await app.operator.bindCustomer({ customer: 'FERN-2' });
    seats.push({
      customer: 'FERN-2',
      call: async (tool, args) => {
        const content: Record<string, unknown> = await app.operator.callTool({ tool, arguments: args });
        return { content, text: JSON.stringify(content) };
      },
    });
  });
  afterAll(async () => {
    await app?.stop();
    app?.remove();
  });

  it(`gives ${calls} interleaved calls only their own customer's records, and records every one`, async () => {
    const random = mulberry32(seed);
    const before = (await app.operator.verifyLedger(undefined)).entries;
    const answered: Answered[] = [];
    let left = calls;
    const worker = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        answered.push(await oneCall(seats, random));
      }
    };
    await Promise.all(Array.from({ length: concurrency }, worker));

    expect(answered.filter(({ content }) => 'denied' in content)).toEqual([]);
    expect(answered.filter(({ content, customer }) => content['customer'] !== customer)).toEqual([]);
    expect(answered.flatMap(({ tool, content }) => crossings(tool, content))).toEqual([]);
    const found = answered.filter(({ content }) => (content['records'] as unknown[]).length > 0);
    expect(found.length).toBeGreaterThan(calls / 2);
    expect(new Set(found.map(({ tool, customer }) => `${tool} ${customer}`)).size).toBe(7 * 3);

    for (const { customer } of seats) {
      for (const tool of ['ticket_get', 'asset_get']) {
        const texts = (asked: string) =>
          new Set(
            answered.flatMap((one) =>
              one.tool === tool && one.customer === customer && one.asked === asked ? [one.text] : [],
            ),
          );
        expect(texts('missing').size).toBe(1);
        expect(texts('foreign')).toEqual(texts('missing'));
      }
    }

    const { entries } = await app.operator.verifyLedger(undefined);
    expect(entries - before).toBe(2 * calls);
    expect(await app.operator.verifyLedger(undefined)).toMatchObject({ ok: true, entries });
    expect(new Set(answered.map(({ content }) => content['auditRef'])).size).toBe(calls);
  }, 300_000);

  it('keeps the customers apart in the ledger as well: each entry names the one its caller is bound to', async () => {
    for (const { customer } of seats) {
      const client = customer === 'FERN-2' ? 'operator' : `pinned to ${customer}`;
      const { entries } = await app.operator.entries({ before: 1_000_000, limit: 1000, filter: { customer } });
      const ofCalls = entries.filter(({ kind }) => kind.startsWith('call.'));
      expect(ofCalls.length).toBeGreaterThan(500);
      expect(new Set(ofCalls.map(({ principal }) => principal.client))).toEqual(new Set([client]));
    }
  });
});

async function oneCall(seats: readonly Seat[], random: () => number): Promise<Answered> {
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
  const { customer, call } = pick(seats);
  const ask = async (
    tool: string,
    args: Record<string, unknown> = {},
    asked?: Answered['asked'],
  ): Promise<Answered> => {
    const { content, text } = await call(tool, { customer, ...args });
    return { tool, customer, content, text: withoutIds(text), ...(asked ? { asked } : {}) };
  };
  const byId = (tool: string, kind: 'tickets' | 'assets'): Promise<Answered> => {
    const asked = pick(['own', 'own', 'foreign', 'missing'] as const);
    const id = asked === 'missing' ? missing + Math.floor(random() * 1000) : pick(ids(kind, customer, asked === 'own'));
    return ask(tool, { id }, asked);
  };
  switch (pick(['list', 'search', 'ticket', 'ticket', 'customer', 'contact', 'assets', 'asset'] as const)) {
    case 'list':
      return ask('ticket_list', { status: pick(['open', 'closed', 'all']) });
    case 'search':
      return ask('ticket_search', { text: pick(['printer', 'password', 'invoice', 'John', 'meridian', 'VPN']) });
    case 'ticket':
      return byId('ticket_get', 'tickets');
    case 'customer':
      return ask('customer_get');
    case 'contact':
      return ask('contact_search', random() < 0.5 ? {} : { text: pick(['john', 'smith', 'an', 'example']) });
    case 'assets':
      return ask('asset_list');
    case 'asset':
      return byId('asset_get', 'assets');
  }
}

const known = new Map<string, readonly number[]>();
function ids(kind: 'tickets' | 'assets', customer: string, isTheirs: boolean): readonly number[] {
  const key = `${kind} ${customer} ${isTheirs}`;
  const found = known.get(key) ?? idsOf(kind, customer, isTheirs);
  known.set(key, found);
  return found;
}

/** The message id of JSON-RPC and the reference into the ledger are each call's own; nothing else may be. */
const withoutIds = (text: string): string =>
  text.replace(/("jsonrpc":"2\.0","id":)\d+(?=\}$)/m, '$1_').replaceAll(/(auditRef\\?":\\?")\d+/g, '$1_');

/** A small seeded generator (Tommy Ettinger), so that a failure can be run again. */
function mulberry32(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

if (clientIdOf('MERI-7') === clientIdOf('MERI-12') || demoData.customers.length < 3) throw new Error('unfit demo data');
