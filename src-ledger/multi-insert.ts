/** Rows of one table, put in several with a statement: run for each, it costs more than the row. */
import type { Sqlite } from './database.ts';

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

  /** As many values as there are columns. Nothing is written before `flush`. */
  add(...row: readonly Value[]): void {
    this.#values.push(...row);
  }

  flush(): void {
    const values = this.#values;
    this.#values = [];
    const width = together * this.#width;
    let at = 0;
    for (; at + width <= values.length; at += width) this.#several.run(values.slice(at, at + width));
    for (; at < values.length; at += this.#width) this.#one.run(values.slice(at, at + this.#width));
  }

  /** Lets go of what was added and not written. */
  forget(): void {
    this.#values = [];
  }
}
