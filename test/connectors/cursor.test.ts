import { createSecretKey, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { nextCursor, Page, readCursor } from '../../src-connectors/cursor.ts';

const someKey = () => createSecretKey(randomBytes(32));
const key = someKey();
const made = (page: number, tool = 'ticket_list', by = key): string =>
  nextCursor(page, 'fedcba9876543210', { place: tool, key: by }) ?? '';

describe('readCursor', () => {
  it('is the first page where none is given', () => {
    expect(readCursor(undefined, 'ticket_list', key)).toEqual({ page: 1, before: '' });
  });

  it('reads what this worker gave for this tool, which fits the argument’s schema', () => {
    expect(Page.safeParse(made(1)).success).toBe(true);
    expect(readCursor(made(41), 'ticket_list', key)).toEqual({ page: 42, before: 'fedcba9876543210' });
  });

  it.each([
    ['of another worker', made(1, 'ticket_list', someKey())],
    ['of another tool', made(1, 'asset_list')],
    ['of another question', made(1, 'ticket_list {"text":"vpn"}')],
    ['changed in one letter', `${made(1).slice(0, -1)}${made(1).endsWith('A') ? 'B' : 'A'}`],
    ['cut short', made(1).slice(0, 40)],
    ['made up', 'A'.repeat(64)],
  ])('denies one %s', (_, text) => {
    expect(() => readCursor(text, 'ticket_list', key)).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENTS' }));
  });
});

describe('nextCursor', () => {
  it('tells nothing of the page by its length or its text', () => {
    expect(new Set([1, 9, 99, 998].map((page) => made(page).length)).size).toBe(1);
    expect(made(1)).not.toBe(made(1));
  });

  it('ends at the last page a caller may ask for', () => {
    expect(nextCursor(999, '', { place: 'ticket_list', key })).toBeUndefined();
  });
});
