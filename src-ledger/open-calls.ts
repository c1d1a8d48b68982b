/**
 * Calls whose outcome is yet to come, by the seq of their intent. A table holds them, changed in the transaction of the
 * entries that open and close them; this is that table in memory, so that a call is looked up without it.
 */
import type { Sqlite } from './database.ts';
import { notWritten } from './multi-insert.ts';

export class OpenCalls {
  readonly #all;
  readonly #put;
  readonly #take;
  #open: Set<number>;
  /** Since the last flush: calls that were opened, and such of before that were closed. */
  readonly #opened = new Set<number>();
  readonly #closed: number[] = [];

  constructor(db: Sqlite) {
    this.#all = db.prepare<[], number>('SELECT seq FROM open_intent').pluck();
    this.#put = db.prepare<[string]>('INSERT INTO open_intent (seq) SELECT value FROM json_each(?)');
    this.#take = db.prepare<[string]>('DELETE FROM open_intent WHERE seq IN (SELECT value FROM json_each(?))');
    this.#open = new Set(this.#all.all());
  }

  open(seq: number): void {
    this.#open.add(seq);
    this.#opened.add(seq);
  }

  /** False when it is none of them. */
  close(seq: number): boolean {
    if (!this.#open.delete(seq)) return false;
    if (!this.#opened.delete(seq)) this.#closed.push(seq);
    return true;
  }

  /** Writes what changed, in whatever transaction is open. Faults with LEDGER_DAMAGED when the table does not take it. */
  flush(): void {
    const [opened, closed] = [this.#opened.size, this.#closed.length];
    if (opened > 0 && this.#put.run(JSON.stringify([...this.#opened])).changes !== opened) throw notWritten();
    if (closed > 0 && this.#take.run(JSON.stringify(this.#closed)).changes !== closed) throw notWritten();
    this.#settle();
  }

  /** Takes the table's word for it, after a transaction that failed. */
  reload(): void {
    this.#settle();
    this.#open = new Set(this.#all.all());
  }

  #settle(): void {
    this.#opened.clear();
    this.#closed.length = 0;
  }
}
