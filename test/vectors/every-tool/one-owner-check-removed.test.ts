// Two judges look at whose a record is: the worker at the vendor's rows, the gateway at the labels that say what those rows
// name. With either one gone the other still lets nothing of another customer out, whatever the tool and however the vendor
// gets owners wrong. With both gone everything comes out, or this would show nothing.
import { readFile } from 'node:fs/promises';
import { afterAll, describe, expect, it } from 'vitest';
import type { Keep } from '../../../src-connectors/narrow.ts';
import { narrow } from '../../../src-gateway/narrow.ts';
import type { WorkerAnswer } from '../../../src-shared/contract/worker.ts';
import { WorkerAnswer as OnTheWire } from '../../../src-shared/contract/worker.ts';
import { foreignMarks, ownMarks } from '../lying/marked.ts';
import { type BoundVendor, boundVendors, definitionOf, troubled, troubles } from './vendors.ts';

const keepAll: Keep = () => 'whole';

const judging = await boundVendors();
const blind = await boundVendors(keepAll);
afterAll(() => Promise.all([...judging, ...blind].map(({ emulator }) => emulator.close())));

/**
 * Tools to which none of these answers brings a foreign row: they take no id, are a catalogue's, or go by a path that holds
 * the customer, or the vendor refuses such a change. A vendor that lies brings them (test/vectors/lying).
 */
const unreached: Readonly<Record<string, readonly string[]>> = {
  halopsa: ['ticket_option_list', 'customer_get'],
  hudu: ['hudu_customer_get', 'credential_create', 'relation_list'],
  pax8: [
    'pax8_customer_get',
    'product_search',
    'product_get',
    'subscription_quantity_set',
    'order_create',
    'subscription_cancel',
  ],
};

describe.each(judging.map((vendor, at) => [vendor.name, vendor, blind[at] as BoundVendor] as const))(
  '%s',
  (name, judged, unjudged) => {
    const dropped = new Map(unjudged.examples.map(({ tool }) => [tool, 0]));
    let loose = 0;

    it.each(troubles)('without the gateway’s check and with %s, the worker lets nothing out', async (_, trouble) => {
      troubled(judged, trouble);
      for await (const { tool, answer } of answersOf(judged)) {
        expect(foreignMarks(JSON.stringify(recordsOf(answer)), judged.owner), tool).toEqual([]);
        if (answer.status === 'denied') continue;
        const { records } = narrow(answer, judged.owner, definitionOf(tool));
        expect(records, `${tool}, of which the gateway takes nothing away`).toEqual(recordsOf(answer));
      }
    });

    it.each(troubles)('without the worker’s check and with %s, the gateway lets nothing out', async (_, trouble) => {
      const { dropOwner } = troubled(unjudged, trouble);
      let own = 0;
      for await (const { tool, answer } of answersOf(unjudged)) {
        // As it would arrive: what does not fit the wire does not even do that.
        const arrived = OnTheWire.parse(answer);
        if (arrived.status === 'denied') continue;
        const { records } = narrow(arrived, unjudged.owner, definitionOf(tool));
        const text = JSON.stringify(records);
        expect(foreignMarks(text, unjudged.owner), tool).toEqual([]);
        own += ownMarks(text, unjudged.owner);
        loose += foreignMarks(JSON.stringify(recordsOf(answer)), unjudged.owner).length;
        dropped.set(tool, (dropped.get(tool) ?? 0) + arrived.records.length - records.length);
      }
      if (!dropOwner) expect(own).toBeGreaterThan(10);
    });

    it('without either, foreign texts come out, and records of others of every tool', () => {
      expect(loose).toBeGreaterThan(100);
      const never = [...dropped].filter(([, count]) => count === 0).map(([tool]) => tool);
      expect(never).toEqual(unreached[name]);
    });
  },
);

describe('a worker process', () => {
  it('has no other judgement than its own', async () => {
    const entry = await readFile(new URL('../../../src-connectors/worker.ts', import.meta.url), 'utf8');
    expect(entry).toContain('createWorker({');
    expect(entry).not.toMatch(/\bkeep\b/);
  });
});

/** What every tool answers, asked for the customer's own records and for another customer's. */
async function* answersOf({ worker, examples }: BoundVendor): AsyncGenerator<{ tool: string; answer: WorkerAnswer }> {
  for (const { tool, own, foreign = own } of examples)
    for (const given of own === foreign ? [own] : [own, foreign])
      yield { tool, answer: await worker.call(tool, given) };
}

const recordsOf = (answer: WorkerAnswer): unknown =>
  answer.status === 'ok' ? answer.records.map(({ record }) => record) : answer;
