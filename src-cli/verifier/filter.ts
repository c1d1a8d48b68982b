/** What an export says it was asked for. Nobody signs it: all that can be told is whether what is there was asked for. */
import type { Entry } from './entry.ts';
import type { Bad } from './verdict.ts';
import type { Gaps } from './walk.ts';

export interface Filter {
  readonly gaps: Gaps;
  /** An entry that was not asked for. */
  unasked(entry: Entry): Bad | undefined;
}

/** The filter of a JSON value, or of nothing; undefined for what is none. Members that are not known leave out anything. */
export function readFilter(value: unknown): Filter | undefined {
  const asked = value ?? {};
  if (typeof asked !== 'object' || Array.isArray(asked)) return undefined;
  const tests = Object.entries(asked).map(([name, given]) => testOf(name, given));
  if (!tests.every((test) => test !== undefined)) return undefined;
  const unasked = ({ seq, members }: Entry): Bad | undefined =>
    tests.every((isMet) => isMet(members))
      ? undefined
      : { seq, what: 'inserted', problem: `Entry ${seq} is not what was asked for: the filter leaves it out.` };
  return { gaps: gapsOf(Object.keys(asked)), unasked };
}

/** A range of time leaves out a beginning and an end; any other filter leaves out anything. */
function gapsOf(names: readonly string[]): Gaps {
  if (names.length === 0) return 'none';
  return names.every((name) => name === 'from' || name === 'to') ? 'ends' : 'anywhere';
}

type Members = Entry['members'];
type Test = (members: Members) => boolean;

/** Whether an entry meets one member of a filter; undefined when its value is none. */
function testOf(name: string, given: unknown): Test | undefined {
  if (name === 'kinds') return Array.isArray(given) ? ({ kind }) => given.includes(kind) : undefined;
  if (name === 'denied') return given === true ? isDenied : undefined;
  const texts = Object.hasOwn(textTests, name) ? textTests[name] : undefined;
  if (!texts) return () => true;
  return typeof given === 'string' ? texts(given) : undefined;
}

const textTests: Readonly<Record<string, (given: string) => Test | undefined>> = {
  from: (given) => ofTime(given, (at, from) => at >= from),
  to: (given) => ofTime(given, (at, to) => at <= to),
  customer: (given) => (members) => members['customer'] === given,
  cross: (given) => (members) => members['cross'] === given,
  tool: (given) => (members) => members['tool'] === given,
  client: (given) => (members) => principalOf(members)['client'] === given,
  technician: (given) => (members) => {
    const { id, name } = principalOf(members);
    return id === given || name === given;
  },
};

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/;

function ofTime(given: string, isMet: (at: number, given: number) => boolean): Test | undefined {
  const time = instant.test(given) ? Date.parse(given) : Number.NaN;
  return Number.isNaN(time) ? undefined : ({ at }) => isMet(Date.parse(at as string), time);
}

function isDenied({ kind, gates }: Members): boolean {
  const saysNo = (gate: unknown): boolean => (gate as { ok?: unknown } | null)?.ok === false;
  return kind === 'call.denied' || (kind === 'call.outcome' && Array.isArray(gates) && gates.some(saysNo));
}

const principalOf = ({ principal }: Members): Members => (principal ?? {}) as Members;
