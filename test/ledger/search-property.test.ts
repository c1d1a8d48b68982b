import { fc } from '../fast-check.ts';
import { describe, expect, it } from 'vitest';
import type { LedgerFilter, Outline } from '../../src-shared/contract/ledger.ts';
import type { Entry, EntryDraft } from '../../src-shared/model/entry.ts';
import { draft } from './fork-ledger.ts';
import { ann, anna, hugo, impostor, ledgerOf, no, outline, signal, start } from './search-fixture.ts';

/** What a filter means. */
function isMatch(entry: Entry, filter: LedgerFilter): boolean {
  const { kinds, customer, cross, technician, from, to, tool, client, denied } = filter;
  const { kind, principal, gates } = entry;
  const isDenied = kind === 'call.denied' || (kind === 'call.outcome' && (gates ?? []).some(({ ok }) => !ok));
  return (
    (kinds === undefined || kinds.includes(kind)) &&
    (customer === undefined || entry.customer === customer) &&
    (cross === undefined || entry.cross === cross) &&
    (technician === undefined || principal.id === technician || principal.name === technician) &&
    (from === undefined || Date.parse(entry.at) >= Date.parse(from)) &&
    (to === undefined || Date.parse(entry.at) <= Date.parse(to)) &&
    (tool === undefined || entry.tool === tool) &&
    (client === undefined || principal.client === client) &&
    (denied === undefined || isDenied)
  );
}

const arbitraryDraft = fc.record({
  kind: fc.constantFrom('call.intent', 'call.outcome', 'call.denied', 'alert', 'approval.asked'),
  customer: fc.constantFrom('MERI-7', 'OTHER-1', 'RARE-1', null),
  cross: fc.constantFrom('CROSS-1', 'CROSS-12', undefined, undefined),
  principal: fc.constantFrom(anna, ann, hugo, impostor),
  tool: fc.constantFrom('ticket_list', 'ticket_get', '', undefined, 'a"\u0000\n'),
  gates: fc.constantFrom(undefined, [], no, [{ gate: 'policy', ok: true, ms: 0.1 } as const]),
});

const arbitraryInstant = (length: number): fc.Arbitrary<string> =>
  fc.integer({ min: -2, max: length + 2 }).map((second) => new Date(start + second * 1000).toISOString());

/** What one person asks for: one thing, or a few at once. */
const arbitraryFilter = (length: number): fc.Arbitrary<LedgerFilter> => {
  const kinds = ['call.intent', 'call.outcome', 'call.denied', 'alert', 'policy.applied'] as const;
  const one = fc.oneof<fc.Arbitrary<LedgerFilter>[]>(
    fc.subarray([...kinds]).map((some) => ({ kinds: some })),
    fc.constantFrom('MERI-7', 'RARE-1', 'NOBODY-1').map((customer) => ({ customer })),
    fc.constantFrom(anna.id, anna.name, hugo.id, 'claude-code', '').map((technician) => ({ technician })),
    fc.constantFrom('CROSS-1', 'CROSS-12', 'CROSS-2').map((cross) => ({ cross })),
    arbitraryInstant(length).map((from) => ({ from })),
    arbitraryInstant(length).map((to) => ({ to: to.replace('.000Z', 'Z') })),
    fc.constantFrom('ticket_list', '', 'a"\u0000\n', 'nothing').map((tool) => ({ tool })),
    fc.constantFrom('claude-code', 'operator', 'none').map((client) => ({ client })),
    fc.constant({ denied: true } as const),
  );
  return fc.array(one, { maxLength: 3 }).map((some) => Object.assign({}, ...some) as LedgerFilter);
};

/** Few drafts, over and over: what is rare stays rare, and the ledger is longer than a few pieces of the table. */
const arbitraryDrafts = fc
  .tuple(fc.array(arbitraryDraft, { minLength: 1, maxLength: 40 }), fc.integer({ min: 0, max: 2100 }))
  .map(([some, length]) =>
    Array.from({ length }, (_, at): EntryDraft => {
      const { tool, gates, cross, ...one } = some[(at * at) % some.length] as (typeof some)[number];
      const { tool: _tool, gates: _gates, ...rest } = draft('x');
      return {
        ...rest,
        ...one,
        ...(tool === undefined ? {} : { tool }),
        ...(cross && { cross }),
        ...(gates ? { gates: [...gates] } : {}),
      };
    }),
  );

/** Pieces of the table meet at some of them. */
const arbitraryPlace = (length: number): fc.Arbitrary<number> =>
  fc.oneof(fc.integer({ min: 0, max: length + 5 }), fc.constantFrom(0, 511, 512, 513, 1023, 1024, 1025));

describe('search', () => {
  it('finds, counts, marks and spreads exactly what a filter means', { timeout: 120_000 }, async () => {
    const property = fc.asyncProperty(
      arbitraryDrafts.chain((drafts) =>
        fc.record({
          drafts: fc.constant(drafts),
          filters: fc.array(arbitraryFilter(drafts.length), { minLength: 4, maxLength: 16 }),
          places: fc.array(
            fc.record({
              after: fc.option(arbitraryPlace(drafts.length), { nil: undefined }),
              before: fc.option(
                arbitraryPlace(drafts.length).map((seq) => seq + 1),
                { nil: undefined },
              ),
              limit: fc.constantFrom(1, 7, 500, 1000),
            }),
            { minLength: 1, maxLength: 8 },
          ),
          spans: fc.integer({ min: 1, max: 200 }),
        }),
      ),
      async ({ drafts, filters, places, spans }) => {
        const { ledger } = await ledgerOf(drafts);
        const all: Entry[] = [];
        while (all.length < drafts.length) {
          all.push(...(await ledger.page({ after: all.length, limit: 1000, filter: {} }, signal)).entries);
        }
        for (const filter of filters) {
          const matches = all.filter((entry) => isMatch(entry, filter));
          for (const place of places) {
            const { entries, isEnd } = await ledger.page({ ...place, filter }, signal);
            expect([entries.map(({ seq }) => seq), isEnd]).toEqual(pageOf(matches, place));
          }
          checkOutline(await outline(ledger, filter, spans), matches, { all, spans });
        }
        ledger.close();
      },
    );
    await fc.assert(property, { numRuns: 12 });
  });
});

function pageOf(
  matches: readonly Entry[],
  { after, before, limit }: { after?: number | undefined; before?: number | undefined; limit: number },
) {
  const there = matches.filter(({ seq }) => seq > (after ?? 0) && seq < (before ?? Number.POSITIVE_INFINITY));
  const isBackward = before !== undefined && after === undefined;
  const seqs = (isBackward ? there.slice(-limit) : there.slice(0, limit)).map(({ seq }) => seq);
  return [seqs, there.length <= limit];
}

function checkOutline(
  found: Outline,
  matches: readonly Entry[],
  { all, spans }: { all: readonly Entry[]; spans: number },
): void {
  expect(found).toMatchObject({ entries: matches.length, upTo: all.length, every: 500 });
  expect(found.marks).toEqual(matches.filter((_, at) => at % 500 === 0).map(({ seq }) => seq));
  expect(found.spans.length).toBeLessThanOrEqual(spans);
  expect(found.spans.length > 0).toBe(matches.length > 0);
  const starts = found.spans.map(({ from }) => Date.parse(from));
  expect(new Set(starts.slice(1).map((from, at) => from - (starts[at] ?? 0))).size).toBeLessThanOrEqual(1);
  const [first] = matches;
  if (first) expect(found.spans[0]?.from).toBe(first.at);
  const counts = found.spans.map(({ from }, span) => {
    const end = starts[span + 1] ?? Number.POSITIVE_INFINITY;
    const within = matches.filter(({ at }) => Date.parse(at) >= Date.parse(from) && Date.parse(at) < end);
    return { from, entries: within.length, denied: within.filter((entry) => isMatch(entry, { denied: true })).length };
  });
  expect(found.spans).toEqual(counts);
}
