// Raw demo data in which every text says whose it is: `⟦214⟧ Printer offline`. A record's owner is found the way the vendor's
// own data leads to it, so whatever reaches a caller of customer 214 with another mark has crossed.

type Row = Readonly<Record<string, unknown>>;

/**
 * How the records of one kind lead to an owner: by a member of their own, by the record that a member names, or by a list of
 * those it was released to, where that is one.
 */
export type Way =
  | string
  | { readonly parent: string; readonly kind: string }
  | { readonly readers: string; readonly member: string };

/** The data with its texts marked. A kind that is not named, and a record that leads nowhere, is `nobody`'s. */
export function marked<Data extends object>(data: Data, ways: Readonly<Record<string, Way>>): Data {
  const kinds = data as Readonly<Record<string, unknown>>;
  const byId = new Map<string, Map<unknown, Row>>();
  const rowsOf = (kind: string): readonly Row[] => (Array.isArray(kinds[kind]) ? (kinds[kind] as Row[]) : []);
  const find = (kind: string, id: unknown): Row | undefined => {
    const known = byId.get(kind) ?? new Map(rowsOf(kind).map((row) => [row['id'], row]));
    byId.set(kind, known);
    return known.get(id);
  };
  const ownerOf = (kind: string, row: Row): string => {
    const way = ways[kind];
    if (way === undefined) return nobody;
    if (typeof way === 'string') return owner(valueAt(row, way));
    if ('readers' in way) {
      const readers = (row[way.readers] ?? []) as readonly Row[];
      return readers.length === 1 ? owner(readers[0]?.[way.member]) : several;
    }
    const parent = find(way.kind, row[way.parent]);
    return parent === undefined ? nobody : ownerOf(way.kind, parent);
  };
  return Object.fromEntries(
    Object.entries(kinds).map(([kind, value]) => {
      if (!Array.isArray(value) || ways[kind] === undefined) return [kind, value];
      const mark = (row: Row): Row => {
        const whose = ownerOf(kind, row);
        return whose === several ? row : withMark(row, `⟦${whose}⟧`);
      };
      return [kind, (value as Row[]).map(mark)];
    }),
  ) as Data;
}

/** Every mark in a text that is not this owner's. */
export function foreignMarks(text: string, own: string): string[] {
  return [...text.matchAll(/⟦([^⟧]*)⟧/g)].map((match) => match[1] ?? '').filter((mark) => mark !== own);
}

export const ownMarks = (text: string, own: string): number => text.split(`⟦${own}⟧`).length - 1;

const nobody = 'nobody';
/** Not to be told from anyone's: such a record stays as it is. */
const several = 'several';
const owner = (value: unknown): string =>
  typeof value === 'number' || (typeof value === 'string' && value !== '') ? String(value) : nobody;

const valueAt = (row: Row, path: string): unknown =>
  path.split('.').reduce<unknown>((value, name) => (value as Row | undefined)?.[name], row);

function withMark(row: Row, mark: string): Row {
  const change = (name: string, value: unknown): unknown => {
    if (typeof value === 'string') return isText(name, value) ? `${mark} ${value}` : value;
    if (Array.isArray(value)) return value.map((one) => change(name, one));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([inner, one]) => [inner, change(inner, one)]));
  };
  return change('', row) as Row;
}

/** What people write. Dates, ids, addresses, links and the vendor's own keywords must stay what they are. */
const isText = (name: string, value: string): boolean =>
  !keywords.has(name) && (named.has(name) || (/\s/.test(value) && !/^\d{4}-\d\d-\d\d/.test(value)));

const named = new Set([
  'name',
  'summary',
  'note',
  'label',
  'title',
  'username',
  'password',
  'inventory_number',
  'key_field',
  'filename',
  'invoicenumber',
  'referenceCode',
  'resourceGroup',
]);
const keywords = new Set([
  'uploadable_type',
  'record_type',
  'passwordable_type',
  'fromable_type',
  'toable_type',
  'resource_type',
  'status',
  'billingTerm',
  'term',
  'type',
  'field_type',
  'orderedBy',
  'otp_secret',
  'who',
  'outcome',
]);
