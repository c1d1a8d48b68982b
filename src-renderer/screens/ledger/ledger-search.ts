/**
 * What of the ledger is shown, as the address says it, so that a link keeps it. An address may come from anyone: a member that
 * is not one of ours, or does not fit, is dropped.
 */
import { LedgerFilter } from '../../../src-shared/contract/ledger.ts';
import { EntryKind } from '../../../src-shared/model/entry.ts';

export interface LedgerSearch {
  readonly kind?: EntryKind;
  readonly customer?: string;
  /** A scope across customers: `CROSS-3`. */
  readonly cross?: string;
  readonly technician?: string;
  readonly client?: string;
  readonly tool?: string;
  /** A day (`2026-11-22`, of this machine's clock) or an instant. */
  readonly from?: string;
  readonly to?: string;
  readonly denied?: true;
  /** The entry whose detail is open. */
  readonly entry?: number;
}

export function ledgerSearch(given: Readonly<Record<string, unknown>>): LedgerSearch {
  const found = Object.entries(checks).map(([name, check]) => [name, check(given[name])] as const);
  return Object.fromEntries(found.filter(([, value]) => value !== undefined));
}

/** What takes every filter away and leaves the rest of the address. */
export const noFilter = {
  kind: undefined,
  customer: undefined,
  cross: undefined,
  technician: undefined,
  client: undefined,
  tool: undefined,
  from: undefined,
  to: undefined,
  denied: undefined,
} as const;

/** The filter the ledger is asked with. A day runs from its first millisecond to its last. */
export function filterOf(search: LedgerSearch): LedgerFilter {
  const { kind, from, to, entry: _, ...same } = search;
  return {
    ...same,
    ...(kind === undefined ? {} : { kinds: [kind] }),
    ...(from === undefined ? {} : { from: instantOf(from, 'start') }),
    ...(to === undefined ? {} : { to: instantOf(to, 'end') }),
  };
}

export const isFiltered = (filter: LedgerFilter): boolean => Object.keys(filter).length > 0;

/** The day an end of the span is on, for a field that takes days. */
export function dayOf(when: string | undefined): string {
  if (when === undefined || isDay(when)) return when ?? '';
  const at = new Date(when);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** Whether an end of the span lies within a day, so that a day alone would not say it. */
export const isInstant = (when: string | undefined): when is string => when !== undefined && !isDay(when);

const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text);

function instantOf(when: string, end: 'start' | 'end'): string {
  if (!isDay(when)) return when;
  return new Date(`${when}T${end === 'start' ? '00:00:00.000' : '23:59:59.999'}`).toISOString();
}

const { customer, cross, technician, client, tool, from } = LedgerFilter.shape;

/** Numbers and booleans are what the router makes of texts that look like them. */
const text =
  (shape: { safeParse(value: string): { success: boolean } }) =>
  (value: unknown): string | undefined => {
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined;
    const given = String(value).trim();
    return given !== '' && shape.safeParse(given).success ? given : undefined;
  };

const when = (value: unknown): string | undefined => {
  const given = String(value);
  if (isDay(given)) return Number.isNaN(Date.parse(`${given}T00:00:00`)) ? undefined : given;
  return text(from)(value);
};

const checks: Readonly<Record<keyof LedgerSearch, (value: unknown) => unknown>> = {
  kind: (value) => EntryKind.safeParse(value).data,
  customer: text(customer),
  cross: text(cross),
  technician: text(technician),
  client: text(client),
  tool: text(tool),
  from: when,
  to: when,
  denied: (value) => (value === true || value === 'true' ? true : undefined),
  entry: (value) => (Number.isSafeInteger(Number(value)) && Number(value) > 0 ? Number(value) : undefined),
};
