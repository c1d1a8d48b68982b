/**
 * The pages of one listing: fetched when they are looked at, given up when they are not any more, and forgotten when many
 * others were looked at since. The same entries stay at the same places for as long as it lives.
 */
import type { Entry } from '../../../src-shared/model/entry.ts';
import { lengthOf, type Listing, pageOf, placeOf, positionOf } from './places.ts';

/** Fetches one page of the listing, oldest entry first. */
export type FetchPage = (page: number, signal: AbortSignal) => Promise<readonly Entry[]>;

interface Asking {
  readonly controller: AbortController;
  /** Settles when the page is here, or will not come. Never rejects. */
  readonly ended: Promise<void>;
}

/** Rows kept. About a kilobyte each. */
const keptRows = 12_000;

export class EntryPages {
  readonly listing: Listing;
  readonly #fetch: FetchPage;
  readonly #pages = new Map<number, readonly Entry[]>();
  readonly #asking = new Map<number, Asking>();
  /** Pages that an entry is sought on: nobody looks at them yet. */
  readonly #sought = new Set<number>();
  readonly #listeners = new Set<() => void>();
  #failed: { readonly thrown: unknown } | null = null;
  #version = 0;

  constructor(listing: Listing, fetchPage: FetchPage) {
    this.listing = listing;
    this.#fetch = fetchPage;
  }

  /** Another number whenever something changed. */
  readonly version = (): number => this.#version;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** What the last fetch failed with; null when none failed since. */
  get failed(): { readonly thrown: unknown } | null {
    return this.#failed;
  }

  /** The entry at a place, where its page is here. */
  at(position: number): Entry | undefined {
    const { page, at } = placeOf(this.listing, position);
    return this.#pages.get(page)?.[at];
  }

  /** These places are looked at: their pages are fetched, and no others. */
  look(first: number, last: number): void {
    if (this.listing.total === 0) return;
    const from = placeOf(this.listing, Math.min(last, this.listing.total - 1)).page;
    const to = placeOf(this.listing, Math.max(0, first)).page;
    for (const page of this.#asking.keys())
      if ((page < from || page > to) && !this.#sought.has(page)) this.#giveUp(page);
    for (let page = from; page <= to; page++) void this.#ask(page);
  }

  /** Tries again what failed. */
  retry(first: number, last: number): void {
    this.#failed = null;
    this.#changed();
    this.look(first, last);
  }

  /** The place of the entry, or of the nearest older one that is listed; null where that cannot be told. */
  async find(seq: number): Promise<number | null> {
    const { total, marks } = this.listing;
    if (total === 0) return null;
    if (marks === null) return Math.max(0, Math.min(total - 1, total - seq));
    const page = pageOf(this.listing, seq);
    this.#sought.add(page);
    await this.#ask(page);
    this.#sought.delete(page);
    const entries = this.#pages.get(page);
    if (entries === undefined) return null;
    const at = entries.findLastIndex((entry) => entry.seq <= seq);
    return positionOf(this.listing, { page, at: Math.max(0, at) });
  }

  close(): void {
    for (const page of this.#asking.keys()) this.#giveUp(page);
  }

  #giveUp(page: number): void {
    this.#asking.get(page)?.controller.abort();
    this.#asking.delete(page);
  }

  #ask(page: number): Promise<void> {
    const known = this.#pages.get(page);
    if (known !== undefined) {
      this.#pages.delete(page); // The one looked at last is forgotten last.
      this.#pages.set(page, known);
      return Promise.resolve();
    }
    const running = this.#asking.get(page);
    if (running !== undefined) return running.ended;
    const isHopeless = this.#failed !== null && !this.#sought.has(page);
    if (isHopeless || lengthOf(this.listing, page) === 0) return Promise.resolve();
    const controller = new AbortController();
    const ended = this.#get(page, controller);
    this.#asking.set(page, { controller, ended });
    return ended;
  }

  async #get(page: number, { signal }: AbortController): Promise<void> {
    try {
      const entries = await this.#fetch(page, signal);
      if (signal.aborted) return;
      this.#keep(page, entries);
    } catch (thrown) {
      if (signal.aborted) return;
      this.#failed = { thrown };
    }
    this.#asking.delete(page);
    this.#changed();
  }

  #keep(page: number, entries: readonly Entry[]): void {
    this.#pages.set(page, entries);
    const most = Math.max(4, Math.floor(keptRows / this.listing.perPage));
    for (const old of this.#pages.keys()) {
      if (this.#pages.size <= most) return;
      this.#pages.delete(old);
    }
  }

  #changed(): void {
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }
}
