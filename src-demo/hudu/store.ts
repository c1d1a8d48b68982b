// One emulated Hudu instance in memory: a table per kind, and the text of rows already rendered.
// Trusts the schema that read the data file. Nothing here knows about HTTP or faults.
import type { HuduData } from '../demo-data.ts';
import { Table } from '../vendor/table.ts';
import type { HuduKind, HuduRow } from './records.ts';
import { huduRecords } from './records.ts';

export type HuduStore = {
  table(kind: HuduKind): Table<HuduRow>;
  /** Undefined for an owner that is global or unknown. */
  company(id: unknown): HuduRow | undefined;
  /** The rendered text of a record, kept until the next write: a row's joins may reach any other record. */
  text(record: object, render: () => string): string;
  put(kind: HuduKind, record: HuduRow): void;
  remove(kind: HuduKind, id: HuduRow['id']): void;
};

export const huduKinds = Object.keys(huduRecords) as readonly HuduKind[];

export function createStore(data: HuduData): HuduStore {
  const byOwner = {
    company: (row: HuduRow) => [row.company_id ?? 0],
    procedure: (row: HuduRow) => [Number(row['procedure_id'] ?? 0)],
  };
  const tables = new Map(huduKinds.map((kind) => [kind, new Table<HuduRow>(data[kind], byOwner)]));
  let texts = new WeakMap<object, string>();
  const table = (kind: HuduKind) => {
    const found = tables.get(kind);
    if (found === undefined) throw new Error(`Hudu has no ${kind}`);
    return found;
  };
  return {
    table,
    company: (id) => (typeof id === 'number' ? table('companies').get(id) : undefined),
    text(record, render) {
      const known = texts.get(record);
      if (known !== undefined) return known;
      const text = render();
      texts.set(record, text);
      return text;
    },
    put(kind, record) {
      table(kind).put(record);
      texts = new WeakMap();
    },
    remove(kind, id) {
      table(kind).remove(id);
      texts = new WeakMap();
    },
  };
}
