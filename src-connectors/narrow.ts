// Narrowing: keeps the vendor's rows that are provably the bound customer's, and counts the others. This is the check
// the product stands on; the vendor's filter, the request and the caller are all assumed to have failed.
import type { LabelledRecord } from '../src-shared/contract/worker.ts';
import { canonicalId, isRow, memberOf, type Row } from './row.ts';

/** Which members prove whose a row is. Dots lead into nested objects. */
export interface OwnerSelector {
  /** Must be there and name the owner. */
  readonly owner: string;
  /** Where the row may name an owner once more; absent, null and 0 say nothing, anything else must agree. */
  readonly also: readonly string[];
  /** Set when `id` counts anew within each owner, so that the same id under two owners is two records. */
  readonly isNumberedWithin?: boolean;
}

export interface Narrowed {
  /** The vendor's own rows, each with every owner it names. Nothing here is fit to leave the worker unprojected. */
  readonly proven: readonly (LabelledRecord & { readonly record: Row })[];
  /** Rows not provably the owner's, each id once; a row without an id counts by itself. */
  readonly dropped: number;
  /** The ids of all rows, proven or not. */
  readonly ids: ReadonlySet<string>;
}

/**
 * Fails closed: a row whose owner is missing, of a wrong type, 0, named twice differently, or another is dropped; so is
 * a row without a proper `id`, and an id that comes both as the owner's and as another's. A repeated id counts once.
 */
export function narrow(rows: readonly unknown[], selector: OwnerSelector, owner: string): Narrowed {
  const proven = new Map<string, { owners: string[]; record: Row }>();
  const foreign = new Set<string>();
  const ids = new Set<string>();
  let nameless = 0;
  for (const row of rows) {
    const id = isRow(row) ? canonicalId(memberOf(row, 'id')) : undefined;
    if (id === undefined || !isRow(row)) {
      nameless += 1;
      continue;
    }
    const owners = ownersOf(row, selector);
    const key = selector.isNumberedWithin === true ? `${owners?.join(' ')}/${id}` : id;
    ids.add(key);
    if (owners?.length !== 1 || owners[0] !== owner) foreign.add(key);
    else if (!proven.has(key)) proven.set(key, { owners, record: row });
  }
  for (const id of foreign) proven.delete(id);
  return { proven: [...proven.values()], dropped: foreign.size + nameless, ids };
}

/** Every owner the row names, each once; undefined when it names none properly. */
export function ownersOf(row: Row, selector: OwnerSelector): string[] | undefined {
  const named = canonicalId(memberOf(row, selector.owner));
  if (named === undefined) return undefined;
  const owners = [named];
  for (const path of selector.also) {
    const value = memberOf(row, path);
    if (value === undefined || value === null || value === 0) continue;
    const once = canonicalId(value);
    if (once === undefined) return undefined;
    if (!owners.includes(once)) owners.push(once);
  }
  return owners;
}
