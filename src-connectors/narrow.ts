// Narrowing: keeps the vendor's rows that are provably the bound customer's, and counts the others. This is the check
// the product stands on; the vendor's filter, the request and the caller are all assumed to have failed. It judges what
// naming.ts read; the gateway judges the same once more, by code of its own.
import type { Naming, NamingItself } from '../src-shared/model/label.ts';
import type { Kept } from './kept.ts';
import {
  deepest,
  type Hanging,
  hangingNamingOf,
  namesAnother,
  namingOf,
  type OwnerSelector,
  type Parent,
} from './naming.ts';
import { canonicalId, isRow, memberOf, type Row } from './row.ts';

/** What becomes of a row: kept as it is, kept without the nested objects that name another owner, or dropped. */
export type Keep = (naming: Naming, owner: string) => 'whole' | 'cut' | 'dropped';

/** Whom rows are kept for, and by what judgement. */
export interface Judge {
  /** The bound customer's id, canonical. */
  readonly owner: string;
  /** `keepOwn`, always. Vectors alone pass another one, to show that the gateway stands without it. */
  readonly keep: Keep;
  /** Is told how every row that is kept names its owner. */
  readonly kept: Pick<Kept, 'add'>;
}

export interface Narrowed<N extends Naming = Naming> {
  /** The vendor's own rows and how they name their owner. Nothing here is fit to leave the worker unprojected. */
  readonly proven: readonly { readonly naming: N; readonly record: Row }[];
  /** Rows not provably the owner's, each id once, and nested objects cut out; what has no id counts by itself. */
  readonly dropped: number;
  /** The ids of all rows, proven or not. */
  readonly ids: ReadonlySet<string>;
}

/**
 * Fails closed: a row whose owner is missing, of a wrong type, 0, named twice differently, or another is dropped; so is
 * a row without a proper `id`, and an id that comes both as the owner's and as another's. A repeated id counts once.
 */
export function narrow(rows: readonly unknown[], selector: OwnerSelector, judge: Judge): Narrowed<NamingItself> {
  return sift(rows, { selector, id: selector.id, name: (row) => namingOf(row, selector) }, judge);
}

/**
 * The rows that hang on a record. One that hangs on it and yet names another owner, by any member by which the record itself
 * could, is not believed; nor is one that hangs on a record of another kind with the same id.
 */
export function narrowHanging(
  rows: readonly unknown[],
  { parent, ...hanging }: Hanging & { readonly parent: Parent },
  judge: Judge,
): Narrowed {
  const { selector } = parent;
  const name = (row: Row): Naming => hangingNamingOf(row, hanging, parent);
  return sift(rows, { selector, id: hanging.id, isNumberedWithin: hanging.isNumberedWithin, name }, judge);
}

/** The judgement of the worker. */
export const keepOwn: Keep = (naming, owner) => {
  if (!isProven(naming, owner)) return 'dropped';
  return naming.nested.every((named) => named === owner) ? 'whole' : 'cut';
};

function isProven(naming: Naming, owner: string): boolean {
  const { by, owners } = naming;
  if (by === 'nobody') return owners.length === 0;
  if (by === 'readers') return owners.includes(owner);
  if (owners.some((named) => named !== owner)) return false;
  if (by === 'owner') return owners.length === 1;
  const { parent, refersTo } = naming;
  return refersTo.id === parent.id && refersTo.kind === parent.kind && isProven(parent.naming, owner);
}

interface Sieve<N extends Naming> {
  readonly selector: OwnerSelector;
  readonly id?: string | null | undefined;
  readonly isNumberedWithin?: boolean;
  readonly name: (row: Row) => N;
}

function sift<N extends Naming>(rows: readonly unknown[], sieve: Sieve<N>, { owner, keep, kept }: Judge): Narrowed<N> {
  const { selector, id: member = 'id', isNumberedWithin = false, name } = sieve;
  const proven = new Map<string, { naming: N; record: Row; isCut: boolean }>();
  const foreign = new Set<string>();
  const ids = new Set<string>();
  let lost = 0;
  for (const [at, row] of rows.entries()) {
    // Rows without ids of their own are told apart by their place.
    const id = !isRow(row) ? undefined : member === null ? `#${at}` : canonicalId(memberOf(row, member), selector.ids);
    if (id === undefined || !isRow(row)) {
      lost += 1;
      continue;
    }
    const naming = name(row);
    const key = isNumberedWithin && naming.by === 'parent' ? `${naming.refersTo.id}/${id}` : id;
    ids.add(member === null ? textOfFlat(row) : key);
    const verdict = keep(naming, owner);
    if (verdict === 'dropped') foreign.add(key);
    else if (!proven.has(key)) proven.set(key, { naming, record: row, isCut: verdict === 'cut' });
  }
  for (const id of foreign) proven.delete(id);
  const left: { naming: N; record: Row }[] = [];
  for (const one of proven.values()) {
    const record = one.isCut ? prune(one.record, { selector, owner }, () => (lost += 1)) : one.record;
    // What is left is read once more, so that a label never says more than what is shown.
    const naming = one.isCut ? name(record) : one.naming;
    left.push({ naming, record });
    kept.add(naming);
  }
  return { proven: left, dropped: foreign.size + lost, ids };
}

/** A row without an id, told from others by what is flat in it: it may be nested deeper than can be written down. */
function textOfFlat(row: Row): string {
  return JSON.stringify(Object.entries(row).filter(([, value]) => typeof value !== 'object'));
}

/** The row without the nested objects that name another owner, at any depth; each is told to `onCut`. Others stay the very same. */
function prune(
  row: Row,
  { selector, owner }: { readonly selector: OwnerSelector; readonly owner: string },
  onCut: () => void,
): Row {
  const kept = (value: unknown, depth: number): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (depth > deepest || (isRow(value) && namesAnother(value, selector, owner))) {
      onCut();
      return cut;
    }
    if (isRow(value)) return inside(value, depth);
    const list = value as readonly unknown[];
    const all = list.map((one) => kept(one, depth + 1)).filter((one) => one !== cut);
    return all.length === list.length && all.every((one, at) => one === list[at]) ? list : all;
  };
  const inside = (outer: Row, depth: number): Row => {
    const before = Object.entries(outer);
    const after = before.map(([name, value]) => [name, kept(value, depth + 1)] as const);
    if (after.every(([, value], at) => value === before[at]?.[1])) return outer;
    return Object.fromEntries(after.filter(([, value]) => value !== cut));
  };
  return inside(row, 0);
}

const cut = Symbol('cut');
