// A tool that writes inside one record of the bound customer: prove the record, send exactly one element whose members
// are all declared, and prove the record again, because vendors have no versions and records move between customers.
import type { z } from 'zod';
import { Fault } from '../src-shared/fault.ts';
import { type Arguments, type Declaration, define, type Tool } from './define.ts';
import { readTarget, type Target } from './one-tool.ts';
import { isRow, type Row } from './row.ts';

export interface ChangeDeclaration<Input extends z.ZodRawShape, Output extends z.ZodRawShape>
  extends Declaration<Input, Output> {
  /** The record written to. Its owner is proven before and after. */
  readonly target: Target<Input>;
  /** Where the element goes, and the wrapper some versions return it in. */
  readonly path: string;
  readonly key: string;
  /** The only members that may be written. */
  readonly element: z.ZodObject<z.ZodRawShape, z.core.$strict>;
  readonly build: (
    input: Arguments<Input>,
    settings: Readonly<Record<string, string>>,
  ) => Readonly<Record<string, unknown>>;
  /** The record of the answer from what the vendor saved; undefined when that is not what was sent. */
  readonly confirm: (saved: Row, input: Arguments<Input>) => z.input<z.ZodObject<Output>> | undefined;
}

export function changeTool<Input extends z.ZodRawShape, Output extends z.ZodRawShape>(
  declaration: ChangeDeclaration<Input, Output>,
): Tool {
  const { owner: selector, target, path, key, element, build, confirm, record } = declaration;
  return define('change', declaration, async (context, input, call) => {
    const before = await readTarget(target, selector, context, input, call);
    if (before === undefined) return { status: 'denied', code: 'OWNERSHIP_UNPROVEN' };
    const saved = await context.vendor.save(path, key, element.parse(build(input, context.settings)), call);
    const after = await readTarget(target, selector, context, input, call).catch(rethrowUnchecked);
    if (after === undefined) throw new Fault('OWNERSHIP_UNPROVEN', movedWords);
    const confirmed = isRow(saved) ? confirm(saved, input) : undefined;
    if (confirmed === undefined) throw new Fault('VENDOR_ERROR', unconfirmedWords);
    return { status: 'ok', records: [{ owners: [...after.owners], record: record.parse(confirmed) }], dropped: 0 };
  });
}

/** The write is done by now, so a failure must not read as if nothing had happened. */
function rethrowUnchecked(thrown: unknown): never {
  if (thrown instanceof Fault && thrown.code !== 'CANCELLED') throw new Fault(thrown.code, uncheckedWords);
  throw thrown;
}

const uncheckedWords = 'The change was made, but its record could not be checked afterwards. Do not repeat it.';
const movedWords =
  "The record stopped being provably this customer's while it was written to. Ask the technician to look at it.";
const unconfirmedWords =
  'The vendor accepted the change but did not confirm it as sent. Ask the technician to look at it.';
