/**
 * What is searched of each entry, in 24 bytes: made piece by piece as searches come by, and gone with the process. Nothing is
 * written on the way of an append, and nothing is left on the disk that somebody could tamper with.
 *
 * The rows it is made of are as they lie in the ledger's file: they may have been tampered with, and are searched all the same.
 */
import type { Sqlite } from './database.ts';
import { type Facet, facets, type OpenPlace, SearchPlace, type Values } from './search-place.ts';
import { turn } from './turn.ts';

/** Entries of a piece: about two milliseconds to make. */
export const pieceSize = 512;

/** So many entries on end, the first of them `first`. */
export interface Piece {
  readonly first: number;
  /** Milliseconds since 1970; not a number where the entry has no time that can be read. */
  readonly at: Float64Array;
  /** Numbers of values; 0 in the place of an entry that is not there. */
  readonly ids: Readonly<Record<Facet, Uint32Array>>;
}

/** Entries after `low` and before `high`, which is no further than the position after the last entry. */
export interface Range {
  readonly low: number;
  readonly high: number;
  readonly isBackward: boolean;
}

export class SearchTable {
  readonly #newest;
  readonly #next;
  readonly #last;
  readonly #rows;
  readonly #place: SearchPlace;
  /** The end of the ledger, which is not a whole piece yet, as it was when `newest` was the last entry. */
  #tail: { readonly newest: number; readonly piece: Piece } | undefined;
  #worked = 0;
  #rest: Promise<void> | undefined;

  /** Throws LostTable. */
  constructor(ledger: Sqlite, open: OpenPlace) {
    const seq = (sql: string) => ledger.prepare<number[], number | null>(sql).pluck();
    this.#newest = seq(`SELECT max(seq) FROM entry WHERE seq < ${mostEntries}`);
    this.#next = seq('SELECT min(seq) FROM entry WHERE seq > ? AND seq < ?');
    this.#last = seq('SELECT max(seq) FROM entry WHERE seq > ? AND seq < ?');
    this.#rows = ledger
      .prepare<[number, number], Row>(
        'SELECT seq, at, kind, customer, principal, text FROM entry WHERE seq >= ? AND seq < ? ORDER BY seq',
      )
      .raw();
    this.#place = new SearchPlace(open);
  }

  /** The last entry there is now; 0 when there is none. */
  get newest(): number {
    return Math.max(0, this.#newest.get() ?? 0);
  }

  /**
   * The pieces that entries of a range lie in, in their order, but for those that are known to be of no use; those that nobody
   * needed before are made. Gives way between them, so that recording goes on. Throws LostTable.
   */
  async *between({ low, high, isBackward }: Range, isEmpty: (first: number) => boolean): AsyncGenerator<Piece> {
    const edges = { low: Math.max(0, low), high: Math.min(high, mostEntries) };
    while (edges.low + 1 < edges.high) {
      let first = firstOf(isBackward ? edges.high - 1 : edges.low + 1);
      if (!isEmpty(first)) {
        const piece = await this.#piece(first, () => (isBackward ? this.#last : this.#next).get(edges.low, edges.high));
        if (!piece) return;
        ({ first } = piece);
        yield piece;
      }
      if (isBackward) edges.high = first;
      else edges.low = first + pieceSize - 1;
    }
  }

  /** The value of a number that a piece holds for a facet. Throws LostTable. */
  value<F extends Facet>(facet: F, id: number): Values[F] {
    return this.#place.value(facet, id);
  }

  close(): void {
    this.#place.close();
  }

  /**
   * The piece that begins there or, where nothing is known of one, the piece of the next entry there is. However many search
   * at once, only one piece is made in a turn.
   */
  async #piece(first: number, next: () => number | null | undefined): Promise<Piece | undefined> {
    while (this.#rest) await this.#rest;
    const kept = this.#kept(first);
    if (kept) return kept;
    const seq = next() ?? undefined;
    if (seq === undefined) return undefined;
    return this.#kept(firstOf(seq)) ?? this.#make(firstOf(seq));
  }

  #kept(first: number): Piece | undefined {
    this.#work(1);
    const bytes = this.#place.kept(first);
    if (bytes) return pieceOf(first, bytes);
    return this.#tail?.piece.first === first && this.#tail.newest === this.newest ? this.#tail.piece : undefined;
  }

  #work(amount: number): void {
    this.#worked += amount;
    if (this.#worked < restAfter) return;
    this.#worked = 0;
    this.#rest = turn().then(() => {
      this.#rest = undefined;
    });
  }

  #make(first: number): Piece {
    this.#work(restAfter);
    const newest = this.newest;
    const piece = pieceOf(first, new ArrayBuffer(pieceBytes));
    for (const row of this.#rows.all(first, first + pieceSize)) this.#take(row, piece);
    if (newest < first + pieceSize - 1) this.#tail = { newest, piece };
    else this.#place.keep(first, piece.at.buffer);
    return piece;
  }

  #take([seq, at, kind, customer, principal, text]: Row, { first, at: times, ids }: Piece): void {
    const slot = seq - first;
    const { name, client, tool, cross, hasNo } = membersOf(text);
    const isDenied = kind === 'call.denied' || (kind === 'call.outcome' && hasNo);
    times[slot] = typeof at === 'string' && instant.test(at) ? Date.parse(at) : Number.NaN;
    ids.kind[slot] = this.#place.idOf('kind', [textOf(kind), isDenied]);
    ids.customer[slot] = this.#place.idOf('customer', [textOf(customer), cross]);
    ids.actor[slot] = this.#place.idOf('actor', [textOf(principal), name, client]);
    ids.tool[slot] = this.#place.idOf('tool', [tool]);
  }
}

const firstOf = (seq: number): number => seq - ((seq - 1) % pieceSize);

/** Pieces that are read before giving way, or one that is made: a millisecond or two. */
const restAfter = 64;
/** A file that was tampered with may number entries as it likes; beyond this, JavaScript cannot tell them apart. */
const mostEntries = 2 ** 52;
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const pieceBytes = pieceSize * (8 + 4 * facets.length);

type Row = readonly [seq: number, at: unknown, kind: unknown, customer: unknown, principal: unknown, text: unknown];

function pieceOf(first: number, bytes: ArrayBufferLike): Piece {
  const column = (at: number): Uint32Array => new Uint32Array(bytes, pieceSize * (8 + 4 * at), pieceSize);
  return {
    first,
    at: new Float64Array(bytes, 0, pieceSize),
    ids: { kind: column(0), customer: column(1), actor: column(2), tool: column(3) },
  };
}

interface Members {
  readonly name: string | null;
  readonly client: string | null;
  readonly tool: string | null;
  readonly cross: string | null;
  /** Whether a gate said no. */
  readonly hasNo: boolean;
}

/** What the columns of an entry do not repeat. A text that was tampered with may be anything; then there is nothing of it. */
function membersOf(text: unknown): Members {
  const entry = fromJson(text);
  const principal = member(entry, 'principal');
  const gates = member(entry, 'gates');
  return {
    name: textOf(member(principal, 'name')),
    client: textOf(member(principal, 'client')),
    tool: textOf(member(entry, 'tool')),
    cross: textOf(member(entry, 'cross')),
    hasNo: Array.isArray(gates) && gates.some((gate) => member(gate, 'ok') === false),
  };
}

function fromJson(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
