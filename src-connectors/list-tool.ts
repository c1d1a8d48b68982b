// A tool that lists records of the bound customer, page by page. Where the vendor can filter, a page of ours is a page of
// the vendor's; where it cannot, everything is read and what is not the customer's is forgotten.
import type { z } from 'zod';
import type { LabelledRecord, WorkerAnswer } from '../src-shared/contract/worker.ts';
import { Fault } from '../src-shared/fault.ts';
import { Page, fingerprintOf, nextCursor, readCursor } from './cursor.ts';
import { type Arguments, type Declaration, define, scoped, type Tool, type ToolContext } from './define.ts';
import type { Hanging, OwnerSelector } from './naming.ts';
import { narrow, type Narrowed, narrowHanging } from './narrow.ts';
import { type Found, readTarget, type Target } from './target.ts';
import { canonicalId, type Row } from './row.ts';
import type { Names, ToolCall, VendorRequest } from './vendor.ts';

export interface ListDeclaration<Input extends z.ZodRawShape, Output extends z.ZodRawShape>
  extends Declaration<Input, Output> {
  readonly request: (input: Arguments<Input>) => VendorRequest;
  /**
   * The parameter by which the vendor filters by customer. A courtesy to the vendor: narrowing is what counts. Absent
   * where the path holds `{owner}`, where `under` names a parent, and where the vendor has none: set `scan` then.
   */
  readonly ownerParameter?: string;
  /** The vendor cannot filter, or not order: everything is read, and our own pages are cut from what is the customer's. */
  readonly scan?: Scan<Input>;
  /** The rows hang on one record. It is proven first. */
  readonly under?: Under<Input>;
  /** List rows name no owner, details do: each row is read by itself and `owner` judges that. At most this many a page. */
  readonly detail?: Detail;
  /** Where the vendor's wrapper holds the rows; '' where the answer is the list. */
  readonly rows: string | ((input: Arguments<Input>) => string);
  /** A row that is not wanted, for filters the vendor does not have. Of the customer's own rows only. */
  readonly wants?: (row: Row, input: Arguments<Input>) => boolean;
  readonly project: (row: Row, names: Names, input: Arguments<Input>) => z.input<z.ZodObject<Output>>;
}

export interface Scan<Input extends z.ZodRawShape> {
  /** So many of the vendor's pages are read; where there are more, the call is denied. */
  readonly mostPages: number;
  readonly order?: (one: Row, other: Row) => number;
  /** Where what to read must be looked up first: several lists, read one after the other. Instead of `request`. */
  readonly requests?: (
    context: ToolContext,
    input: Arguments<Input>,
    call: ToolCall,
  ) => Promise<readonly VendorRequest[]>;
}

/** Without `hanging`, the rows name their owner themselves and are judged by that. */
export interface Under<Input extends z.ZodRawShape> {
  readonly target: Target<Input>;
  readonly owner: OwnerSelector;
  readonly hanging?: (input: Arguments<Input>) => Hanging;
}

export interface Detail {
  readonly request: (id: string) => VendorRequest;
  readonly key: string;
  readonly most: number;
}

type Labelled = Narrowed['proven'];

export function listTool<Input extends z.ZodRawShape, Output extends z.ZodRawShape>(
  declaration: ListDeclaration<Input, Output>,
): Tool {
  const { ownerParameter, scan, under, wants, record, project, usesNames = false, name: tool } = declaration;
  const input = { ...declaration.input, page: Page.optional() };
  return define(scan === undefined ? 'list' : 'scan', { ...declaration, input }, async (context, given, call) => {
    const { page: asks, ...question } = given as { page?: string; text?: string };
    const { text } = question;
    const asked = given as Arguments<Input>;
    const place = `${tool} ${JSON.stringify(question)}`;
    const cursor = readCursor(asks, place, context.pageKey);
    const parent = under && (await readTarget(under.target, under.owner, { context, input: asked, call }));
    if (under !== undefined && parent === undefined) return nothing;
    const request = scoped(declaration.request(asked), context.owner, ownerParameter);
    const reading = { declaration, context, call, request, parent, asked };
    const found = scan === undefined ? readPage(reading, cursor.page) : scanAll(reading, scan, cursor.page);
    const [{ narrowed, isFull }, names] = await Promise.all([found, usesNames ? context.vendor.names(call) : {}]);
    const { proven, dropped, ids } = narrowed;
    const fingerprint = fingerprintOf(ids, context.pageKey);
    // The vendor repeats the page before: the list has ended, whatever its counts say.
    if (fingerprint === cursor.before) return nothing;
    // A full page without one own row is what a vendor that ignores the filter answers. After a search, going on would tell
    // that others have many records with this text; without one it tells nothing, and own rows may follow.
    const mayGoOn = isFull && (proven.length > 0 || text === undefined);
    const next = mayGoOn ? nextCursor(cursor.page, fingerprint, { place, key: context.pageKey }) : undefined;
    const wanted = wants === undefined ? proven : proven.filter((one) => wants(one.record, asked));
    // A row whose values make no record is left out and counted: it must not take the others with it.
    const records: LabelledRecord[] = [];
    for (const { naming, record: row } of wanted) {
      const projected = record.safeParse(project(row, names, asked));
      const label = parent === undefined ? [naming] : [naming, parent.naming];
      if (projected.success) records.push({ label, record: projected.data });
    }
    const unread = wanted.length - records.length;
    return { status: 'ok', records, dropped: dropped + unread, ...(next === undefined ? {} : { next }) };
  });
}

interface Reading<Input extends z.ZodRawShape, Output extends z.ZodRawShape> {
  readonly declaration: ListDeclaration<Input, Output>;
  readonly context: ToolContext;
  readonly call: ToolCall;
  readonly request: VendorRequest;
  readonly parent: Found | undefined;
  readonly asked: Arguments<Input>;
}

/** One page of the vendor's, judged. */
async function readPage<Input extends z.ZodRawShape, Output extends z.ZodRawShape>(
  reading: Reading<Input, Output>,
  page: number,
): Promise<{ narrowed: Narrowed; isFull: boolean }> {
  const { declaration, context, call, request } = reading;
  const { rows, isFull } = await context.vendor.page({ ...request, page }, keyOf(reading), call);
  if (declaration.detail !== undefined) return { narrowed: await detailed(rows, declaration.detail, reading), isFull };
  return { narrowed: judged(rows, reading), isFull };
}

function judged<Input extends z.ZodRawShape, Output extends z.ZodRawShape>(
  rows: readonly unknown[],
  { declaration: { owner: selector, under }, context, parent, asked }: Reading<Input, Output>,
): Narrowed {
  const hanging = under?.hanging?.(asked);
  if (under === undefined || hanging === undefined) return narrow(rows, selector, context);
  if (parent === undefined) throw new Fault('INTERNAL', 'A list was read without the record it hangs on.');
  return narrowHanging(rows, { ...hanging, parent }, context);
}

function keyOf<Input extends z.ZodRawShape, Output extends z.ZodRawShape>({
  declaration: { rows },
  asked,
}: Reading<Input, Output>): string {
  return typeof rows === 'string' ? rows : rows(asked);
}

/** Each row read by itself, one after the other: the list only says which there are. */
async function detailed<Input extends z.ZodRawShape, Output extends z.ZodRawShape>(
  rows: readonly unknown[],
  { request, key, most }: Detail,
  { declaration: { owner: selector }, context, call }: Reading<Input, Output>,
): Promise<Narrowed> {
  const asked = new Set(rows.flatMap((row) => canonicalId((row as Row | null)?.['id'], selector.ids) ?? []));
  const details: unknown[] = [];
  for (const id of [...asked].slice(0, most)) {
    const detail = await context.vendor.record(request(id), key, call).catch(missingIfForbidden);
    if (canonicalId((detail as Row | undefined)?.['id'], selector.ids) === id) details.push(detail);
  }
  const { proven } = narrow(details, selector, context);
  return { proven, dropped: rows.length - proven.length, ids: asked };
}

/** The list was read just now, so the credential is good: a detail it may not read is another customer's. */
function missingIfForbidden(thrown: unknown): undefined {
  if (thrown instanceof Fault && thrown.code === 'CREDENTIAL_UNAVAILABLE') return undefined;
  throw thrown;
}

/**
 * Everything the vendor has, of which the customer's own are kept. Our pages are cut from those alone, so neither their
 * number nor their cursors tell how much others have.
 */
async function scanAll<Input extends z.ZodRawShape, Output extends z.ZodRawShape>(
  reading: Reading<Input, Output>,
  { requests, order, mostPages }: Scan<Input>,
  page: number,
): Promise<{ narrowed: Narrowed; isFull: boolean }> {
  const { declaration, context, call, request, asked } = reading;
  const lists = requests === undefined ? [request] : await requests(context, asked, call);
  const own: unknown[] = [];
  const foreignIds = new Set<string>();
  let foreign = 0;
  let read = 0;
  for (const list of lists) {
    let before: string | undefined;
    for (let at = 1; ; at += 1) {
      if (++read > mostPages)
        throw new Fault('VENDOR_ERROR', 'The vendor has more of these than can be looked through.');
      const { rows, isFull } = await context.vendor.page({ ...list, page: at }, keyOf(reading), call);
      const { proven, dropped, ids } = judged(rows, reading);
      const fingerprint = fingerprintOf(ids, context.pageKey);
      if (fingerprint === before) break;
      before = fingerprint;
      const provenIds = new Set(proven.map(({ record }) => idOf(record)));
      for (const id of ids) if (!provenIds.has(id)) foreignIds.add(id);
      for (const { record } of proven) own.push(record);
      foreign += dropped;
      if (!isFull) break;
    }
  }
  // Once more together: the same id may have come on two pages, as the customer's on one and as another's on the other.
  const all = judged(own, reading).proven;
  const kept: Labelled = all.filter(({ record }) => !foreignIds.has(idOf(record) ?? ''));
  const ordered = order === undefined ? kept : kept.toSorted((one, other) => order(one.record, other.record));
  const cut = ordered.slice((page - 1) * scanPage, page * scanPage);
  const ids = new Set(cut.map(({ record }) => JSON.stringify(record)));
  return {
    narrowed: { proven: cut, dropped: foreign + all.length - kept.length, ids },
    isFull: kept.length > page * scanPage,
  };

  function idOf(row: Row): string | undefined {
    return canonicalId(row['id'], declaration.owner.ids);
  }
}

const nothing: WorkerAnswer = { status: 'ok', records: [], dropped: 0 };
const scanPage = 100;
