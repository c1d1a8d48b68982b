// A vendor that ignores the customer filter still searches every customer's text. The count of what was removed from such
// an answer would tell whether others' records contain a text, and so, letter by letter, what they contain.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setFaults } from '../flows/running-app.ts';
import { attackedApp, lastEntry } from './attacked-app.ts';

const attacked = attackedApp();

describe('a search at a vendor that ignores the customer filter', () => {
  beforeAll(async () => setFaults(await attacked.app.vendorUrl(), { ignoreClientFilter: true }));
  afterAll(async () => setFaults(await attacked.app.vendorUrl(), { ignoreClientFilter: false }));

  it.each([
    ['ticket_search', 'nobody hears me'],
    ['ticket_search', '2037'],
    ['contact_search', 'Nadia Dacre'],
  ])('%s answers for a text only others have as for one that nobody has', async (tool, theirs) => {
    const ask = async (text: string) => {
      const before = await lastEntry(attacked);
      const { content } = await attacked.mcp.call(tool, { customer: 'MERI-7', text });
      const dropped = (await attacked.since(before)).at(-1)?.result?.dropped;
      return { content: { ...content, auditRef: '' }, dropped };
    };
    const [others, nobody] = [await ask(theirs), await ask('xyzzy plugh')];
    expect(others.content).toEqual(nobody.content);
    expect(nobody.dropped).toBe(0);
    expect(others.dropped).toBeGreaterThan(0); // The technician can see it in the ledger.
  });
});
