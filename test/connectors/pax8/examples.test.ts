import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pax8 as connector } from '../../../src-connectors/pax8/pax8.ts';
import { companyOf, type Pax8, pax8Data, startPax8 } from '../../demo/pax8-account.ts';
import { bind } from '../bound.ts';
import { pax8Examples } from './examples.ts';

const owner = companyOf('meridian-dental');
const other = companyOf('meridian-logistics');
const examples = pax8Examples(pax8Data(), owner, other);

let pax8: Pax8;
beforeEach(async () => {
  pax8 = await startPax8();
});
afterEach(() => pax8.emulator.close());

const call = (tool: string, input: Readonly<Record<string, unknown>>) =>
  bind({ url: pax8.emulator.url, connector: 'pax8', owner, credential: pax8Data().credential }).call(tool, input);

describe('the examples', () => {
  it('are one for every tool', () => {
    expect(examples.map(({ tool }) => tool)).toEqual(connector.tools.map(({ name }) => name));
  });

  it.each(examples.map((one) => [one.tool, one] as const))(
    '%s succeeds for the demo’s customer',
    async (tool, { own }) => {
      const answer = await call(tool, own);
      expect(answer).toMatchObject({ status: 'ok' });
      if (tool !== 'pax8_invoice_list' && answer.status === 'ok') expect(answer.records).not.toEqual([]);
    },
  );

  it.each(examples.flatMap((one) => (one.foreign ? [[one.tool, one] as const] : [])))(
    '%s answers for another customer’s record as for one that is not there',
    async (tool, { foreign = {}, missing = {} }) => {
      const [first, second] = [await call(tool, foreign), await call(tool, missing)];
      expect(JSON.stringify(first)).toBe(JSON.stringify(second));
      expect(JSON.stringify(first)).not.toContain(other);
    },
  );
});
