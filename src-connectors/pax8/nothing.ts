// What Pax8 does not know and what it keeps from this credential are made the same: nothing. Of a company or record it
// does not know, some lists say 403, some 404 and some nothing at all (pax8.md §4.5, §6 row 16), and the difference would
// tell what exists. Where the credential can read nothing whatever, that is still said.
import { Fault } from '../../src-shared/fault.ts';
import type { ToolContext } from '../define.ts';
import type { Http } from '../egress.ts';
import type { ToolCall, Vendor } from '../vendor.ts';
import { content, probe } from './style.ts';

/** Http that tells the vendor below of a list that hangs on something unknown. */
export function tellingUnknown(http: Http): Http {
  return async (request) => {
    const reply = await http(request);
    const isRefused = reply.status === 403 || reply.status === 404;
    if (isRefused && request.method === 'GET' && isHangingList(request.path)) throw unknown();
    return reply;
  };
}

/** The vendor over such http: lists of what is unknown are empty. */
export function unknownAsNothing(vendor: Vendor): Vendor {
  async function orNothing<T>(read: Promise<T>, nothing: T, call: ToolCall): Promise<T> {
    try {
      return await read;
    } catch (thrown) {
      if (!(thrown instanceof Fault) || thrown.code !== unknownCode) throw thrown;
      await vendor.page({ ...probe, page: 1 }, content, call);
      return nothing;
    }
  }
  return {
    ...vendor,
    rows: (request, key, call) => orNothing(vendor.rows(request, key, call), [], call),
    page: (request, key, call) => orNothing(vendor.page(request, key, call), { rows: [], isFull: false }, call),
  };
}

/**
 * That the vendor shows this list of the bound company at all, be it empty. For who must not take "kept from us" for
 * "nothing there". Fault: VENDOR_ERROR.
 */
export async function requireShown(path: string, { owner, vendor }: ToolContext, call: ToolCall): Promise<void> {
  const query = { companyId: owner, page: 0, size: 1 };
  await vendor.record({ path, query }, content, call).catch((thrown: unknown) => {
    if (!(thrown instanceof Fault) || thrown.code !== unknownCode) throw thrown;
    throw new Fault('VENDOR_ERROR', 'Pax8 does not show what this customer has ordered before. Nothing was ordered.');
  });
}

/** A list of one company's, or of what belongs to one record. */
const isHangingList = (path: string): boolean => /[?&]companyId=|\/[0-9a-f-]{36}\/[a-z]/.test(path);

/** Never leaves this file: whoever reads a list catches it. */
const unknown = (): Fault => new Fault(unknownCode, 'The vendor does not know what this list belongs to.');
const unknownCode = 'UNKNOWN_TO_VENDOR';
