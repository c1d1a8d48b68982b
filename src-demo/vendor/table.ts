// The records of one kind, found by id and by index without a scan: list answers are on the benchmark's path.
// Records are never changed in place, a write puts a new one. Trusts its callers.

export type Key = number | string;

/** From an index's name to the keys a record is filed under; a record may have several (a ticket's assets) or none. */
export type Indexes<T> = Readonly<Record<string, (record: T) => readonly Key[]>>;

export class Table<T extends { readonly id: Key }> {
  readonly #records = new Map<Key, T>();
  readonly #indexes: Indexes<T>;
  readonly #groups = new Map<string, Map<Key, T[]>>();
  readonly #order: (a: T, b: T) => number;
  #all: readonly T[] | undefined;

  /** `newestFirst` lists from the highest id down, as vendors list tickets. */
  constructor(records: readonly T[], indexes: Indexes<T>, newestFirst = false) {
    this.#indexes = indexes;
    this.#order = newestFirst ? (a, b) => compare(b.id, a.id) : (a, b) => compare(a.id, b.id);
    for (const name of Object.keys(indexes)) this.#groups.set(name, new Map());
    for (const record of records.toSorted(this.#order)) {
      this.#records.set(record.id, record);
      this.#file(record);
    }
  }

  get(id: T['id']): T | undefined {
    return this.#records.get(id);
  }

  all(): readonly T[] {
    this.#all ??= [...this.#records.values()].sort(this.#order);
    return this.#all;
  }

  /** The records filed under `key`, in the table's order. */
  of(index: string, key: Key): readonly T[] {
    return this.#groups.get(index)?.get(key) ?? [];
  }

  put(record: T): void {
    const old = this.#records.get(record.id);
    if (old !== undefined) this.#unfile(old);
    this.#records.set(record.id, record);
    this.#file(record);
    for (const group of this.#groupsOf(record)) group.sort(this.#order);
    this.#all = undefined;
  }

  remove(id: T['id']): void {
    const old = this.#records.get(id);
    if (old === undefined) return;
    this.#unfile(old);
    this.#records.delete(id);
    this.#all = undefined;
  }

  /** One more than the highest id: sequential and guessable, as at vendors that count. */
  nextId(): number {
    let highest = 0;
    for (const id of this.#records.keys()) if (typeof id === 'number') highest = Math.max(highest, id);
    return highest + 1;
  }

  #file(record: T): void {
    for (const group of this.#groupsOf(record)) group.push(record);
  }

  #unfile(record: T): void {
    for (const group of this.#groupsOf(record)) {
      const at = group.indexOf(record);
      if (at >= 0) group.splice(at, 1);
    }
  }

  *#groupsOf(record: T): Iterable<T[]> {
    for (const [name, keysOf] of Object.entries(this.#indexes)) {
      const groups = this.#groups.get(name);
      if (groups === undefined) continue;
      for (const key of new Set(keysOf(record))) {
        const group = groups.get(key) ?? [];
        groups.set(key, group);
        yield group;
      }
    }
  }
}

function compare(a: Key, b: Key): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
