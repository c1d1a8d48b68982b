// A tool that reads one record by its id. A record of another customer, one that proves no owner and one that does not
// exist give the same answer, to the byte.
import type { z } from 'zod';
import { type Arguments, type Declaration, define, leaving, scoped, type Tool, type ToolContext } from './define.ts';
import { type Hanging, narrow, narrowHanging, type OwnerSelector } from './narrow.ts';
import { canonicalId, memberOf, type Row } from './row.ts';
import type { Names, ToolCall, VendorRequest } from './vendor.ts';

/** How to read one record and prove whose it is. */
export interface Target<Input extends z.ZodRawShape> {
  readonly request: (input: Arguments<Input>) => VendorRequest;
  /** The id asked for; absent when the request names the bound customer itself. */
  readonly id?: (input: Arguments<Input>) => number | string;
  /** The wrapper some versions of the vendor put a single record in. */
  readonly key: string | ((input: Arguments<Input>) => string);
  /** A list that the credential may certainly read when it is good: tells "this record is forbidden" from "all is". */
  readonly probe?: { readonly path: string; readonly ownerParameter?: string };
}

/** Records that hang on the one read. */
export interface Join<Input extends z.ZodRawShape> {
  /** Undefined where the record leads to none. */
  readonly request: (input: Arguments<Input>, row: Row) => VendorRequest | undefined;
  readonly key: string;
  /** The vendor's parameter that filters by customer, where it has one. */
  readonly ownerParameter?: string;
  /**
   * How a row is proven: by the member that must hold the id of the record read, or by naming its owner itself, or by being
   * nobody's.
   */
  readonly proof: Hanging | OwnerSelector;
  /** Set where one page is not all there is: as many are read, at most. */
  readonly pages?: number;
}

/** Records that the one read names by their ids. Each is read by itself and proven; what is not is left out. */
export interface Link<Input extends z.ZodRawShape> {
  readonly ids: (row: Row, input: Arguments<Input>) => readonly (number | string)[];
  readonly request: (id: string) => VendorRequest;
  readonly key: string;
  readonly owner: OwnerSelector;
  readonly most: number;
}

export interface OneDeclaration<Input extends z.ZodRawShape, Output extends z.ZodRawShape>
  extends Declaration<Input, Output> {
  readonly target: Target<Input>;
  /** Lists of other records inside this one, each proven by itself; what is not declared here is never looked at. */
  readonly nested?: Readonly<Record<string, OwnerSelector>>;
  /** By the name under which `project` finds their rows. */
  readonly joins?: Readonly<Record<string, Join<Input>>>;
  readonly links?: Readonly<Record<string, Link<Input>>>;
  readonly project: (row: Row, parts: Parts, about: About<Input>) => z.input<z.ZodObject<Output>>;
}

export interface About<Input extends z.ZodRawShape> {
  readonly names: Names;
  readonly input: Arguments<Input>;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The proven rows of each nested list, each join and each link. */
export type Parts = Readonly<Record<string, readonly Row[]>>;

export function oneTool<Input extends z.ZodRawShape, Output extends z.ZodRawShape>(
  declaration: OneDeclaration<Input, Output>,
): Tool {
  const {
    owner: selector,
    target,
    nested = {},
    joins = {},
    links = {},
    record,
    project,
    usesNames = false,
  } = declaration;
  return define('one', declaration, async (context, input, call) => {
    const running = { context, input, call };
    const found = await readTarget(target, selector, running);
    if (found === undefined) return { status: 'ok', records: [], dropped: 0 };
    const parts: Record<string, readonly Row[]> = {};
    const owners = new Set(found.owners);
    let { dropped } = found;
    for (const [name, nestedSelector] of Object.entries(nested)) {
      const list = memberOf(found.row, name);
      const narrowed = narrow(Array.isArray(list) ? list : [], nestedSelector, context.owner);
      parts[name] = narrowed.proven.map((one) => one.record);
      for (const one of narrowed.proven) for (const owner of one.owners) owners.add(owner);
      dropped += narrowed.dropped;
    }
    for (const [name, join] of Object.entries(joins)) {
      const joined = await readJoin(join, { ...found, selector }, running);
      parts[name] = joined.rows;
      dropped += joined.dropped;
    }
    for (const [name, link] of Object.entries(links)) {
      const linked = await readLinks(link, found.row, running);
      parts[name] = linked.rows;
      dropped += linked.dropped;
    }
    const names = usesNames ? await context.vendor.names(call) : {};
    const projected = leaving(record, project(found.row, parts, { names, input, now: context.now() }));
    return { status: 'ok', records: [{ owners: [...owners], record: projected }], dropped };
  });
}

/** A record, its id, and every owner it names. */
export interface Found {
  readonly row: Row;
  readonly id: string;
  readonly owners: readonly string[];
  readonly dropped: number;
}

/** One call of a tool: what it may use, what was asked, until when. */
export interface Running<Input extends z.ZodRawShape> {
  readonly context: ToolContext;
  readonly input: Arguments<Input>;
  readonly call: ToolCall;
}

/** The record, if there is one with this id that is provably the bound customer's. */
export async function readTarget<Input extends z.ZodRawShape>(
  target: Target<Input>,
  selector: OwnerSelector,
  { context: { owner, vendor }, input, call }: Running<Input>,
): Promise<Found | undefined> {
  const { probe: like } = target;
  const probe = like === undefined ? {} : { probe: scoped({ path: like.path }, owner, like.ownerParameter) };
  const key = typeof target.key === 'string' ? target.key : target.key(input);
  const found = await vendor.record({ ...scoped(target.request(input), owner), ...probe }, key, call);
  const { proven, dropped } = narrow(found === undefined ? [] : [found], selector, owner);
  const [first] = proven;
  const id = target.id === undefined ? owner : canonicalId(target.id(input), selector.ids);
  if (first === undefined || id === undefined || canonicalId(memberOf(first.record, 'id'), selector.ids) !== id)
    return undefined;
  return { row: first.record, id, owners: first.owners, dropped };
}

/** The rows of a join that are proven to hang on the record found, or to be the customer's, or nobody's. */
export async function readJoin<Input extends z.ZodRawShape>(
  { request, key, ownerParameter, proof, pages = 1 }: Join<Input>,
  found: Found & { readonly selector: OwnerSelector },
  { context: { owner, vendor }, input, call }: Running<Input>,
): Promise<{ rows: readonly Row[]; dropped: number }> {
  const wanted = request(input, found.row);
  if (wanted === undefined) return { rows: [], dropped: 0 };
  const asked = scoped(wanted, owner, ownerParameter);
  const rows: unknown[] = [];
  if (pages === 1) for (const row of await vendor.rows(asked, key, call)) rows.push(row);
  for (let page = 1; pages > 1 && page <= pages; page += 1) {
    const read = await vendor.page({ ...asked, page }, key, call);
    for (const row of read.rows) rows.push(row);
    if (!read.isFull) break;
  }
  const { proven, dropped } =
    'reference' in proof ? narrowHanging(rows, proof, { ...found, owner }) : narrow(rows, proof, owner);
  return { rows: proven.map((one) => one.record), dropped };
}

async function readLinks<Input extends z.ZodRawShape>(
  { ids, request, key, owner: selector, most }: Link<Input>,
  row: Row,
  { context: { owner, vendor }, input, call }: Running<Input>,
): Promise<{ rows: readonly Row[]; dropped: number }> {
  const asked = new Set(ids(row, input).flatMap((id) => canonicalId(id, selector.ids) ?? []));
  const rows: Row[] = [];
  for (const id of [...asked].slice(0, most)) {
    const { proven } = narrow([await vendor.record(request(id), key, call)], selector, owner);
    for (const { record } of proven) if (canonicalId(record['id'], selector.ids) === id) rows.push(record);
  }
  return { rows, dropped: asked.size - rows.length };
}
