// A tool that lists records of the bound customer, page by page.
import type { z } from 'zod';
import { Page, fingerprintOf, nextCursor, readCursor } from './cursor.ts';
import { type Arguments, type Declaration, define, scoped, type Tool } from './define.ts';
import { narrow } from './narrow.ts';
import type { Row } from './row.ts';
import type { Names, VendorRequest } from './vendor.ts';

export interface ListDeclaration<Input extends z.ZodRawShape, Output extends z.ZodRawShape>
  extends Declaration<Input, Output> {
  readonly request: (input: Arguments<Input>) => VendorRequest;
  /** The parameter by which the vendor filters by customer. A courtesy to the vendor: narrowing is what counts. */
  readonly ownerParameter: string;
  /** Where the vendor's wrapper holds the rows. */
  readonly rows: string;
  readonly project: (row: Row, names: Names) => z.input<z.ZodObject<Output>>;
}

export function listTool<Input extends z.ZodRawShape, Output extends z.ZodRawShape>(
  declaration: ListDeclaration<Input, Output>,
): Tool {
  const { rows: key, ownerParameter, owner: selector, record, project, usesNames = false } = declaration;
  const input = { ...declaration.input, page: Page.optional() };
  return define('list', { ...declaration, input }, async ({ owner, vendor, pageKey }, given, call) => {
    const { page: asks, text } = given as { page?: string; text?: string };
    const { page, before } = readCursor(asks);
    const request = scoped(declaration.request(given as Arguments<Input>), owner, ownerParameter);
    const asked = vendor.page(request, key, page, call);
    const [{ rows, isFull }, names] = await Promise.all([asked, usesNames ? vendor.names(call) : {}]);
    const { proven, dropped, ids } = narrow(rows, selector, owner);
    const fingerprint = fingerprintOf(ids, pageKey);
    // The vendor repeats the page before: the list has ended, whatever its counts say.
    if (fingerprint === before) return { status: 'ok', records: [], dropped: 0 };
    // A full page without one own row is what a vendor that ignores the filter answers. After a search, going on would tell
    // that others have many records with this text; without one it tells nothing, and own rows may follow.
    const mayGoOn = isFull && (proven.length > 0 || text === undefined);
    const next = mayGoOn ? nextCursor(page, fingerprint) : undefined;
    return {
      status: 'ok',
      records: proven.map(({ owners, record: row }) => ({ owners, record: record.parse(project(row, names)) })),
      dropped,
      ...(next === undefined ? {} : { next }),
    };
  });
}
