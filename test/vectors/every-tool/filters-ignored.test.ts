// The vendors' filters fail open: misspelt or unknown ones are ignored and everybody's rows come back with 200. Every tool,
// under every way its vendor can get owners wrong, must let nothing of another customer out.
import { afterAll, describe, expect, it } from 'vitest';
import { narrow } from '../../../src-gateway/narrow.ts';
import { foreignMarks } from '../lying/marked.ts';
import { boundVendors, definitionOf, troubled, troubles } from './vendors.ts';

const vendors = await boundVendors();
afterAll(() => Promise.all(vendors.map(({ emulator }) => emulator.close())));

describe.each(vendors.map((vendor) => [vendor.name, vendor] as const))('%s', (_name, vendor) => {
  const { worker, examples, owner } = vendor;
  const isRead = (tool: string): boolean => ['read', 'sensitive', 'credential'].includes(definitionOf(tool).risk);

  it.each(troubles)('with %s', async (_, trouble) => {
    const faults = troubled(vendor, trouble);
    let records = 0;
    for (const { tool, own, foreign = own } of examples.filter((one) => isRead(one.tool))) {
      for (const given of [own, foreign]) {
        const answer = await worker.call(tool, given);
        if (answer.status === 'denied') continue;
        const text = JSON.stringify(answer.records.map(({ record }) => record));
        expect(
          foreignMarks(text, owner).filter((mark) => mark !== 'nobody'),
          tool,
        ).toEqual([]);
        expect(narrow(answer, owner, definitionOf(tool)).records.length, tool).toBe(answer.records.length);
        records += answer.records.length;
      }
    }
    if (!faults.dropOwner) expect(records).toBeGreaterThan(20);
  });
});
