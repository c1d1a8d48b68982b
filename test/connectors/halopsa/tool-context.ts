// A tool's context over a vendor that answers from tables: for the tools by themselves, without worker and HTTP.
import { createSecretKey } from 'node:crypto';
import type { ToolContext } from '../../../src-connectors/define.ts';
import { createKept } from '../../../src-connectors/kept.ts';
import type { ToolCall, Vendor, VendorWrite } from '../../../src-connectors/vendor.ts';
import { judgeFor } from '../labelled.ts';

export const call = {
  signal: new AbortController().signal,
  maxBytes: 1000,
  endsAt: 60_000,
  afterwards: 'Look first.',
} as ToolCall;

export interface Told {
  /** Single records by path, asked anew each time; a function to change its mind. */
  readonly records?: Readonly<Record<string, unknown>>;
  /** Lists by path. */
  readonly lists?: Readonly<Record<string, readonly unknown[]>>;
  /** What the vendor says it saved. */
  readonly saved?: unknown;
  readonly files?: Readonly<Record<string, Buffer | undefined>>;
  readonly settings?: Readonly<Record<string, string>>;
}

export function told({ records = {}, lists = {}, saved, files = {}, settings = {} }: Told) {
  const writes: VendorWrite[] = [];
  const reads: string[] = [];
  const note = (path: string): string => (reads.push(path), path);
  const vendor: Vendor = {
    names: async () => ({ status: new Map([['1', 'New']]) }),
    rows: async ({ path }) => lists[note(path)] ?? [],
    page: async ({ path }) => ({ rows: lists[note(path)] ?? [], isFull: false }),
    record: async ({ path }) => {
      const found = records[note(path)];
      return typeof found === 'function' ? (found as () => unknown)() : found;
    },
    write: async (write) => (writes.push(write), saved),
    file: async ({ path }) => files[note(path)],
  };
  const context: ToolContext = {
    ...judgeFor('12'),
    kept: createKept(),
    settings,
    vendor,
    now: () => 0,
    pageKey: createSecretKey(Buffer.alloc(32)),
  };
  return { context, writes, reads };
}
