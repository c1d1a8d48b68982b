/**
 * Exports of the ledger as docs/audit-format.md describes them, for a command and for a window alike. Reads a page at a time and
 * hands each piece of the file on at once: the size of the ledger does not matter to memory.
 */
import type { LedgerFilter } from '../contract/ledger.ts';
import { Fault } from '../fault.ts';
import { bundle } from './bundle.ts';
import { csv } from './csv.ts';
import type { Sha256 } from './sha256.ts';
import { type ExportApi, isWhole, jsonLines, pages, type Piece, type Source } from './source.ts';

export type Format = 'jsonl' | 'csv' | 'bundle';

export interface Wanted {
  readonly format: Format;
  /** Empty for the whole ledger. */
  readonly filter: LedgerFilter;
  /** What calls asked and answered, opened: in a bundle only. */
  readonly bodies: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface ExportPowers {
  readonly api: ExportApi;
  /** Ends the export with CANCELLED. */
  readonly signal: AbortSignal;
  readonly newSha256: () => Sha256;
  /** Takes a piece. It is waited for before the next is made. */
  write(piece: Piece): Promise<void> | void;
  /** How far it is, in places of the ledger looked at: only the share matters, because a bundle looks at them several times. */
  onProgress?(done: number, of: number): void;
}

export interface Written {
  readonly entries: number;
  /** How many entries the checkpoint covers. */
  readonly checkpoint: number;
  readonly isSigned: boolean;
  /** The `seq` of the entry that records this export. */
  readonly recorded: number;
  /** Bodies in it, when they were asked for. */
  readonly bodies?: number;
}

/** Milliseconds: a checkpoint may wait for the signature of the broker, and the first page of a filter for a look at all entries. */
const beginWithin = 30_000;
const answerWithin = 120_000;

/**
 * Begins an export, which records it before the first entry is read, and writes it. The checkpoint comes first, so that the
 * export ends where it ends, however much is recorded meanwhile. What was written before a fault is not an export.
 * Faults: USAGE, EXPORT_INCOMPLETE, EXPORT_TOO_LONG, CANCELLED, DEADLINE, and the app's own.
 */
export async function writeExport(wanted: Wanted, powers: ExportPowers): Promise<Written> {
  const { format, filter, bodies, now } = wanted;
  if (bodies && format !== 'bundle') throw bundleOnly();
  const { api, signal, newSha256, onProgress } = powers;
  const within = (deadlineMs = answerWithin) => ({ signal, deadlineMs });
  const begun = await api.beginExport({ format, filter, bodies }, within(beginWithin));
  const covered = begun.entries;
  const count = { entries: 0, bodies: 0 };
  const readings = readingsOf(wanted);
  let done = 0;
  const source: Source = {
    ...{ api, newSha256, filter, bodies, now, covered, note: begun.note, within, count },
    looked: (upTo) => {
      if (covered > 0) onProgress?.(done + upTo, readings * covered);
      if (upTo === covered) done += covered;
    },
  };
  for await (const piece of pieces[format](source)) await powers.write(piece);
  const { isSigned, recorded } = begun;
  return {
    entries: count.entries,
    checkpoint: covered,
    isSigned,
    recorded,
    ...(bodies ? { bodies: count.bodies } : {}),
  };
}

/** What the file is called unless somebody says otherwise. */
export const exportName = (format: Format, now: number): string =>
  `bulkhead-ledger-${new Date(now).toISOString().slice(0, 10)}.${endings[format]}`;

export const mediaTypes: Readonly<Record<Format, string>> = {
  jsonl: 'application/jsonl',
  csv: 'text/csv',
  bundle: 'application/x-tar',
};

const endings: Readonly<Record<Format, string>> = { jsonl: 'jsonl', csv: 'csv', bundle: 'tar' };

const pieces: Readonly<Record<Format, (source: Source) => AsyncGenerator<Piece>>> = {
  jsonl: (source) => inOrder(jsonl(source)),
  csv: (source) => inOrder(csv(source)),
  bundle,
};

/** How often all entries are read: themselves, then for their proofs, then for their bodies. */
const readingsOf = ({ format, filter, bodies }: Wanted): number =>
  format === 'bundle' ? 1 + (isWhole({ filter }) ? 0 : 1) + (bodies ? 1 : 0) : 1;

/** One entry a line, then the checkpoint and what was asked for. */
async function* jsonl(source: Source): AsyncGenerator<string> {
  for await (const entries of pages(source)) yield jsonLines(entries);
  yield jsonLines([{ checkpoint: source.note, ...(isWhole(source) ? {} : { filter: source.filter }) }]);
}

async function* inOrder(texts: AsyncIterable<string>): AsyncGenerator<Piece> {
  const encoder = new TextEncoder();
  let at = 0;
  for await (const text of texts) {
    const bytes = encoder.encode(text);
    if (bytes.length > 0) yield { at, bytes };
    at += bytes.length;
  }
}

const bundleOnly = (): Fault =>
  new Fault('USAGE', 'Bodies are in evidence bundles only.', 'Add `--format bundle`, or leave them out.');
