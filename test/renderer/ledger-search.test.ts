import { describe, expect, it } from 'vitest';
import {
  dayOf,
  filterOf,
  isFiltered,
  isInstant,
  ledgerSearch,
} from '../../src-renderer/screens/ledger/ledger-search.ts';

const instant = '2026-11-20T08:15:00.000Z';

describe('ledgerSearch', () => {
  it('keeps every filter an address can say, and the entry that is open', () => {
    const whole = {
      kind: 'call.denied',
      customer: 'MERI-7',
      cross: 'CROSS-3',
      technician: 'Amy Kowalski',
      client: 'Cursor',
      tool: 'ticket_list',
      from: '2026-11-20',
      to: instant,
      denied: true,
      entry: 212,
    };
    expect(ledgerSearch(whole)).toEqual(whole);
  });

  it('takes back what the router made of a text that looks like a number or a truth', () => {
    expect(ledgerSearch({ technician: 123, client: true, denied: 'true', entry: '7' })).toEqual({
      technician: '123',
      client: 'true',
      denied: true,
      entry: 7,
    });
  });

  it.each([
    ['an unknown kind', { kind: 'call.made-up' }],
    ['a customer that is no code', { customer: "MERI-7' OR 1" }],
    ['a scope that is no code', { cross: 'CROSS-0' }],
    ['a text beyond its length', { tool: 'x'.repeat(81) }],
    ['an empty text', { technician: '  ' }],
    ['a day that is none', { from: '2026-13-40' }],
    ['an instant without a zone', { to: '2026-11-20T08:15' }],
    ['a denial of no', { denied: false }],
    ['an entry before the first', { entry: 0 }],
    ['an entry that is a fraction', { entry: 1.5 }],
    ['a list', { customer: ['MERI-7'] }],
    ['a member that is not ours', { __proto__: null, order: 'asc' }],
  ])('drops %s', (_, given) => {
    expect(ledgerSearch(given)).toEqual({});
  });
});

describe('filterOf', () => {
  it('asks for whole days of this machine, from their first millisecond to their last', () => {
    const { from, to } = filterOf({ from: '2026-11-20', to: '2026-11-20' });
    expect(from).toBe(new Date(2026, 10, 20).toISOString());
    expect(Date.parse(to ?? '') - Date.parse(from ?? '')).toBe(86_400_000 - 1);
  });

  it('asks for instants as they are, one kind as a list, and never for the entry that is open', () => {
    expect(filterOf({ kind: 'alert', from: instant, to: instant, denied: true, entry: 5 })).toEqual({
      kinds: ['alert'],
      from: instant,
      to: instant,
      denied: true,
    });
  });

  it('is no filter when nothing was chosen', () => {
    expect(isFiltered(filterOf({ entry: 5 }))).toBe(false);
    expect(isFiltered(filterOf({ denied: true }))).toBe(true);
  });
});

describe('dayOf', () => {
  it('is the day an instant is on for who reads it', () => {
    expect(dayOf(new Date(2026, 0, 3, 23, 59).toISOString())).toBe('2026-01-03');
    expect([dayOf('2026-01-03'), dayOf(undefined)]).toEqual(['2026-01-03', '']);
    expect([isInstant(instant), isInstant('2026-01-03'), isInstant(undefined)]).toEqual([true, false, false]);
  });
});
