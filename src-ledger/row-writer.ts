/**
 * What entries leave in the tables: their rows, their calls among the open ones, and their bodies, sealed, with the keys of
 * those. Written by `flush` in whatever transaction is open; this never begins or ends one.
 */
import type { EntryDraft } from '../src-shared/model/entry.ts';
import type { BodyKey } from './body-keys.ts';
import type { Sqlite } from './database.ts';
import { MultiInsert } from './multi-insert.ts';
import { OpenCalls } from './open-calls.ts';
import { aboutBody, sealText } from './seal-body.ts';

export class RowWriter {
  readonly #tenant: string;
  readonly #entries: MultiInsert;
  readonly #bodies: MultiInsert;
  readonly #key;
  readonly #openCalls: OpenCalls;

  constructor(db: Sqlite, tenant: string) {
    this.#tenant = tenant;
    this.#entries = new MultiInsert(db, 'entry', ['seq', 'at', 'kind', 'customer', 'principal', 'text', 'leaf']);
    this.#bodies = new MultiInsert(db, 'body', ['seq', 'key', 'sealed']);
    // Known already where a commit landed although it failed.
    this.#key = db.prepare('INSERT OR IGNORE INTO body_key (id, under, wrapped) VALUES (?, ?, ?)');
    this.#openCalls = new OpenCalls(db);
  }

  entry(
    { kind, customer, principal }: EntryDraft,
    { seq, at, text, leaf }: { seq: number; at: string; text: string; leaf: Uint8Array },
  ): void {
    this.#entries.add(seq, at, kind, customer, principal.id.toWellFormed(), text, leaf);
    if (kind === 'call.intent') this.#openCalls.open(seq);
  }

  /** Takes a call off the open ones. False when it is none of them. */
  closeIntent(seq: number): boolean {
    return this.#openCalls.close(seq);
  }

  body(seq: number, text: string, { id, under, secret }: BodyKey): void {
    this.#bodies.add(seq, id, sealText(secret, text, aboutBody(this.#tenant, { under, seq, key: id })));
  }

  key({ id, under, wrapped }: BodyKey): void {
    this.#key.run(id, under, wrapped);
  }

  flush(): void {
    this.#entries.flush();
    this.#bodies.flush();
    this.#openCalls.flush();
  }

  /** After a transaction that failed: nothing of it is left. */
  reload(): void {
    this.#entries.forget();
    this.#bodies.forget();
    this.#openCalls.reload();
  }
}
