// A tool that shows what a change would be and cost, and changes nothing. What it works out is worked out once more, by
// the same function, when the change itself is asked for.
import type { z } from 'zod';
import { type Declaration, define, type Tool, leaving } from '../define.ts';
import type { Row } from '../row.ts';
import { readTarget, type Running, type Target } from '../target.ts';

export interface PreviewDeclaration<Input extends z.ZodRawShape, Output extends z.ZodRawShape>
  extends Declaration<Input, Output> {
  /** The record the change would be made to, or for: proven to be the bound customer's first. */
  readonly target: Target<Input>;
  readonly look: (row: Row, running: Running<Input>) => Promise<z.input<z.ZodObject<Output>>>;
}

export function previewTool<Input extends z.ZodRawShape, Output extends z.ZodRawShape>(
  declaration: PreviewDeclaration<Input, Output>,
): Tool {
  const { target, owner, record, look } = declaration;
  return define('one', declaration, async (context, input, call) => {
    const running = { context, input, call };
    const found = await readTarget(target, owner, running);
    if (found === undefined) return { status: 'ok', records: [], dropped: 0 };
    const seen = leaving(record, await look(found.row, running));
    return {
      status: 'ok',
      records: [{ label: context.kept.label(found.naming), record: seen }],
      dropped: found.dropped,
    };
  });
}
