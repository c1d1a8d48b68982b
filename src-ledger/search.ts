/**
 * Searches a ledger. What a filter asks is answered by a table of what entries are searched by; the entries themselves are
 * then read from the ledger's file, so that whoever asks is told what is recorded and nothing else.
 */
import type { z } from 'zod';
import type { ledgerControl, LedgerFilter, Outline, Progress } from '../src-shared/contract/ledger.ts';
import { Fault } from '../src-shared/fault.ts';
import type { Sqlite } from './database.ts';
import { outlineOf } from './outline.ts';
import { type Page, pageOf, type Question, rangeOf, seqsOf } from './page.ts';
import { isOpen, matcher, type Matcher } from './search-filter.ts';
import { LostTable, openMemory, openUnnamedFile, type OpenPlace } from './search-place.ts';
import { SearchTable } from './search-table.ts';

/** Filters that are remembered: what two windows and two exports ask at once. */
const mostMatchers = 4;

export class Search {
  readonly #db: Sqlite;
  /** Where a table may lie, the better place first. */
  readonly #places: readonly OpenPlace[];
  #place = 0;
  #table: SearchTable | undefined;
  readonly #matchers = new Map<string, Matcher>();

  constructor(db: Sqlite, places: readonly OpenPlace[] = [openUnnamedFile, openMemory]) {
    this.#db = db;
    this.#places = places;
  }

  /**
   * Entries in order of `seq`. With `after`, or with neither, the first ones that match; with `before` alone, the last ones.
   * `isEnd`: nothing more matches in that direction. `from` and `to` are both inclusive. Faults: LEDGER_DAMAGED, NO_ROOM.
   */
  async page(question: Question, signal: AbortSignal): Promise<Page> {
    const { filter, limit } = question;
    const newest = this.#db.prepare<[], number | null>('SELECT max(seq) FROM entry').pluck().get() ?? 0;
    const range = rangeOf(question, newest);
    const wanted = limit + 1; // One more, to know whether there is one.
    if (isOpen(filter)) return pageOf(this.#db, seqsOf(this.#db, range, wanted), { ...range, limit });
    const found = await this.#byTable(filter, async (table, { matchesOf, isEmpty }) => {
      const matches: number[] = [];
      for await (const piece of table.between(range, isEmpty)) {
        signal.throwIfAborted();
        matches.push(...matchesOf(piece, range));
        if (matches.length >= wanted) break;
      }
      return matches;
    });
    return pageOf(this.#db, found.slice(0, wanted), { ...range, limit });
  }

  /** Of all entries up to the last one there is when it begins. `onProgress` hears of every piece. Faults: NO_ROOM. */
  outline(
    { filter, spans }: z.output<typeof ledgerControl.outline.input>,
    signal: AbortSignal,
    onProgress: (progress: Progress) => void,
  ): Promise<Outline> {
    return this.#byTable(filter, (table, asked) => outlineOf(table, asked, { spans, signal, onProgress }));
  }

  close(): void {
    this.#table?.close();
  }

  /** Asks the table; where its place fails, one in the next place. Whatever else was asked of the lost one begins again too. */
  async #byTable<T>(filter: LedgerFilter, ask: (table: SearchTable, matcher: Matcher) => Promise<T>): Promise<T> {
    for (;;) {
      let table: SearchTable | undefined;
      try {
        table = this.#table ??= this.#makeTable();
        return await ask(table, this.#matcherOf(filter, table));
      } catch (error) {
        if (!(error instanceof LostTable)) throw error;
        if (this.#table !== table) continue;
        this.#table = undefined;
        this.#place += 1;
      }
    }
  }

  /** The window asks page after page by one filter. */
  #matcherOf(filter: LedgerFilter, table: SearchTable): Matcher {
    const key = JSON.stringify(filter);
    const known = this.#matchers.get(key) ?? matcher(filter, table);
    this.#matchers.delete(key);
    this.#matchers.set(key, known); // The last one used is the last one forgotten.
    if (this.#matchers.size > mostMatchers) this.#matchers.delete(this.#matchers.keys().next().value ?? '');
    return known;
  }

  #makeTable(): SearchTable {
    this.#matchers.clear();
    const open = this.#places[this.#place];
    if (open) return new SearchTable(this.#db, open);
    this.#place = 0;
    throw new Fault('NO_ROOM', 'There is no room to search the ledger in.', 'Free some space on the disk.');
  }
}
