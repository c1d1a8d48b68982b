// One record that is read by its id and proven, for a tool that reads it, writes to it, or lists what hangs on it.
import type { z } from 'zod';
import { type Arguments, scoped, type ToolContext } from './define.ts';
import type { OwnerSelector, Parent } from './naming.ts';
import { narrow } from './narrow.ts';
import { canonicalId, isRow, memberOf, type Row } from './row.ts';
import type { ToolCall, VendorRequest } from './vendor.ts';

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

/** What people call a record. */
export interface Called {
  /** In a word or two: `credential`. */
  readonly kind: string;
  /** The members that may hold its name, the best first. */
  readonly by: readonly string[];
}

/** A record that has a name to people. */
export interface NamedTarget<Input extends z.ZodRawShape> extends Target<Input> {
  readonly called: Called;
}

/** A record, its own id, and how it names its owner. */
export interface Found extends Parent {
  readonly row: Row;
  readonly dropped: number;
}

/** One call of a tool: what it may use, what was asked, until when. */
export interface Running<Input extends z.ZodRawShape> {
  readonly context: ToolContext;
  readonly input: Arguments<Input>;
  readonly call: ToolCall;
}

/**
 * The record, if there is one with this id that is provably the bound customer's. For a read the gateway judges it again. A
 * write that follows has then been made: that it goes to a proven record is this judgement's alone.
 */
export async function readTarget<Input extends z.ZodRawShape>(
  target: Target<Input>,
  selector: OwnerSelector,
  { context, input, call }: Running<Input>,
): Promise<Found | undefined> {
  const { probe: like } = target;
  const { owner, vendor } = context;
  const probe = like === undefined ? {} : { probe: scoped({ path: like.path }, owner, like.ownerParameter) };
  const key = typeof target.key === 'string' ? target.key : target.key(input);
  const found = await vendor.record({ ...scoped(target.request(input), owner), ...probe }, key, call);
  const asked = target.id === undefined ? undefined : (canonicalId(target.id(input), selector.ids) ?? '');
  return oneFound(found, { selector, asked }, context);
}

/**
 * The one record found, if it is kept and has the id that was asked for, where one was. That id says nothing of whose it is:
 * what hangs on the record is held against the id the record itself has.
 */
export function oneFound(
  found: unknown,
  { selector, asked }: { readonly selector: OwnerSelector; readonly asked: string | undefined },
  context: ToolContext,
): Found | undefined {
  const id = isRow(found) ? canonicalId(memberOf(found, 'id'), selector.ids) : undefined;
  if (id === undefined || (asked !== undefined && id !== asked)) return undefined;
  const { proven, dropped } = narrow([found], selector, context);
  const [first] = proven;
  return first === undefined ? undefined : { row: first.record, id, naming: first.naming, selector, dropped };
}
