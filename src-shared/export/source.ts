/** Where an export's entries come from: the running app, a page at a time, up to the checkpoint that the export ends with. */
import type { LedgerFilter } from '../contract/ledger.ts';
import type { ui } from '../contract/ui.ts';
import { Fault } from '../fault.ts';
import type { Entry } from '../model/entry.ts';
import type { CallOptions, Client } from '../wire/contract.ts';
import type { Sha256 } from './sha256.ts';

export type ExportApi = Pick<
  Client<typeof ui>,
  'beginExport' | 'entries' | 'prove' | 'deviceKey' | 'policy' | 'earlierPolicy' | 'bodiesOf'
>;

/** A stretch of the file an export becomes. Pieces do not overlap and leave no gap; in a bundle they are not in order. */
export interface Piece {
  readonly at: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface Source {
  readonly api: ExportApi;
  readonly newSha256: () => Sha256;
  readonly filter: LedgerFilter;
  /** Whether bodies are in it, opened. */
  readonly bodies: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Entries that the checkpoint covers. */
  readonly covered: number;
  /** The checkpoint: a signed note, or its body alone. */
  readonly note: string;
  /** Options for one call, which is to be answered within so many milliseconds. */
  within(milliseconds?: number): CallOptions;
  /** Told the place up to which a reading of the entries has come; `covered` once, at its end. */
  looked(upTo: number): void;
  /** What has been written so far. */
  readonly count: { entries: number; bodies: number };
}

const pageSize = 500;
/** Milliseconds: the first question reads every leaf of the ledger. */
export const proveWithin = 120_000;

/** Whether the export leaves nothing out. */
export const isWhole = ({ filter }: Pick<Source, 'filter'>): boolean => Object.keys(filter).length === 0;

/** The entries up to the checkpoint, in order, counted. Faults with EXPORT_INCOMPLETE when a whole export would lack some. */
export async function* pages(source: Source): AsyncGenerator<Entry[]> {
  for await (const entries of readAgain(source)) {
    source.count.entries += entries.length;
    yield entries;
  }
  const { count, covered } = source;
  if (isWhole(source) && count.entries !== covered) throw incomplete(count.entries, covered);
}

/** The same entries once more, so that none has to be remembered. Not for a filter of another kind: see `pagesOf`. */
export async function* readAgain(source: Source): AsyncGenerator<Entry[]> {
  for await (const entries of pagesOf(source, source.filter)) {
    yield entries;
    const last = entries.at(-1);
    if (last && last.seq < source.covered) source.looked(last.seq);
  }
  source.looked(source.covered);
}

/** Entries by another filter: what a bundle adds of its own. */
export async function* pagesOf(source: Source, filter: LedgerFilter): AsyncGenerator<Entry[]> {
  const { api, covered } = source;
  for (let after = 0, isEnd = covered === 0; !isEnd; ) {
    const page = await api.entries({ after, before: covered + 1, limit: pageSize, filter }, source.within());
    yield page.entries;
    const last = page.entries.at(-1)?.seq;
    isEnd = page.isEnd || last === undefined;
    after = last ?? after;
  }
}

/** Of each entry its path in the tree of the checkpoint. */
export async function inclusionOf(source: Source, entries: readonly Entry[]): Promise<string[][]> {
  if (entries.length === 0) return [];
  const { api, covered } = source;
  const seqs = entries.map(({ seq }) => seq);
  const { inclusion } = await api.prove({ size: covered, seqs, earlier: [] }, source.within(proveWithin));
  return inclusion;
}

export const incomplete = (found: number, of: number): Fault =>
  new Fault('EXPORT_INCOMPLETE', `The ledger gave ${found} of ${of} entries.`, 'Run: bulkhead audit verify');

/** One JSON document a line. */
export const jsonLines = (values: readonly unknown[]): string =>
  values.map((value) => `${JSON.stringify(value)}\n`).join('');
