/**
 * Where a search table lies: pieces of it by their first entry, and the values that the numbers in them stand for. It is a
 * database of its own, apart from the ledger's connection, so that it can neither hold up nor undo a commit and is the same
 * for a ledger that may only be read. Nobody else can open it, so what it holds is what was put there.
 */
import Database from 'better-sqlite3';
import type { Sqlite } from './database.ts';

/** What an entry is searched by, apart from its time. Each has few values, but for tools, which whoever calls may invent. */
export const facets = ['kind', 'customer', 'actor', 'tool'] as const;
export type Facet = (typeof facets)[number];

export interface Values {
  readonly kind: readonly [kind: string | null, isDenied: boolean];
  readonly customer: readonly [code: string | null, cross: string | null];
  readonly actor: readonly [id: string | null, name: string | null, client: string | null];
  readonly tool: readonly [name: string | null];
}

/** The place the table lies in failed. What it held is gone, and every value has another number in the next one. */
export class LostTable extends Error {}

/** Opens an empty database for a table. */
export type OpenPlace = () => Sqlite;

/** SQLite puts it where SQLITE_TMPDIR says, or in /var/tmp, /usr/tmp or /tmp, and takes its name away at once. */
export const openUnnamedFile: OpenPlace = () => openPlace('');

/** 160 MB at most: five million entries, unless somebody invented tools. */
export const openMemory: OpenPlace = () => {
  const place = openPlace(':memory:');
  place.pragma('max_page_count = 40000');
  return place;
};

export class SearchPlace {
  readonly #db;
  readonly #piece;
  readonly #addPiece;
  readonly #id;
  readonly #addValue;
  readonly #value;
  readonly #atHand: Readonly<Record<Facet, Map<string | null, number>>> = {
    kind: new Map(),
    customer: new Map(),
    actor: new Map(),
    tool: new Map(),
  };

  constructor(open: OpenPlace) {
    const db = opened(open);
    this.#db = db;
    this.#piece = db.prepare<[number], Uint8Array>('SELECT bytes FROM piece WHERE first = ?').pluck();
    this.#addPiece = db.prepare('INSERT INTO piece (first, bytes) VALUES (?, ?)');
    this.#id = db.prepare<[string], number>('SELECT id FROM value WHERE text = ?').pluck();
    this.#addValue = db.prepare<[string], number>('INSERT INTO value (text) VALUES (?) RETURNING id').pluck();
    this.#value = db.prepare<[number], string>('SELECT text FROM value WHERE id = ?').pluck();
  }

  kept(first: number): ArrayBufferLike | undefined {
    const bytes = this.#try(() => this.#piece.get(first));
    if (!bytes) return undefined;
    return bytes.byteOffset === 0 ? bytes.buffer : new Uint8Array(bytes).buffer; // Numbers begin where they may.
  }

  keep(first: number, bytes: ArrayBufferLike): void {
    this.#try(() => this.#addPiece.run(first, new Uint8Array(bytes)));
  }

  idOf<F extends Facet>(facet: F, value: Values[F]): number {
    const atHand = this.#atHand[facet];
    const key = keyOf(value);
    const known = atHand.get(key);
    if (known !== undefined) return known;
    const text = JSON.stringify([facet, value]);
    const id = this.#try(() => this.#id.get(text) ?? this.#addValue.get(text)) ?? 0;
    if (atHand.size >= mostAtHand) atHand.clear();
    atHand.set(key, id);
    return id;
  }

  value<F extends Facet>(facet: F, id: number): Values[F] {
    const text = this.#try(() => this.#value.get(id));
    const [ofFacet, value] = JSON.parse(text ?? '[]') as [Facet?, Values[F]?]; // Nobody but `idOf` wrote it.
    if (ofFacet !== facet || value === undefined) throw new LostTable();
    return value;
  }

  close(): void {
    this.#db.close();
  }

  #try<T>(work: () => T): T {
    try {
      if (this.#db.open) return work();
    } catch {
      // Full, or no file to be had: both are answered by another place.
      this.#db.close();
    }
    throw new LostTable();
  }
}

/** Values of a facet whose numbers are kept at hand. */
const mostAtHand = 20_000;

function opened(open: OpenPlace): Sqlite {
  try {
    const place = open();
    place.exec('CREATE TABLE piece (first INTEGER PRIMARY KEY, bytes BLOB NOT NULL)');
    place.exec('CREATE TABLE value (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE)');
    return place;
  } catch {
    throw new LostTable();
  }
}

/** Tells the values of a facet apart, quicker than by their JSON. */
function keyOf(value: Values[Facet]): string | null {
  if (value.length === 1) return value[0];
  if (value.length === 2) {
    const [first, second] = value;
    const rest = first === null ? '' : ` ${first}`;
    return typeof second === 'string' ? `${second.length} ${second}${rest}` : `${second}${rest}`;
  }
  const [id, name, client] = value;
  return `${name?.length} ${client?.length} ${name}${client}${id}`;
}

/** No journal and no flushes: what fails is thrown away whole. */
function openPlace(name: '' | ':memory:'): Sqlite {
  const place = new Database(name);
  place.pragma('journal_mode = OFF');
  place.pragma('synchronous = OFF');
  place.pragma('cache_size = -8000');
  return place;
}
