// Whoever can name another customer's record learns whether it exists if the two noes differ. For every tool that takes an
// id, a foreign one and a missing one must give the same answer, to the byte, and must write nothing.
import { afterAll, describe, expect, it } from 'vitest';
import { boundVendors, definitionOf } from './vendors.ts';

const vendors = await boundVendors();
afterAll(() => Promise.all(vendors.map(({ emulator }) => emulator.close())));

describe.each(vendors.map((vendor) => [vendor.name, vendor] as const))('%s', (_, { worker, examples, emulator }) => {
  const naming = examples.filter(({ foreign, missing }) => foreign !== undefined && missing !== undefined);

  it.each(naming.map((example) => [example.tool, example] as const))(
    '%s',
    async (tool, { foreign = {}, missing = {} }) => {
      const before = emulator.requests.length;
      const theirs = await worker.call(tool, foreign);
      const nobodys = await worker.call(tool, missing);
      const told = (answer: typeof theirs) => (answer.status === 'ok' ? { ...answer, dropped: 0 } : answer);
      expect(told(theirs)).toEqual(told(nobodys));
      if (theirs.status === 'ok') expect(theirs.records).toEqual([]);
      const { risk } = definitionOf(tool);
      const isWrite = ['write', 'external', 'spend', 'destructive'].includes(risk);
      if (isWrite) expect(theirs).toMatchObject({ status: 'denied' });
      const asked = emulator.requests.slice(before);
      expect(asked.filter(({ method, path, query }) => method !== 'GET' && !isHarmless(path, query))).toEqual([]);
    },
  );
});

/** Signing in and a dry run are POSTs too. */
const isHarmless = (path: string, query: string): boolean => /token/.test(path) || /isMock=true/.test(query);
