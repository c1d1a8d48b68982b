// All of a list's rows that are the bound customer's, for changes that must know them all before they are made.
import { Fault } from '../../src-shared/fault.ts';
import { scoped, type ToolContext } from '../define.ts';
import { narrow } from '../narrow.ts';
import type { Row } from '../row.ts';
import type { ToolCall } from '../vendor.ts';
import { companyOwned } from './owner.ts';
import { content } from './style.ts';

/** Fault: VENDOR_ERROR when there are more than can be looked through. */
export async function ownRows(path: string, context: ToolContext, call: ToolCall): Promise<readonly Row[]> {
  const request = scoped({ path }, context.owner, 'companyId');
  const seen: unknown[] = [];
  for (let page = 1; page <= mostPages; page += 1) {
    const { rows, isFull } = await context.vendor.page({ ...request, page }, content, call);
    for (const row of rows) seen.push(row);
    if (!isFull) return narrow(seen, companyOwned, context).proven.map(({ record }) => record);
  }
  throw new Fault('VENDOR_ERROR', 'The vendor has more of these than can be looked through.');
}

const mostPages = 25;
