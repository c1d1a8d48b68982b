// What a tool of the connector runs in, over a vendor that a test makes up: for answers the emulator never gives.
import { createSecretKey } from 'node:crypto';
import type { ToolContext } from '../../../src-connectors/define.ts';
import { createKept } from '../../../src-connectors/kept.ts';
import type { ToolCall, Vendor } from '../../../src-connectors/vendor.ts';
import { own, today } from './pax8-records.ts';
import { judgeFor } from '../labelled.ts';

const never = (): Promise<never> => Promise.reject(new Error('not in this test'));

export const noCall: ToolCall = {
  credential: never,
  signal: new AbortController().signal,
  endsAt: Number.POSITIVE_INFINITY,
  maxBytes: 1000,
  afterwards: '',
};

/** Bound to company 12, on the day of the test account. */
export function contextOf(vendor: Partial<Vendor>): ToolContext {
  return {
    ...judgeFor(own),
    kept: createKept(),
    settings: {},
    vendor: { names: async () => ({}), rows: never, page: never, record: never, write: never, file: never, ...vendor },
    now: () => today,
    pageKey: createSecretKey(Buffer.alloc(32)),
  };
}
