// A tool that writes: inside one record of the bound customer, or a new record that belongs to it. Every record the
// arguments name is proven first, exactly one element is sent whose members are all declared, and what was written is
// proven again, because vendors have no versions and records move between customers.
import type { z } from 'zod';
import { Fault } from '../src-shared/fault.ts';
import {
  type Arguments,
  type Declaration,
  define,
  leaving,
  scoped,
  type Tool,
  type ToolContext,
  type ToolRun,
} from './define.ts';
import { lookUpOf, type Reference } from './look-up.ts';
import type { Hanging, OwnerSelector } from './naming.ts';
import { narrow, narrowHanging } from './narrow.ts';
import { canonicalId, isRow, memberOf, type Row } from './row.ts';
import { type Found, type NamedTarget, oneFound, readTarget, type Running } from './target.ts';
import type { Query, ToolCall, VendorRequest, VendorWrite } from './vendor.ts';

/** What is known when the element is built. */
export interface Prepared<Input extends z.ZodRawShape, Facts> {
  readonly input: Arguments<Input>;
  readonly settings: Readonly<Record<string, string>>;
  /** The target as it was read just now; undefined for a create. */
  readonly row: Row | undefined;
  /** The references that are named, in the order declared. */
  readonly references: readonly (Row | undefined)[];
  /** What `prepare` found out. */
  readonly facts: Facts;
}

export interface ChangeDeclaration<Input extends z.ZodRawShape, Output extends z.ZodRawShape, Facts = undefined>
  extends Declaration<Input, Output> {
  /** The record written to. Its owner is proven before and after. Absent for a create. */
  readonly target?: NamedTarget<Input>;
  /** Records that arguments name besides the target: a contact, a site. Absent arguments name none. */
  readonly references?: readonly Reference<Input>[];
  /** Set for a create: the member that carries the bound customer's id, and how the new record is read and proven. */
  readonly create?: {
    readonly ownerMember: string;
    readonly read: (id: string) => VendorRequest;
    readonly key: string;
  };
  /** Looks at more before anything is written: a dry run, a price, the state now. Throws the fault to deny with. */
  readonly prepare?: (
    about: Omit<Prepared<Input, undefined>, 'facts'>,
    context: ToolContext,
    call: ToolCall,
  ) => Promise<Facts>;
  readonly method?: VendorWrite['method'];
  /** Where the element goes; the wrapper it is sent and comes back in. */
  readonly path: (input: Arguments<Input>) => string;
  readonly query?: (input: Arguments<Input>) => Query;
  readonly key: string;
  /** The only members that may be written. Null for a method without a body. */
  readonly element: z.ZodObject<z.ZodRawShape, z.core.$strict> | null;
  readonly build: (prepared: Prepared<Input, Facts>) => Readonly<Record<string, unknown>>;
  /** Set where `confirm` shows something of what the vendor says it saved: how that row is proven, by itself or by the target. */
  readonly saved?: Hanging | OwnerSelector;
  /** The target may be gone afterwards. */
  readonly mayVanish?: boolean;
  /** Set when making the same call twice leaves the same as making it once. */
  readonly isIdempotent?: boolean;
  /** The record of the answer, from what the vendor saved and what is there now; undefined when that is not what was sent. */
  readonly confirm: (
    saved: Row,
    prepared: Prepared<Input, Facts>,
    after: Row | undefined,
  ) => z.input<z.ZodObject<Output>> | undefined;
}

export function changeTool<Input extends z.ZodRawShape, Output extends z.ZodRawShape, Facts = undefined>(
  declaration: ChangeDeclaration<Input, Output, Facts>,
): Tool {
  const { owner: selector, target, references = [], key, record, confirm, mayVanish = false } = declaration;
  const all = target === undefined ? references : [{ target, owner: selector, isNamed: always }, ...references];
  const kind = declaration.isIdempotent === true ? 'set' : 'change';
  const run: ToolRun<Input> = async (context, input, call) => {
    const running = { context, input, call };
    const before = target && (await readTarget(target, selector, running));
    if (target !== undefined && before === undefined) return { status: 'denied', code: 'OWNERSHIP_UNPROVEN' };
    const named: (Row | undefined)[] = [];
    for (const reference of references) {
      const found = reference.isNamed(input) ? await readTarget(reference.target, reference.owner, running) : undefined;
      if (found === undefined && reference.isNamed(input)) return { status: 'denied', code: 'OWNERSHIP_UNPROVEN' };
      named.push(found?.row);
    }
    const about = { input, settings: context.settings, row: before?.row, references: named };
    const prepared = { ...about, facts: (await declaration.prepare?.(about, context, call)) as Facts };

    const saved = await context.vendor.write(writeOf(declaration, prepared, context.owner), key, call);
    const written = await proveAfter(declaration, saved, running).catch(rethrowUnchecked);
    if (written === undefined && !mayVanish) throw new Fault('OWNERSHIP_UNPROVEN', movedWords);
    const own = written ?? before;
    const plain = isRow(saved) ? saved : nothingSaved;
    const told = declaration.saved === undefined ? plain : savedRow(saved, declaration.saved, { own, context });
    const confirmed = told && confirm(told, prepared, written?.row);
    if (own === undefined || confirmed === undefined) throw new Fault('VENDOR_ERROR', unconfirmedWords);
    const label = context.kept.label(own.naming);
    return { status: 'ok', records: [{ label, record: leaving(record, confirmed) }], dropped: 0 };
  };
  return define(kind, declaration, run, lookUpOf(all));
}

function writeOf<Input extends z.ZodRawShape, Output extends z.ZodRawShape, Facts>(
  { method = 'POST', path, query, element, build, create, owner: { ids } }: ChangeDeclaration<Input, Output, Facts>,
  prepared: Prepared<Input, Facts>,
  owner: string,
): VendorWrite {
  const asked = query === undefined ? {} : { query: query(prepared.input) };
  const where = { method, path: path(prepared.input).replace('{owner}', owner), ...asked };
  if (element === null) return where;
  // The bound customer goes in last, over whatever a declaration may have built.
  const own = create === undefined ? {} : { [create.ownerMember]: ids === 'uuid' ? owner : Number(owner) };
  return { ...where, element: { ...element.parse(build(prepared)), ...own } };
}

/** What was written, read back and proven once more. */
async function proveAfter<Input extends z.ZodRawShape, Output extends z.ZodRawShape, Facts>(
  { target, create, owner: selector }: ChangeDeclaration<Input, Output, Facts>,
  saved: unknown,
  running: Running<Input>,
): Promise<Found | undefined> {
  if (target !== undefined) return readTarget(target, selector, running);
  const { context, call } = running;
  const id = isRow(saved) ? canonicalId(memberOf(saved, 'id'), selector.ids) : undefined;
  if (create === undefined || id === undefined) return undefined;
  const request = scoped(create.read(id), context.owner);
  const found = await context.vendor.record(request, create.key, call);
  return oneFound(found, { selector, asked: id }, context);
}

/** What the vendor says it saved, if that is provably the customer's too. */
function savedRow(
  saved: unknown,
  proof: Hanging | OwnerSelector,
  { own, context }: { readonly own: Found | undefined; readonly context: ToolContext },
): Row | undefined {
  if (own === undefined) return undefined;
  const { proven } =
    'reference' in proof ? narrowHanging([saved], { ...proof, parent: own }, context) : narrow([saved], proof, context);
  return proven[0]?.record;
}

/** The write is done by now, so a failure must not read as if nothing had happened. */
function rethrowUnchecked(thrown: unknown): never {
  if (thrown instanceof Fault && thrown.code !== 'CANCELLED') throw new Fault(thrown.code, uncheckedWords);
  throw thrown;
}

const always = (): boolean => true;
const nothingSaved: Row = {};
const uncheckedWords = 'The change was made, but its record could not be checked afterwards. Do not repeat it.';
const movedWords =
  "The record is not provably this customer's after the change was made. Ask the technician to look at it.";
const unconfirmedWords =
  'The vendor accepted the change but did not confirm it as sent. Ask the technician to look at it.';
