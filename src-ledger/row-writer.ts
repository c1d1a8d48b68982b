/**
 * What an entry leaves in the tables: its row, its call among the open ones, and its body, sealed, with that one's key. Writes in
 * whatever transaction is open, and never begins or ends one.
 */
import type { EntryDraft } from '../src-shared/model/entry.ts';
import type { BodyKey } from './body-keys.ts';
import type { Sqlite } from './database.ts';
import { aboutBody, sealText } from './seal-body.ts';

export class RowWriter {
  readonly #tenant: string;
  readonly #entry;
  readonly #openIntent;
  readonly #closeIntent;
  readonly #key;
  readonly #body;

  constructor(db: Sqlite, tenant: string) {
    this.#tenant = tenant;
    this.#entry = db.prepare(
      'INSERT INTO entry (seq, at, kind, customer, principal, text, leaf) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    this.#openIntent = db.prepare('INSERT INTO open_intent (seq) VALUES (?)');
    this.#closeIntent = db.prepare('DELETE FROM open_intent WHERE seq = ?');
    // Known already where a commit landed although it failed.
    this.#key = db.prepare('INSERT OR IGNORE INTO body_key (id, under, wrapped) VALUES (?, ?, ?)');
    this.#body = db.prepare('INSERT INTO body (seq, key, sealed) VALUES (?, ?, ?)');
  }

  entry(
    { kind, customer, principal }: EntryDraft,
    { seq, at, text, leaf }: { seq: number; at: string; text: string; leaf: Uint8Array },
  ): void {
    this.#entry.run(seq, at, kind, customer, principal.id.toWellFormed(), text, leaf);
    if (kind === 'call.intent') this.#openIntent.run(seq);
  }

  /** Takes a call off the open ones. False when it is none of them. */
  closeIntent(seq: number): boolean {
    return this.#closeIntent.run(seq).changes > 0;
  }

  body(seq: number, text: string, { id, under, secret }: BodyKey): void {
    this.#body.run(seq, id, sealText(secret, text, aboutBody(this.#tenant, { under, seq, key: id })));
  }

  key({ id, under, wrapped }: BodyKey): void {
    this.#key.run(id, under, wrapped);
  }
}
