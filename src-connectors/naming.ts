// Labelling: how a vendor's row names whose it is, read from the row and nothing else. No judgement is made here: that is
// narrow.ts, and once more the gateway. Every byte of a row is the vendor's.
import {
  mostNamings,
  mostOwners,
  mostReaders,
  type Label,
  type Naming,
  type NamingItself,
} from '../src-shared/model/label.ts';
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

/** Which record a row hangs on, when it names no owner itself. */
export interface Hanging {
  /** The member that must hold the id of that record. */
  readonly reference: string;
  /** The member that must hold exactly this kind, where ids count anew for each kind of record. */
  readonly kind?: { readonly member: string; readonly is: string };
  /** Whether their ids count anew within each record. */
  readonly isNumberedWithin: boolean;
  /** As in a selector. */
  readonly id?: string | null;
}

/** A record that rows may hang on: its own id, and how it names its owner. */
export interface Parent {
  readonly id: string;
  readonly naming: NamingItself;
  readonly selector: OwnerSelector;
}

/** How the row names its owner by its selector. */
export function namingOf(row: Row, selector: OwnerSelector): NamingItself {
  const { within = [], ids } = selector;
  const nested = nestedOwners(row, within, ids);
  if ('catalogue' in selector) return { by: 'nobody', owners: namedBy(row, selector.catalogue.mustLack, ids), nested };
  if ('sharedWith' in selector) return { by: 'readers', owners: readersOf(row, selector), nested };
  const itself = canonicalId(memberOf(row, selector.owner), ids) ?? null;
  return { by: 'owner', owners: namedBy(row, selector.also, ids, [itself]), nested };
}

/** How a row that hangs on a record names it, with every owner by any member by which that record itself could name one. */
export function hangingNamingOf(row: Row, { reference, kind }: Hanging, { id, naming, selector }: Parent): Naming {
  const { within = [], ids } = selector;
  const more = 'catalogue' in selector ? selector.catalogue.mustLack : 'also' in selector ? selector.also : [];
  const refersTo = canonicalId(memberOf(row, reference), ids) ?? null;
  return {
    by: 'parent',
    owners: namedBy(row, [...within, ...more], ids),
    nested: nestedOwners(row, within, ids),
    refersTo: { id: refersTo, ...(kind === undefined ? {} : { kind: kindOf(row, kind.member) }) },
    parent: { id, ...(kind === undefined ? {} : { kind: kind.is }), naming },
  };
}

/** The label of what was made of a row with this naming and of others. */
export function labelOf(own: Naming, others: readonly Naming[]): Label {
  const texts = new Set(others.map((one) => JSON.stringify(one)));
  texts.delete(JSON.stringify(own));
  const different = [...texts].map((text) => JSON.parse(text) as Naming);
  return different.length < mostNamings ? [own, ...different] : [tooMany];
}

/** Whether an inner object names another owner than this one, as far as it names any. */
export function namesAnother(inner: Row, { within = [], ids }: OwnerSelector, owner: string): boolean {
  return within.some((path) => {
    const value = memberOf(inner, path);
    return !saysNothing(value) && canonicalId(value, ids) !== owner;
  });
}

/** No record of a vendor is nested like that; what is could take a stack to its end. */
export const deepest = 40;

function namedBy(
  row: Row,
  paths: readonly string[],
  ids: IdKind | undefined,
  owners: (string | null)[] = [],
): (string | null)[] {
  for (const path of paths) note(memberOf(row, path), ids, owners);
  return owners;
}

function readersOf(row: Row, { sharedWith: { list, member }, ids }: SharedWith): string[] {
  const readers = memberOf(row, list);
  if (!Array.isArray(readers)) return [];
  const named = readers.flatMap((one) => (isRow(one) ? (canonicalId(memberOf(one, member), ids) ?? []) : []));
  return named.slice(0, mostReaders);
}

function kindOf(row: Row, member: string): string | null {
  const kind = memberOf(row, member);
  return typeof kind === 'string' && kind.length <= 80 ? kind : null;
}

/** Every owner that an object nested in the row names, at any depth; null for what is deeper than anyone looks. */
function nestedOwners(row: Row, within: readonly string[], ids: IdKind | undefined): (string | null)[] {
  const owners: (string | null)[] = [];
  if (within.length > 0) look(row, 1, { within, ids, owners });
  return owners;
}

interface Looking {
  readonly within: readonly string[];
  readonly ids: IdKind | undefined;
  readonly owners: (string | null)[];
}

// What JSON.parse made inherits nothing that this would see, and a row has dozens of members that are no objects.
function look(outer: Row, depth: number, looking: Looking): void {
  for (const name in outer) {
    const inner = outer[name];
    if (typeof inner !== 'object' || inner === null) continue;
    if (Array.isArray(inner)) lookThrough(inner, depth, looking);
    else lookAt(inner as Row, depth, looking);
  }
}

function lookThrough(list: readonly unknown[], depth: number, looking: Looking): void {
  if (depth > deepest) return note(odd, looking.ids, looking.owners);
  for (const one of list) {
    if (Array.isArray(one)) lookThrough(one, depth + 1, looking);
    else if (isRow(one)) lookAt(one, depth + 1, looking);
  }
}

function lookAt(inner: Row, depth: number, looking: Looking): void {
  const { within, ids, owners } = looking;
  if (depth > deepest) return note(odd, ids, owners);
  for (const path of within) note(memberOf(inner, path), ids, owners);
  look(inner, depth + 1, looking);
}

/** Adds the owner that a member names, unless it says nothing. More than can be told are told as one that is none. */
function note(value: unknown, ids: IdKind | undefined, owners: (string | null)[]): void {
  if (saysNothing(value)) return;
  const owner = canonicalId(value, ids) ?? null;
  if (owners.includes(owner)) return;
  if (owners.length < mostOwners) owners.push(owner);
  else owners[mostOwners - 1] = null;
}

const saysNothing = (value: unknown): boolean => value === undefined || value === null || value === 0;
const odd = '';
const tooMany: Naming = { by: 'owner', owners: [null], nested: [] };
