/** What the chooser offers for one customer, best first. */
import type { CustomerId } from '../../../src-shared/model/ids.ts';
import { rankOf, typedWords } from '../../switcher/match-customers.ts';
import type { MappingRow } from './draft.ts';
import type { Counterpart } from './shown-rows.ts';

export interface Offered {
  readonly counterpart: Counterpart;
  /** The other customer that has it; null when it is free or this one's own. */
  readonly holder: CustomerId | null;
  readonly tag: 'current' | 'suggested' | 'possible' | null;
}

interface About {
  readonly query: string;
  readonly customer: CustomerId;
  readonly row: MappingRow | undefined;
  /** What the customer has now, changes included. */
  readonly current: string | null;
  readonly takenBy: ReadonlyMap<string, CustomerId>;
}

/**
 * Every vendor customer that holds all words of the query: what the customer has, is suggested or may have first, then
 * where the words begin the name, then the rest, the inactive after the others; by name among equals. What another
 * customer has comes along, marked.
 */
export function offeredVendors(
  counterparts: readonly Counterpart[],
  { query, customer, row, current, takenBy }: About,
): readonly Offered[] {
  const words = typedWords(query);
  const candidates = new Set(row?.candidates);
  const found: { readonly offered: Offered; readonly rank: number }[] = [];
  for (const counterpart of counterparts) {
    const rank = rankOf(counterpart, words);
    if (rank === null) continue;
    const { id, isInactive } = counterpart.vendor;
    const tag = tagOf(id, { current, suggested: row?.suggestion?.owner, candidates });
    const holder = takenBy.get(id);
    const offered = { counterpart, tag, holder: holder === undefined || holder === customer ? null : holder };
    found.push({ offered, rank: rank + (isInactive ? 10 : 0) + (tag === null ? 100 : 0) });
  }
  return found
    .sort((one, other) => one.rank - other.rank || byName(one.offered, other.offered))
    .map(({ offered }) => offered);
}

function tagOf(
  id: string,
  {
    current,
    suggested,
    candidates,
  }: {
    readonly current: string | null;
    readonly suggested: string | undefined;
    readonly candidates: ReadonlySet<string>;
  },
): Offered['tag'] {
  if (id === current) return 'current';
  if (id === suggested) return 'suggested';
  return candidates.has(id) ? 'possible' : null;
}

function byName({ counterpart: one }: Offered, { counterpart: other }: Offered): number {
  if (one.name !== other.name) return one.name < other.name ? -1 : 1;
  return one.vendor.id < other.vendor.id ? -1 : 1;
}
