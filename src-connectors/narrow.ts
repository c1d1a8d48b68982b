// Narrowing: keeps the vendor's rows that are provably the bound customer's, and counts the others. This is the check
// the product stands on; the vendor's filter, the request and the caller are all assumed to have failed.
import { catalogueOwner, type LabelledRecord } from '../src-shared/contract/worker.ts';
import { canonicalId, type IdKind, isRow, memberOf, type Row } from './row.ts';

interface Identified {
  /** What ids are here, the rows' own and the owners'. Numbers unless it says so. */
  readonly ids?: IdKind;
  /** The member that holds the row's own id, `id` unless it says so; null where rows have none and each counts by itself. */
  readonly id?: string | null;
  /**
   * Members by which a nested object may name an owner, dots allowed. One that names another is cut out of the row with all it
   * holds; so is what lies deeper than anyone looks.
   */
  readonly within?: readonly string[];
}

/** The row itself says whose it is. Dots lead into nested objects. */
export interface NamedOwner extends Identified {
  /** Must be there and name the owner. */
  readonly owner: string;
  /** Where the row may name an owner once more; absent, null and 0 say nothing, anything else must agree. */
  readonly also: readonly string[];
  /** Set when `id` counts anew within each owner, so that the same id under two owners is two records. */
  readonly isNumberedWithin?: boolean;
}

/** The row holds a list of all it was released to, and the owner must be on it: a knowledge article with its readers. */
export interface SharedWith extends Identified {
  readonly sharedWith: { readonly list: string; readonly member: string };
}

/** A row that is nobody's: a price list's, a status's. One that names any owner is no such row, and is dropped. */
export interface Catalogue extends Identified {
  readonly catalogue: { readonly mustLack: readonly string[] };
}

/** Which members prove whose a row is. */
export type OwnerSelector = NamedOwner | SharedWith | Catalogue;

export interface Narrowed {
  /** The vendor's own rows, each with every owner it names. Nothing here is fit to leave the worker unprojected. */
  readonly proven: readonly (LabelledRecord & { readonly record: Row })[];
  /** Rows not provably the owner's, each id once, and nested objects cut out; what has no id counts by itself. */
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
  const label = 'catalogue' in selector ? catalogueOwner : owner;
  const isNumberedWithin = 'owner' in selector && selector.isNumberedWithin === true;
  let nameless = 0;
  for (const [at, row] of rows.entries()) {
    const id = isRow(row) ? idOf(row, selector, at) : undefined;
    if (id === undefined || !isRow(row)) {
      nameless += 1;
      continue;
    }
    const owners = ownersOf(row, selector, owner);
    const key = isNumberedWithin ? `${owners?.join(' ')}/${id}` : id;
    ids.add(selector.id === null ? textOfFlat(row) : key);
    if (owners?.length !== 1 || owners[0] !== label) foreign.add(key);
    else if (!proven.has(key)) proven.set(key, { owners, record: row });
  }
  for (const id of foreign) proven.delete(id);
  let cuts = 0;
  const record = (row: Row): Row => prune(row, { selector, owner }, () => (cuts += 1));
  const kept = [...proven.values()].map((one) => ({ owners: one.owners, record: record(one.record) }));
  return { proven: kept, dropped: foreign.size + nameless + cuts, ids };
}

/** Which record a row hangs on, when it names no owner itself. */
export interface Hanging {
  /** The member that must hold the id of that record. */
  readonly reference: string;
  /** Members that must hold exactly these texts, where ids count anew for each kind of record: `{"parent_type": "Asset"}`. */
  readonly must?: Readonly<Record<string, string>>;
  /** Whether their ids count anew within each record. */
  readonly isNumberedWithin: boolean;
  /** As in a selector. */
  readonly id?: string | null;
}

/** The proven record that rows hang on, and whom it was proven for. */
interface Parent {
  readonly id: string;
  readonly owners: readonly string[];
  readonly selector: OwnerSelector;
  readonly owner: string;
}

/**
 * The rows that hang on a proven record, labelled as it is. A row that hangs on it and yet names another owner, by any
 * member by which the record itself could, is not believed; nor is one that hangs on a record of another kind with the same
 * id.
 */
export function narrowHanging(
  rows: readonly unknown[],
  { reference, must = {}, isNumberedWithin, id }: Hanging,
  { owner, ...parent }: Parent,
): Narrowed {
  const { ids } = parent.selector;
  const naming = namingOf(parent.selector);
  const kind = ids === undefined ? {} : { ids };
  const byParent = { owner: reference, also: [], isNumberedWithin, ...kind, ...(id === undefined ? {} : { id }) };
  const { proven, dropped, ids: seen } = narrow(rows, byParent, parent.id);
  const isOthers = (row: Row): boolean =>
    Object.entries(must).some(([name, text]) => memberOf(row, name) !== text) ||
    naming.some((name) => !saysNothing(memberOf(row, name)) && canonicalId(memberOf(row, name), ids) !== owner);
  const kept: Narrowed['proven'][number][] = [];
  let cuts = 0;
  for (const { record } of proven) {
    if (isOthers(record)) cuts += 1;
    else
      kept.push({
        owners: [...parent.owners],
        record: prune(record, { selector: parent.selector, owner }, () => (cuts += 1)),
      });
  }
  return { proven: kept, dropped: dropped + cuts, ids: seen };
}

/** Every member by which a row of this kind, or one that hangs on it, may name an owner. */
function namingOf(selector: OwnerSelector): readonly string[] {
  const own = 'catalogue' in selector ? selector.catalogue.mustLack : 'also' in selector ? selector.also : [];
  return [...(selector.within ?? []), ...own];
}

/** A row without an id, told from others by what is flat in it: it may be nested deeper than can be written down. */
function textOfFlat(row: Row): string {
  return JSON.stringify(Object.entries(row).filter(([, value]) => typeof value !== 'object'));
}

/** Every owner the row names, each once; undefined when it names none properly. `owner` is who is asked for. */
export function ownersOf(row: Row, selector: OwnerSelector, owner: string): string[] | undefined {
  if ('catalogue' in selector) {
    const isSomebodys = selector.catalogue.mustLack.some((path) => !saysNothing(memberOf(row, path)));
    return isSomebodys ? undefined : [catalogueOwner];
  }
  if ('sharedWith' in selector) {
    const { list, member } = selector.sharedWith;
    const readers = memberOf(row, list);
    if (!Array.isArray(readers)) return undefined;
    const isReader = (one: unknown): boolean =>
      isRow(one) && canonicalId(memberOf(one, member), selector.ids) === owner;
    return readers.some(isReader) ? [owner] : undefined;
  }
  const named = canonicalId(memberOf(row, selector.owner), selector.ids);
  if (named === undefined) return undefined;
  const owners = [named];
  for (const path of selector.also) {
    const value = memberOf(row, path);
    if (saysNothing(value)) continue;
    const once = canonicalId(value, selector.ids);
    if (once === undefined) return undefined;
    if (!owners.includes(once)) owners.push(once);
  }
  return owners;
}

/** Rows without ids of their own are told apart by their place. */
function idOf(row: Row, { id = 'id', ids }: OwnerSelector, at: number): string | undefined {
  return id === null ? `#${at}` : canonicalId(memberOf(row, id), ids);
}

const saysNothing = (value: unknown): boolean => value === undefined || value === null || value === 0;

/**
 * The row without the nested objects that name another owner, at any depth; each is told to `onCut`. A row without any is
 * returned as it is.
 */
function prune(
  row: Row,
  { selector: { within = [], ids }, owner }: { readonly selector: OwnerSelector; readonly owner: string },
  onCut: () => void,
): Row {
  if (within.length === 0) return row;
  const namesAnother = (inner: Row): boolean =>
    within.some((name) => {
      const value = memberOf(inner, name);
      return !saysNothing(value) && canonicalId(value, ids) !== owner;
    });
  const kept = (value: unknown, depth: number): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (depth > deepest || (isRow(value) && namesAnother(value))) {
      onCut();
      return cut;
    }
    if (isRow(value)) return inside(value, depth);
    const list = value as readonly unknown[];
    const all = list.map((one) => kept(one, depth + 1)).filter((one) => one !== cut);
    return all.length === list.length && all.every((one, at) => one === list[at]) ? list : all;
  };
  const inside = (outer: Row, depth: number): Row => {
    let changed: Record<string, unknown> | undefined;
    // What JSON.parse made inherits nothing that this would see, and a row has dozens of members that are no objects.
    for (const name in outer) {
      const before = outer[name];
      if (typeof before !== 'object' || before === null) continue;
      const after = kept(before, depth + 1);
      if (after === before) continue;
      changed ??= { ...outer };
      if (after === cut) delete changed[name];
      else changed[name] = after;
    }
    return changed ?? outer;
  };
  return inside(row, 0);
}

const cut = Symbol('cut');
/** No record of a vendor is nested like that; what is could take a stack to its end. */
const deepest = 40;
