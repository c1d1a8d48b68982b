import { describe, expect, it } from 'vitest';
import { documentedLimit, haloStyle } from '../../../src-connectors/halopsa/style.ts';

const style = haloStyle(documentedLimit, { now: () => 0 });

describe('haloStyle', () => {
  it.each([
    'client_ids',
    'toplevel_id',
    'organisation_id',
    'advanced_search',
    'view_id',
    'list_id',
    'columns_id',
    'showall',
    'mine',
    'myallcustomers',
    'currentclientorall',
    'client_override',
    'site_override',
    'Client_Id',
    'ischildnotes',
    'isrelatednotes',
    'includelinkedobjects',
    'fetchgrandchildren',
    'includehierarchy',
    'related_to_ticket',
    'unique_id',
    'token',
    'order',
  ])('does not know the parameter %s', (name) => {
    expect(style.parameters.has(name)).toBe(false);
  });

  it('asks for a page with the vendor’s own spelling, without which it ignores the rest', () => {
    expect(style.paging(3, 50, { path: '/Tickets' })).toEqual({ pageinate: true, page_size: 50, page_no: 3 });
  });

  it('writes an array of exactly one element', () => {
    expect(style.body({ id: 1 }, 'tickets')).toEqual([{ id: 1 }]);
  });
});
