/** Rows of one table, put in several with a statement: run for each, it costs more than the row. */
import type { Fault } from '../src-shared/fault.ts';
import { damaged, type Sqlite } from './database.ts';

type Value = string | number | null | Uint8Array;

/** More hardly help. */
const together = 8;

export class MultiInsert {
  readonly #one;
  readonly #several;
  readonly #width: number;
  #values: Value[] = [];

  constructor(db: Sqlite, table: string, columns: readonly string[]) {
    const row = `(${columns.map(() => '?').join(', ')})`;
    const into = `INSERT INTO ${table} (${columns.join(', ')}) VALUES `;
    this.#one = db.prepare<[Value[]]>(into + row);
    this.#several = db.prepare<[Value[]]>(into + Array.from({ length: together }, () => row).join(', '));
    this.#width = columns.length;
  }

  /** As many values as there are columns. Nothing is written before `flush`, which faults with LEDGER_DAMAGED where a row is not. */
  add(...row: readonly Value[]): void {
    this.#values.push(...row);
  }

  flush(): void {
    const values = this.#values;
    this.#values = [];
    const width = together * this.#width;
    let at = 0;
    let written = 0;
    for (; at + width <= values.length; at += width) written += this.#several.run(values.slice(at, at + width)).changes;
    for (; at < values.length; at += this.#width) written += this.#one.run(values.slice(at, at + this.#width)).changes;
    if (written * this.#width !== values.length) throw notWritten();
  }

  /** Lets go of what was added and not written. */
  forget(): void {
    this.#values = [];
  }
}

/** SQLite ran a statement without an error, and there are fewer rows than it was given. */
export const notWritten = (): Fault => damaged('The file of the ledger does not take what is written to it.');
