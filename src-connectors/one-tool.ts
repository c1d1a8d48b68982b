// A tool that reads one record by its id. A record of another customer, one that proves no owner and one that does not
// exist give the same answer, to the byte.
import type { z } from 'zod';
import { type Arguments, type Declaration, define, leaving, scoped, type Tool, type ToolRun } from './define.ts';
import { lookUpOf } from './look-up.ts';
import type { Hanging, OwnerSelector } from './naming.ts';
import { narrow, narrowHanging } from './narrow.ts';
import { canonicalId, memberOf, type Row } from './row.ts';
import { type Found, type NamedTarget, oneFound, readTarget, type Running, type Target } from './target.ts';
import type { Names, VendorRequest } from './vendor.ts';

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
  /** With `called` it can be looked up before people are asked, where policy asks them for a read. */
  readonly target: Target<Input> | NamedTarget<Input>;
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
  const run: ToolRun<Input> = async (context, input, call) => {
    const running = { context, input, call };
    const found = await readTarget(target, selector, running);
    if (found === undefined) return { status: 'ok', records: [], dropped: 0 };
    const parts: Record<string, readonly Row[]> = {};
    let { dropped } = found;
    for (const [name, nestedSelector] of Object.entries(nested)) {
      const list = memberOf(found.row, name);
      const narrowed = narrow(Array.isArray(list) ? list : [], nestedSelector, context);
      parts[name] = narrowed.proven.map((one) => one.record);
      dropped += narrowed.dropped;
    }
    for (const [name, join] of Object.entries(joins)) {
      const joined = await readJoin(join, found, running);
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
    return { status: 'ok', records: [{ label: context.kept.label(found.naming), record: projected }], dropped };
  };
  const lookUp = 'called' in target ? lookUpOf([{ target, owner: selector, isNamed: () => true }]) : undefined;
  return define('one', declaration, run, lookUp);
}

/** The rows of a join that are proven to hang on the record found, or to be the customer's, or nobody's. */
export async function readJoin<Input extends z.ZodRawShape>(
  { request, key, ownerParameter, proof, pages = 1 }: Join<Input>,
  found: Found,
  { context, input, call }: Running<Input>,
): Promise<{ rows: readonly Row[]; dropped: number }> {
  const { owner, vendor } = context;
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
    'reference' in proof ? narrowHanging(rows, { ...proof, parent: found }, context) : narrow(rows, proof, context);
  return { rows: proven.map((one) => one.record), dropped };
}

async function readLinks<Input extends z.ZodRawShape>(
  { ids, request, key, owner: selector, most }: Link<Input>,
  row: Row,
  { context, input, call }: Running<Input>,
): Promise<{ rows: readonly Row[]; dropped: number }> {
  const asked = new Set(ids(row, input).flatMap((id) => canonicalId(id, selector.ids) ?? []));
  const rows: Row[] = [];
  for (const id of [...asked].slice(0, most)) {
    const found = oneFound(await context.vendor.record(request(id), key, call), { selector, asked: id }, context);
    if (found !== undefined) rows.push(found.row);
  }
  return { rows, dropped: asked.size - rows.length };
}
