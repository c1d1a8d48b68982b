// A vendor may fill any member of a record with anything. A call ends in records or in a denial of ours, whatever it was: a
// projection that lets out more than its record allows would break the call, and with it every page that such a row is on.
import { createSecretKey } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEgress, type Http } from '../../src-connectors/egress.ts';
import { hudu as connector } from '../../src-connectors/hudu/hudu.ts';
import { isRow } from '../../src-connectors/row.ts';
import { Fault } from '../../src-shared/fault.ts';
import { realTimer } from '../connectors/bound.ts';
import { at, type BoundHudu, startBoundHudu } from '../connectors/hudu/bound-hudu.ts';
import { huduExamples } from '../connectors/hudu/examples.ts';
import { credential, foreign, huduData, own } from '../connectors/hudu/hudu-data.ts';
import { judgeFor, labelOf } from '../connectors/labelled.ts';

let emulated: BoundHudu;
beforeAll(async () => {
  emulated = await startBoundHudu();
});
afterAll(() => emulated.hudu.close());

const deep = (depth: number): unknown => (depth === 0 ? 'x' : { a: [deep(depth - 1)] });
const hostile: readonly (readonly [string, unknown])[] = [
  ['null', null],
  ['true', true],
  ['zero', 0],
  ['a negative number', -1],
  ['a fraction', 0.5],
  ['a huge number', 1e308],
  ['the largest whole number', Number.MAX_SAFE_INTEGER],
  ['no text', ''],
  ['a long text', 'x'.repeat(100_000)],
  ['a long text of surrogates', '\u{1f512}'.repeat(50_000)],
  ['half a character', '\ud800'],
  ['a long number as text', '9'.repeat(10_000)],
  ['a percentage beyond all', '1e999'],
  ['a long time', '2026-01-01T00:00:00.123456+00:00'],
  ['no time', '2026-99-99T99:99:99Z'],
  ['a long address', `https://${'a.'.repeat(300)}example/${'x'.repeat(5000)}`],
  ['markup without an end', '<!-- <p hidden><div style="'.repeat(2000)],
  ['many links', JSON.stringify(Array.from({ length: 500 }, (_, id) => ({ id: id + 1, url: '/a/x', name: 'x' })))],
  ['base64', Buffer.from('x'.repeat(90_000)).toString('base64')],
  ['a list', ['x', 1, null]],
  ['a list of rows', Array.from({ length: 500 }, (_, id) => ({ id: id + 1, label: 'x'.repeat(300), value: 'y' }))],
  ['an object', { id: 1, name: 'x', company: { id: own } }],
  ['something deep', deep(60)],
];

/** What a row is found and proven by. */
const proving =
  /^(?:id|company_id|procedure_id|archived|parent_process_id|(?:uploadable|fromable|toable)_(?:id|type))$/;

/** Every other member of every row, replaced. `isWhole`: lists and objects as such, not what is in them. */
function filled(value: unknown, by: unknown, isWhole: boolean): unknown {
  if (Array.isArray(value)) return value.map((one) => filled(one, by, isWhole));
  if (!isRow(value)) return by;
  const isVendorRow = Object.hasOwn(value, 'id');
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      if (isVendorRow && proving.test(name)) return [name, inner];
      return [name, isVendorRow && isWhole ? by : filled(inner, by, isWhole)];
    }),
  );
}

const examples = huduExamples(huduData(), String(own), String(foreign)).map((one) =>
  // Its argument looks for a member that is replaced here.
  one.tool === 'ip_address_list' ? { ...one, own: {} } : one,
);

/** The answer of one call at a vendor whose every row is filled so; a fault of ours as its code. */
async function answerOf(tool: string, input: Record<string, unknown>, fill: (json: unknown) => unknown) {
  const place = { baseUrl: emulated.hudu.url, settings: { demo: 'true', requestsPerMinute: '600000' } };
  const egress = createEgress(place);
  const http: Http = async (request) => {
    const reply = await egress(request);
    return { ...reply, json: fill(reply.json) };
  };
  const vendor = connector.open(place, { http, now: () => at, after: realTimer });
  const context = {
    ...judgeFor(String(own)),
    settings: {},
    vendor,
    now: () => at,
    pageKey: createSecretKey(Buffer.alloc(32)),
  };
  const declared = connector.tools.find(({ name }) => name === tool);
  if (declared === undefined) throw new Error('no such tool');
  const given = declared.input.parse({ customer: 'ACME-1', ...input });
  const call = {
    credential: async () => credential,
    signal: new AbortController().signal,
    endsAt: Number.MAX_SAFE_INTEGER,
    maxBytes: 8_000_000,
    afterwards: '',
  };
  return declared.run(context, given, call).catch((thrown: unknown) => {
    // The engine's own word for a projection that went wrong.
    if (thrown instanceof Fault && !thrown.message.includes('cannot be read')) return thrown.code;
    throw thrown;
  });
}

describe.each(examples)('$tool', ({ tool, own: input }) => {
  it.each(hostile)('ends in an answer when every member is %s', async (_, by) => {
    for (const isWhole of [true, false]) {
      const answer = await answerOf(tool, input, (json) => filled(json, by, isWhole));
      if (typeof answer === 'string')
        expect(['VENDOR_ERROR', 'INVALID_ARGUMENTS', 'OWNERSHIP_UNPROVEN']).toContain(answer);
      else expect(['ok', 'denied']).toContain(answer.status);
    }
  });
});

describe('the rows of this vector', () => {
  const reads = examples.filter(({ tool }) => /_(?:list|get|find|search)$/.test(tool));
  it.each(reads)('are still the customer’s to $tool', async ({ tool, own: input }) => {
    const answer = await answerOf(tool, input, (json) => filled(json, 'a text', false));
    expect(typeof answer === 'string' || answer.status === 'denied' ? answer : answer.records.length).toBeGreaterThan(
      0,
    );
  });

  it('may have the largest ids there are', async () => {
    const rows = (json: unknown) =>
      Array.isArray(json)
        ? json.map((row, index) => ({ ...(row as object), id: Number.MAX_SAFE_INTEGER - index }))
        : json;
    for (const tool of ['website_list', 'network_list', 'ip_address_list', 'expiration_list'])
      expect(await answerOf(tool, {}, rows)).toMatchObject({
        records: expect.arrayContaining([expect.objectContaining({ label: labelOf('12') })]),
      });
  });
});
