/**
 * What a person has decided about a mapping and not saved. One vendor customer serves at most one customer, saved and
 * unsaved together: every step that would break that leaves the draft as it was.
 */
import type { MappingView } from '../../../src-shared/contract/ui.ts';
import type { CustomerId } from '../../../src-shared/model/ids.ts';

export type MappingRow = MappingView['rows'][number];
/** Customer to the vendor's id that it shall have; null takes it away. Only what differs from the saved mapping. */
export type Changes = ReadonlyMap<CustomerId, string | null>;

export interface Draft {
  readonly rows: ReadonlyMap<CustomerId, MappingRow>;
  readonly changes: Changes;
  /** Earlier changes, the latest last. */
  readonly history: readonly Changes[];
  /** Vendor id to the customer that has it, changes included. */
  readonly takenBy: ReadonlyMap<string, CustomerId>;
}

export type Standing = 'unmapped' | 'suggested' | 'ambiguous' | 'mapped';

const keptSteps = 100;

export function startDraft(rows: readonly MappingRow[]): Draft {
  return settle(new Map(rows.map((row) => [row.customer, row])), new Map(), []);
}

/** The vendor's id a customer has, changes included. */
export function ownerOf({ rows, changes }: Draft, customer: CustomerId): string | null {
  return changes.has(customer) ? (changes.get(customer) ?? null) : (rows.get(customer)?.owner ?? null);
}

/** What is proposed for a customer and free to take; null also where it was just cleared. */
export function openSuggestion(draft: Draft, customer: CustomerId): string | null {
  const owner = draft.rows.get(customer)?.suggestion?.owner;
  if (owner === undefined || draft.changes.has(customer) || ownerOf(draft, customer) !== null) return null;
  return draft.takenBy.has(owner) ? null : owner;
}

export function standingOf(draft: Draft, customer: CustomerId): Standing {
  if (ownerOf(draft, customer) !== null) return 'mapped';
  if (openSuggestion(draft, customer) !== null) return 'suggested';
  const hasChoice = (draft.rows.get(customer)?.candidates.length ?? 0) > 0;
  return hasChoice && !draft.changes.has(customer) ? 'ambiguous' : 'unmapped';
}

/** Gives a customer its counterpart, or takes it away with null. Unchanged when another customer has that one. */
export function choose(draft: Draft, customer: CustomerId, owner: string | null): Draft {
  const holder = owner === null ? undefined : draft.takenBy.get(owner);
  if (!draft.rows.has(customer) || ownerOf(draft, customer) === owner) return draft;
  if (holder !== undefined && holder !== customer) return draft;
  return step(draft, withChoice(draft, draft.changes, { customer, owner }));
}

/** Takes every open suggestion of `customers` in one step; of two with the same, the first has it. */
export function acceptAll(draft: Draft, customers: readonly CustomerId[]): Draft {
  const taken = new Set(draft.takenBy.keys());
  const changes = new Map(draft.changes);
  for (const customer of customers) {
    const owner = openSuggestion(draft, customer);
    if (owner === null || taken.has(owner)) continue;
    taken.add(owner);
    changes.set(customer, owner);
  }
  return changes.size === draft.changes.size ? draft : step(draft, changes);
}

/** One customer back to what is saved. Unchanged when another has its counterpart by now. */
export function undoRow(draft: Draft, customer: CustomerId): Draft {
  return draft.changes.has(customer) ? choose(draft, customer, draft.rows.get(customer)?.owner ?? null) : draft;
}

export function undoLast({ rows, history }: Draft): Draft | null {
  const before = history.at(-1);
  return before === undefined ? null : settle(rows, before, history.slice(0, -1));
}

/** Everything back to what is saved. One more step that can be undone. */
export function discard(draft: Draft): Draft {
  return draft.changes.size === 0 ? draft : step(draft, new Map());
}

/** `sent` is saved now. What was changed since it was sent stays a change. */
export function saved(draft: Draft, sent: Changes): Draft {
  const rows = new Map(draft.rows);
  for (const [customer, owner] of sent) {
    const row = rows.get(customer);
    if (row !== undefined) rows.set(customer, { ...row, owner });
  }
  const wanted = new Map([...rows.keys()].map((customer) => [customer, ownerOf(draft, customer)] as const));
  const left = [...wanted].filter(([customer, owner]) => owner !== rows.get(customer)?.owner);
  return settle(rows, new Map(left), []);
}

function withChoice(
  { rows }: Draft,
  changes: Changes,
  { customer, owner }: { readonly customer: CustomerId; readonly owner: string | null },
): Changes {
  const next = new Map(changes);
  if (rows.get(customer)?.owner === owner) next.delete(customer);
  else next.set(customer, owner);
  return next;
}

const step = ({ rows, changes, history }: Draft, next: Changes): Draft =>
  settle(rows, next, [...history, changes].slice(-keptSteps));

function settle(rows: Draft['rows'], changes: Changes, history: readonly Changes[]): Draft {
  const takenBy = new Map<string, CustomerId>();
  for (const [customer, row] of rows) {
    const owner = changes.has(customer) ? changes.get(customer) : row.owner;
    if (owner !== null && owner !== undefined) takenBy.set(owner, customer);
  }
  return { rows, changes, history, takenBy };
}
