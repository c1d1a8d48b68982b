// The single lies (see lie.ts for what they have in common). Each takes a body and gives back another one; where a body
// has no records to lie about it comes back as it was. Bodies are the emulator's own and may be changed in place.
import type { Random } from '../random.ts';
import type { Json } from './json.ts';
import { isRecord } from './json.ts';
import type { LieCall, LieSource } from './lie.ts';

export type Tale = {
  readonly source: LieSource;
  readonly call: LieCall;
  readonly random: Random;
  /** The text of an earlier answer to the same question. */
  readonly before: string | undefined;
};

type Lie = (tale: Tale, body: unknown) => unknown;
type Found = {
  readonly isList: boolean;
  readonly rows: Json[];
  /** The body with other rows; a record read by id takes the first. */
  readonly withRows: (rows: readonly unknown[]) => unknown;
};

/** In more than one place are those that try an owner check hardest; the expensive one is once. */
export const lies: readonly Lie[] = [
  addForeign,
  addForeign,
  addForeign,
  swapIds,
  swapIds,
  loseOwner,
  loseOwner,
  mistypeOwner,
  mistypeOwner,
  mistypeOwner,
  giveAway,
  giveAway,
  doubleIds,
  doubleIds,
  graft,
  graft,
  graft,
  answerAnother,
  answerAnother,
  answerAgain,
  addNonsense,
  breakWrapper,
  breakWrapper,
  textNumbers,
  textNumbers,
  repeatForever,
];

/** Foreign rows with their true owner, anywhere in the list. */
function addForeign(tale: Tale, body: unknown): unknown {
  return reordered(tale, body, ({ rows }) => {
    for (let left = tale.random.whole(1, 4); left > 0; left -= 1) putIn(tale.random, rows, foreign(tale));
    return rows;
  });
}

/**
 * A foreign row under the id of an own one, while own rows exchange theirs. A record read by id keeps its owner and
 * answers to the id of another customer's record, which the reader can see because it asked for one id. It is never the id
 * that was asked for: on top of another lie that would make a foreign id's record the asker's own, and all that hangs on it.
 */
function swapIds(tale: Tale, body: unknown): unknown {
  return reordered(tale, body, ({ isList, rows }) => {
    const other = withOwner(tale);
    const [first, second] = [pickRow(tale.random, rows), pickRow(tale.random, rows)];
    if (other === undefined || first === undefined || second === undefined) return rows;
    const asked = tale.call.path.slice(tale.call.path.lastIndexOf('/') + 1);
    const isSeen = tale.call.method === 'GET' && String(other['id']) !== asked;
    if (!isList) return [{ ...first, id: isSeen ? other['id'] : first['id'] }];
    putIn(tale.random, rows, { ...other, id: first['id'] });
    [first['id'], second['id']] = [second['id'], first['id']];
    return rows;
  });
}

function loseOwner(tale: Tale, body: unknown): unknown {
  return eachOrOne(tale, body, (row, member) => {
    delete row[member];
  });
}

function mistypeOwner(tale: Tale, body: unknown): unknown {
  const wrong = tale.random.whole(0, 8);
  return eachOrOne(tale, body, (row, member) => {
    const own = row[member];
    const whole = typeof own === 'number' ? own : 0;
    row[member] = [null, 0, '', String(own), [own], { id: own }, whole + 0.5, -whole, true][wrong];
  });
}

/** An own row says that someone else owns it: another customer when we know who asks, else nobody's number. */
function giveAway(tale: Tale, body: unknown): unknown {
  const asked = tale.source.asked(tale.call);
  return eachOrOne(tale, body, (row, member) => {
    const other = foreign(tale)?.[member];
    const isSafe = asked[member] !== undefined && other !== asked[member] && isKey(other);
    row[member] = isSafe ? other : vacant(tale.random, row[member]);
  });
}

/**
 * The same id twice, with different owners: an own record given away, or a foreign one under an own id. Not the latter where
 * one record was asked for: the id may be a foreign one, and the other record the asker's own.
 */
function doubleIds(tale: Tale, body: unknown): unknown {
  return reordered(tale, body, ({ isList, rows }) => {
    const row = pickRow(tale.random, rows);
    const other = withOwner(tale);
    if (row === undefined || other === undefined) return rows;
    const member = tale.source.owners.find((name) => name in row);
    const givenAway = member === undefined ? row : { ...row, [member]: vacant(tale.random, row[member]) };
    putIn(tale.random, rows, !isList || tale.random.chance(0.5) ? givenAway : { ...other, id: row['id'] });
    return rows;
  });
}

/** A foreign record inside an own one: where records are expected, or where a plain value was. */
function graft(tale: Tale, body: unknown): unknown {
  return changed(body, ({ rows, withRows }) => {
    const row = pickRow(tale.random, rows);
    const other = foreign(tale);
    if (row === undefined || other === undefined) return body;
    const plain = Object.keys(row).filter((name) => name !== 'id' && !tale.source.owners.includes(name));
    const places = tale.random.chance(0.5) ? tale.source.nests : plain;
    if (places.length > 0) row[tale.random.pick(places)] = tale.random.chance(0.5) ? other : [other, { ...other }];
    return withRows(rows);
  });
}

/** Nothing of what was asked, only records of others. */
function answerAnother(tale: Tale, body: unknown): unknown {
  return changed(body, ({ rows, withRows }) => {
    const others = rows.map(() => foreign(tale)).filter((row) => row !== undefined);
    return others.length === 0 ? body : withRows(others);
  });
}

/** An earlier answer to the same question, whatever page it was. */
function answerAgain(tale: Tale, body: unknown): unknown {
  if (tale.before !== undefined) return JSON.parse(tale.before);
  return reordered(tale, body, ({ rows }) => [...rows, ...rows]);
}

/** Rows that are no records. */
function addNonsense(tale: Tale, body: unknown): unknown {
  return reordered(tale, body, ({ rows }) => {
    const nonsense = tale.random.pick<unknown>([null, 0, 'record', [], [[]], {}, true, { id: {} }]);
    return tale.random.chance(0.5) ? [nonsense, ...rows] : [...rows, nonsense];
  });
}

function breakWrapper(tale: Tale, body: unknown): unknown {
  const inner = isRecord(body) ? Object.values(body).find((value) => typeof value === 'object') : body;
  const broken: readonly unknown[] = [
    inner ?? null,
    [body],
    { data: inner ?? null },
    {},
    [],
    null,
    'ok',
    isRecord(body)
      ? Object.fromEntries(Object.entries(body).map(([name, value]) => [name, { value }]))
      : { rows: body },
    isRecord(body) ? Object.fromEntries(Object.entries(body).map(([name, value]) => [name, [value]])) : [body],
  ];
  return tale.random.pick(broken);
}

function textNumbers(_tale: Tale, body: unknown): unknown {
  return withTextNumbers(body);
}

function withTextNumbers(body: unknown): unknown {
  if (typeof body === 'number') return String(body);
  if (Array.isArray(body)) return body.map((one) => withTextNumbers(one));
  if (!isRecord(body)) return body;
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, withTextNumbers(value)]));
}

/** Far more rows than any page size, now and then thousands, some of them foreign. */
function repeatForever(tale: Tale, body: unknown): unknown {
  return reordered(tale, body, ({ rows }) => {
    putIn(tale.random, rows, foreign(tale));
    const once = rows.length;
    const wanted = once === 0 ? 0 : tale.random.whole(200, 400) * (tale.random.chance(0.1) ? 10 : 1);
    return Array.from({ length: wanted }, (_, at) => rows[at % once]);
  });
}

/**
 * Where the records of a body are. A body is a bare array, a wrapper with an array of records, a record, or a wrapper
 * around one record (`{"asset":{…}}`).
 */
function find(body: unknown): Found | null {
  const records = (values: readonly unknown[]) => values.filter(isRecord);
  if (Array.isArray(body)) return { isList: true, rows: records(body), withRows: (rows) => rows };
  if (!isRecord(body)) return null;
  if ('id' in body) return { isList: false, rows: [body], withRows: (rows) => rows[0] };
  const members = Object.entries(body);
  const list = members.findLast(([, value]) => Array.isArray(value));
  if (list !== undefined) {
    const [name, value] = list;
    return {
      isList: true,
      rows: records(value as unknown[]),
      withRows: (rows) => ({ ...body, [name]: rows }),
    };
  }
  const inner = members.find(([, value]) => isRecord(value));
  if (inner === undefined) return null;
  const [name, value] = inner;
  return { isList: false, rows: [value as Json], withRows: (rows) => ({ ...body, [name]: rows[0] }) };
}

function changed(body: unknown, change: (found: Found) => unknown): unknown {
  const found = find(body);
  return found === null ? body : change(found);
}

/** A change of the rows. A record read by id becomes the first row, or now and then a list where one record belongs. */
function reordered(tale: Tale, body: unknown, change: (found: Found) => readonly unknown[]): unknown {
  return changed(body, (found) => {
    const rows = change(found);
    if (found.isList || rows.length === 1) return found.withRows(rows);
    return tale.random.chance(0.7) ? found.withRows([tale.random.pick(rows)]) : found.withRows([rows]);
  });
}

/** Changes an owner member of one row, or of every row. */
function eachOrOne(tale: Tale, body: unknown, change: (row: Json, member: string) => void): unknown {
  return changed(body, ({ rows, withRows }) => {
    const one = pickRow(tale.random, rows);
    const chosen = tale.random.chance(0.3) || one === undefined ? rows : [one];
    for (const row of chosen) {
      const members = ownerMembers(tale).filter((name) => name in row);
      if (members.length > 0) change(row, tale.random.pick(members));
    }
    return withRows(rows);
  });
}

function ownerMembers({ source, call }: Tale): readonly string[] {
  return source.areOwners(call) ? ['id', ...source.owners] : source.owners;
}

function foreign({ source, call, random }: Tale): Json | undefined {
  const row = source.anyone(call, random);
  return row === undefined ? undefined : structuredClone(row);
}

/** A foreign record that says whose it is, whatever its id says: the only one to put under an own id. */
function withOwner(tale: Tale): Json | undefined {
  const row = tale.source.areOwners(tale.call) ? undefined : foreign(tale);
  return row !== undefined && tale.source.owners.some((name) => isKey(row[name]) && row[name] !== 0) ? row : undefined;
}

function pickRow(random: Random, rows: readonly Json[]): Json | undefined {
  return rows.length === 0 ? undefined : random.pick(rows);
}

function putIn(random: Random, rows: Json[], row: Json | undefined): void {
  if (row !== undefined) rows.splice(random.whole(0, rows.length), 0, row);
}

function isKey(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'string';
}

/** A key of the same type that is nobody's. */
function vacant(random: Random, like: unknown): number | string {
  const number = 800_000_000 + random.whole(0, 99_999_999);
  if (typeof like !== 'string') return number;
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}
