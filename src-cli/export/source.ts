/** Where an export's entries come from: the running app, a page at a time. */
import type { LedgerFilter } from '../../src-shared/contract/ledger.ts';
import { Fault } from '../../src-shared/fault.ts';
import type { Entry } from '../../src-shared/model/entry.ts';
import type { App } from '../running-app.ts';

const pageSize = 500;

export interface Source {
  readonly app: App;
  readonly filter: LedgerFilter;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Entries that the checkpoint covers. */
  readonly covered: number;
  /** The checkpoint: a signed note, or its body alone. */
  readonly note: string;
}

/** Whether the export leaves nothing out. */
export const isWhole = ({ filter }: Pick<Source, 'filter'>): boolean => Object.keys(filter).length === 0;

/** The entries up to the checkpoint, in order. Faults with EXPORT_INCOMPLETE when a whole export would lack some. */
export async function* pages(source: Source): AsyncGenerator<Entry[]> {
  let count = 0;
  for await (const entries of pagesOf(source, source.filter)) {
    count += entries.length;
    yield entries;
  }
  if (!isWhole(source) || count === source.covered) return;
  throw new Fault(
    'EXPORT_INCOMPLETE',
    `The ledger gave ${count} of ${source.covered} entries.`,
    'Run: bulkhead audit verify',
  );
}

/** The same with another filter: what a bundle adds of its own. */
export async function* pagesOf({ app, covered }: Source, filter: LedgerFilter): AsyncGenerator<Entry[]> {
  for (let after = 0, isEnd = covered === 0; !isEnd; ) {
    const page = await app.api.entries({ after, before: covered + 1, limit: pageSize, filter }, app.within());
    yield page.entries;
    const last = page.entries.at(-1)?.seq;
    isEnd = page.isEnd || last === undefined;
    after = last ?? after;
  }
}
