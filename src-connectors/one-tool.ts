// A tool that reads one record by its id. A record of another customer, one that proves no owner and one that does not
// exist give the same answer, to the byte.
import type { z } from 'zod';
import { type Arguments, type Declaration, define, scoped, type Tool, type ToolContext } from './define.ts';
import { narrow, type OwnerSelector } from './narrow.ts';
import { canonicalId, memberOf, type Row } from './row.ts';
import type { Names, ToolCall, VendorRequest } from './vendor.ts';

/** How to read one record and prove whose it is. */
export interface Target<Input extends z.ZodRawShape> {
  readonly request: (input: Arguments<Input>) => VendorRequest;
  /** The id asked for; absent when the request names the bound customer itself. */
  readonly id?: (input: Arguments<Input>) => number;
  /** The wrapper some versions of the vendor put a single record in. */
  readonly key: string;
  /** A list that the credential may certainly read when it is good: tells "this record is forbidden" from "all is". */
  readonly probe?: { readonly path: string; readonly ownerParameter: string };
}

/** Records that hang on the one read: they name no owner, only the record they belong to. */
export interface Join<Input extends z.ZodRawShape> {
  readonly request: (input: Arguments<Input>) => VendorRequest;
  readonly key: string;
  /** The member that must hold the id of the record read. */
  readonly reference: string;
  /** Whether their ids count anew within each record. */
  readonly isNumberedWithin: boolean;
}

export interface OneDeclaration<Input extends z.ZodRawShape, Output extends z.ZodRawShape>
  extends Declaration<Input, Output> {
  readonly target: Target<Input>;
  /** Lists of other records inside this one, each proven by itself; what is not declared here is never looked at. */
  readonly nested?: Readonly<Record<string, OwnerSelector>>;
  readonly join?: Join<Input>;
  readonly project: (row: Row, parts: Parts, names: Names) => z.input<z.ZodObject<Output>>;
}

/** The proven rows of each nested list, and of the join as `joined`. */
export type Parts = Readonly<Record<string, readonly Row[]>>;

export function oneTool<Input extends z.ZodRawShape, Output extends z.ZodRawShape>(
  declaration: OneDeclaration<Input, Output>,
): Tool {
  const { owner: selector, target, nested = {}, join, record, project, usesNames = false } = declaration;
  return define('one', declaration, async (context, input, call) => {
    const found = await readTarget(target, selector, context, input, call);
    if (found === undefined) return { status: 'ok', records: [], dropped: 0 };
    const parts: Record<string, readonly Row[]> = {};
    const owners = new Set(found.owners);
    let dropped = 0;
    for (const [name, nestedSelector] of Object.entries(nested)) {
      const list = memberOf(found.row, name);
      const narrowed = narrow(Array.isArray(list) ? list : [], nestedSelector, context.owner);
      parts[name] = narrowed.proven.map((one) => one.record);
      for (const one of narrowed.proven) for (const owner of one.owners) owners.add(owner);
      dropped += narrowed.dropped;
    }
    if (join !== undefined) {
      const rows = await context.vendor.rows(join.request(input), join.key, call);
      const narrowed = narrow(
        rows,
        { owner: join.reference, also: [], isNumberedWithin: join.isNumberedWithin },
        found.id,
      );
      parts['joined'] = narrowed.proven.map((one) => one.record);
      dropped += narrowed.dropped;
    }
    const names = usesNames ? await context.vendor.names(call) : {};
    return {
      status: 'ok',
      records: [{ owners: [...owners], record: record.parse(project(found.row, parts, names)) }],
      dropped,
    };
  });
}

/** The record, if there is one with this id that is provably the bound customer's. */
export async function readTarget<Input extends z.ZodRawShape>(
  target: Target<Input>,
  selector: OwnerSelector,
  { owner, vendor }: ToolContext,
  input: Arguments<Input>,
  call: ToolCall,
): Promise<{ row: Row; id: string; owners: readonly string[] } | undefined> {
  const { probe } = target;
  const probeRequest = probe === undefined ? undefined : scoped({ path: probe.path }, owner, probe.ownerParameter);
  const found = await vendor.record(scoped(target.request(input), owner), target.key, probeRequest, call);
  const [proven] = narrow(found === undefined ? [] : [found], selector, owner).proven;
  const id = target.id === undefined ? owner : canonicalId(target.id(input));
  if (proven === undefined || id === undefined || canonicalId(memberOf(proven.record, 'id')) !== id) return undefined;
  return { row: proven.record, id, owners: proven.owners };
}
