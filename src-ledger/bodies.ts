/**
 * Bodies as they lie in the file, opened for whoever may read them, and counted.
 * Whoever can write the file may have changed them; what is opened is held against the commitment of its entry.
 */
import type { KeyObject } from 'node:crypto';
import type { HeldBodies, OpenedBody } from '../src-shared/contract/ledger.ts';
import { Commitment } from '../src-shared/model/entry.ts';
import { CustomerId } from '../src-shared/model/ids.ts';
import { JsonObject } from '../src-shared/model/json-object.ts';
import type { BodyKeys } from './body-keys.ts';
import { damaged, type Sqlite } from './database.ts';
import { aboutBody, commitmentOf, openText } from './seal-body.ts';
import { Tombstones } from './tombstones.ts';
import { turn } from './turn.ts';

export interface BodiesOptions {
  readonly db: Sqlite;
  readonly tenant: string;
  readonly keys: BodyKeys;
}

const Customer = CustomerId.nullable();

type Why = NonNullable<OpenedBody['why']>;

interface Stored {
  readonly text: string | null;
  readonly customer: string | null;
  readonly key: number | null;
  readonly sealed: Uint8Array | null;
}

interface StoredKey {
  readonly id: number;
  readonly under: string | null;
  readonly wrapped: string | null;
}

export class Bodies {
  readonly #db: Sqlite;
  readonly #tenant: string;
  readonly #keys: BodyKeys;
  readonly #stored;
  readonly #keyOf;
  readonly #tombstones = new Tombstones();

  constructor({ db, tenant, keys }: BodiesOptions) {
    this.#db = db;
    this.#tenant = tenant;
    this.#keys = keys;
    this.#stored = db.prepare<[number], Stored>(
      `SELECT text, customer, key, sealed FROM entry LEFT JOIN ${bodyTable(db)} AS body ON body.seq = entry.seq WHERE entry.seq = ?`,
    );
    this.#keyOf = db.prepare<[number], StoredKey>(`SELECT id, under, wrapped FROM ${keyTable(db)} WHERE id = ?`);
  }

  /** Opens the bodies of these entries, in this order. Gives way after each: callers choose how long they are. */
  async open(seqs: readonly number[], signal: AbortSignal): Promise<OpenedBody[]> {
    const secrets = new Map<number, Promise<KeyObject | Why>>();
    const opened: OpenedBody[] = [];
    for (const seq of seqs) {
      const body = await this.#openOne(seq, secrets, signal);
      opened.push(typeof body === 'string' ? { seq, body: null, why: body } : { seq, body, why: null });
      await turn();
      signal.throwIfAborted();
    }
    return opened;
  }

  /** How many bodies are kept under each key that is not forgotten. */
  async held(signal: AbortSignal): Promise<HeldBodies[]> {
    const all = this.#db.prepare<[], StoredKey>(`SELECT id, under, wrapped FROM ${keyTable(this.#db)}`).all();
    const count = this.#db.prepare<[number], { bodies: number; first: number | null }>(
      `SELECT count(*) AS bodies, min(seq) AS first FROM ${bodyTable(this.#db)} WHERE key = ?`,
    );
    const held = new Map<string | null, { bodies: number; first: number }>();
    for (const { id, under, wrapped } of all) {
      const { bodies, first } = count.get(id) ?? { bodies: 0, first: null };
      if (wrapped === null || first === null) continue;
      const others = held.get(under) ?? { bodies: 0, first };
      held.set(under, { bodies: others.bodies + bodies, first: Math.min(others.first, first) });
      await turn();
      signal.throwIfAborted();
    }
    const at = this.#db.prepare<[number], string>('SELECT at FROM entry WHERE seq = ?').pluck();
    return [...held].map(([under, { bodies, first }]) => {
      const [customer, oldest] = [Customer.safeParse(under).data, at.get(first)];
      if (customer === undefined || oldest === undefined) throw damaged('Bodies of the ledger belong to nothing.');
      return { under: customer, bodies, oldest };
    });
  }

  async #openOne(
    seq: number,
    secrets: Map<number, Promise<KeyObject | Why>>,
    signal: AbortSignal,
  ): Promise<Record<string, unknown> | Why> {
    const row = this.#stored.get(seq);
    const committed = row && readEntry(row.text);
    if (!committed) return row ? 'damaged' : 'none';
    if (!committed.body) return 'none';
    const whyGone = async (): Promise<Why | undefined> => {
      await this.#tombstones.readOn(this.#db, signal);
      return this.#tombstones.whyGone(seq, row.customer);
    };
    if (row.key === null || row.sealed === null) return (await whyGone()) ?? 'damaged';
    const key = this.#keyOf.get(row.key);
    if (!key) return 'damaged';
    const asked = secrets.get(key.id) ?? this.#secretOf(key);
    secrets.set(key.id, asked);
    const secret = await asked;
    if (secret === 'lost') return (await whyGone()) ?? secret;
    if (typeof secret === 'string') return secret;
    const place = { under: key.under as CustomerId | null, seq, key: key.id };
    const text = openText(secret, row.sealed, aboutBody(this.#tenant, place));
    const isWhole = text !== undefined && commitmentOf(committed.body.salt, text) === committed.body.commitment;
    return (isWhole && JsonObject.safeParse(fromJson(text)).data) || 'damaged';
  }

  async #secretOf({ under, wrapped }: StoredKey): Promise<KeyObject | Why> {
    if (wrapped === null) return 'destroyed';
    const customer = Customer.safeParse(under);
    return customer.success ? this.#keys.open(customer.data, wrapped) : 'damaged';
  }
}

/** A ledger of an earlier version, open for reading only, has no such tables. */
export const bodyTable = (db: Sqlite): string =>
  hasTable(db, 'body') ? 'body' : '(SELECT NULL AS seq, NULL AS key, NULL AS sealed WHERE false)';
export const keyTable = (db: Sqlite): string =>
  hasTable(db, 'body_key') ? 'body_key' : '(SELECT NULL AS id, NULL AS under, NULL AS wrapped WHERE false)';

function hasTable(db: Sqlite, name: string): boolean {
  return db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(name) !== undefined;
}

/** What an entry says of its body. Undefined when the entry is not readable. */
function readEntry(text: unknown): { body?: Commitment } | undefined {
  const entry = JsonObject.safeParse(fromJson(text)).data;
  if (!entry) return undefined;
  if (entry['body'] === undefined) return {};
  const body = Commitment.safeParse(entry['body']).data;
  return body && { body };
}

function fromJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}
