// A vendor that answers from a table, and a connector of the tools a test declares: for the flows of tools by themselves.
import type { Tool } from '../../src-connectors/define.ts';
import type { Keep } from '../../src-connectors/narrow.ts';
import type { Connector, Vendor, VendorRequest, VendorWrite } from '../../src-connectors/vendor.ts';
import { bind, type Bound } from './bound.ts';

export interface FakeVendor {
  /** What lists answer, by path and page from 1. */
  readonly lists?: Readonly<Record<string, readonly (readonly unknown[])[]>>;
  /** What single records answer, by path; asked anew each time. */
  readonly records?: (path: string) => unknown;
  readonly save?: (write: VendorWrite) => unknown;
  /** Instead of the worker's own judgement. */
  readonly keep?: Keep;
}

export interface Asked {
  readonly requests: string[];
  readonly writes: VendorWrite[];
}

/** A worker bound to the vendor's customer 12 with these tools, and what it asked for. */
export function withTools(tools: readonly Tool[], fake: FakeVendor): Bound & Asked {
  const requests: string[] = [];
  const writes: VendorWrite[] = [];
  const note = ({ path, query = {} }: VendorRequest): string => {
    requests.push([path, ...Object.entries(query).map(([name, value]) => `${name}=${value}`)].join(' '));
    return path;
  };
  const pages = (request: VendorRequest): readonly (readonly unknown[])[] => fake.lists?.[note(request)] ?? [];
  const vendor: Vendor = {
    names: async () => ({}),
    rows: async (request) => pages(request)[0] ?? [],
    page: async ({ page, ...request }) => {
      const all = pages(request);
      return { rows: all[page - 1] ?? [], isFull: page < all.length };
    },
    record: async (request) => fake.records?.(note(request)),
    write: async (write) => (writes.push(write), fake.save?.(write)),
    file: async () => undefined,
  };
  const connector: Connector = {
    name: 'halopsa',
    title: 'Things',
    credentialFields: [],
    settings: [],
    baseUrlExample: 'https://things.example',
    owner: { title: 'thing id', ids: 'number' },
    survey: { request: { path: '/Owners' }, key: 'owners', project: () => undefined },
    tools,
    open: () => vendor,
  };
  const judge = fake.keep === undefined ? {} : { keep: fake.keep };
  return { ...bind({ url: 'http://127.0.0.1:1', connectors: [connector], ...judge }), requests, writes };
}
