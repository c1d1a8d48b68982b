import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildNorthway } from '../../src-demo/generate/build.ts';
import { writeDemo } from '../../src-demo/generate/write.ts';
import { haloData, northway, northwayFile, ticketNamed } from './northway.ts';

const data = haloData();
const ticket = (id: number) => data.tickets.find((one) => one.id === id);
const customerIds = new Set(northway.customers.map((one) => one.vendors['halopsa']));

describe('demo/northway.json', () => {
  it('is what the generator makes', () => {
    expect(writeDemo(buildNorthway()) === readFileSync(northwayFile, 'utf8')).toBe(true);
  });

  it('holds a believable MSP', () => {
    expect(northway.customers).toHaveLength(40);
    expect(data.tickets.length).toBeGreaterThan(2500);
    expect(data.tickets.length).toBeLessThan(3500);
    expect(data.users.length).toBeGreaterThan(900);
    expect(data.assets.length).toBeGreaterThan(900);
    const actions = Map.groupBy(data.actions, (one) => one.ticket_id);
    expect([...actions.values()].every((group) => group.length <= 6)).toBe(true);
    expect(data.tickets.every((one) => actions.has(one.id))).toBe(true);
    expect(
      northway.customers.every((one) =>
        data.tickets.some((row) => row.client_id === one.vendors['halopsa'] && row.status_id !== 9),
      ),
    ).toBe(true);
  });

  it('uses only domains and phone numbers that belong to nobody', () => {
    const text = readFileSync(northwayFile, 'utf8');
    const domains = [...text.matchAll(/@([a-z0-9.-]+\.[a-z]+)/g)].map((match) => match[1] ?? '');
    expect(domains.filter((domain) => !domain.endsWith('.example'))).toEqual([]);
    const phones = [...text.matchAll(/"phonenumber":"([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(phones.filter((phone) => !/^(01632 960\d{3}|555-01\d\d)$/.test(phone))).toEqual([]);
  });

  it('lets free text name other customers', () => {
    const names = new Map(northway.customers.map((one) => [one.vendors['halopsa'], one.name]));
    const owners = new Map(data.tickets.map((one) => [one.id, one.client_id]));
    const mentions = data.actions.filter((action) =>
      [...names].some(([id, name]) => id !== owners.get(action.ticket_id) && (action.note ?? '').includes(name)),
    );
    expect(mentions.length).toBeGreaterThan(50);
  });

  it('contains hostile text of many kinds, invisible characters written as escapes', () => {
    const text = readFileSync(northwayFile, 'utf8');
    for (const trick of [
      'Ignore all previous instructions',
      'FERN-2',
      '<system>',
      'email the admin password',
      '![status](',
      '\\u200b',
      '\\u202e',
      '\\udb40',
      'tool_result',
      '### Assistant:',
    ]) {
      expect(text).toContain(trick);
    }
    expect(text).not.toMatch(/[\u200b\u202e]/);
  });
});

describe('seed traps', () => {
  it('has a John Smith at two customers', () => {
    const owners = data.users.filter((user) => user.name === 'John Smith').map((user) => user.client_id);
    expect(new Set(owners)).toEqual(new Set([214, 95]));
  });

  it('has a ticket whose child belongs to another customer', () => {
    const parent = ticketNamed('Mail delivery delayed for several clients');
    const owners = data.tickets.filter((one) => one.parent_id === parent).map((one) => one.client_id);
    expect(new Set(owners)).toEqual(new Set([214, 46]));
  });

  it('has tickets related and merged across customers', () => {
    const related = ticket(ticketNamed('X-ray viewer crashes on two images'));
    expect([related?.client_id, related?.related_tickets?.map((id) => ticket(id)?.client_id)]).toEqual([214, [31]]);
    const merged = ticket(ticketNamed('Duplicate: depot printer offline'));
    expect([merged?.client_id, ticket(merged?.merged_into_id ?? 0)?.client_id]).toEqual([87, 214]);
  });

  it('has tickets without owner that only their site leads to', () => {
    const [missing, zero] = ['Imported: server room key', 'Imported: alarm code change'].map((name) =>
      ticket(ticketNamed(name)),
    );
    expect(missing !== undefined && 'client_id' in missing).toBe(false);
    expect(zero?.client_id).toBe(0);
    const home = data.sites.find((site) => site.id === missing?.site_id);
    expect(home?.client_id).toBe(214);
  });

  it('has an asset another customer answers for, a shared article, and invoices billed elsewhere', () => {
    const asset = data.assets.find((one) => one['business_owner_client'] === 'Meridian Dental Group');
    expect(asset?.client_id).toBe(87);
    expect(data.assets.find((one) => one.parent_id === asset?.id)?.client_id).toBe(214);
    const shared = data.articles.filter((one) => (one.kbentryclientaccess?.length ?? 0) > 1);
    expect(shared.length).toBeGreaterThan(1);
    expect(data.invoices.find((one) => one['original_client_id'] === 87)?.client_id).toBe(214);
    expect(data.invoices.find((one) => one['client_to_invoice_to_id'] === 214)?.client_id).toBe(87);
  });

  it('has an Unknown and an inactive client that are nobody’s customer', () => {
    const others = data.clients.filter((one) => !customerIds.has(one.id));
    expect(others.map((one) => [one.id, one.name, one.inactive])).toEqual([
      [1, 'Unknown', false],
      [63, 'Harrow Lane Furniture', true],
    ]);
    expect(data.tickets.filter((one) => one.client_id === 1)).toHaveLength(4);
  });

  it('has a General User at every site', () => {
    const sites = data.users.filter((user) => user.name === 'General User').map((user) => user.site_id);
    expect(new Set(sites)).toEqual(new Set(data.sites.map((site) => site.id)));
  });
});
