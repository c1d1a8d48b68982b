import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from './northway.ts';
import { companyOf, startPax8 } from './pax8-account.ts';
import type { Pax8 } from './pax8-account.ts';

let pax8: Pax8;
beforeAll(async () => {
  pax8 = await startPax8();
});
afterAll(() => pax8.emulator.close());

const dental = companyOf('meridian-dental');
const draft = {
  name: 'Oxbow Joinery',
  address: { street: '1 Mill Lane', city: 'Lowmoor', postalCode: 'ZZ1 1AA', country: 'GB' },
  phone: '01632 960111',
  website: 'oxbowjoinery.example',
  billOnBehalfOfEnabled: false,
  selfServiceAllowed: false,
  orderApprovalRequired: false,
};
const person = (type: string) => ({ firstName: 'Nina', lastName: 'Berg', types: [{ type, primary: true }] });
const created = async (body: Json = {}) => {
  const { status, json, text } = await pax8.send('POST', '/v1/companies', { ...draft, ...body });
  if (status !== 200) throw new Error(text);
  return String((json() as Json)['id']);
};

describe('POST /v1/companies', () => {
  it('makes a company that becomes active with its third primary contact', async () => {
    const id = await created({ contacts: [person('Admin')] });
    expect(await pax8.record(`/v1/companies/${id}`)).toMatchObject({ name: 'Oxbow Joinery', status: 'Inactive' });
    expect(await pax8.rows(`/v1/companies/${id}/contacts`)).toMatchObject([{ firstName: 'Nina' }]);
    await pax8.send('POST', `/v1/companies/${id}/contacts`, person('Billing'));
    expect(await pax8.record(`/v1/companies/${id}`)).toMatchObject({ status: 'Inactive' });
    await pax8.send('POST', `/v1/companies/${id}/contacts`, person('Technical'));
    expect(await pax8.record(`/v1/companies/${id}`)).toMatchObject({ status: 'Active' });
  });

  it('says all that is missing or wrong', async () => {
    const { status, json } = await pax8.send('POST', '/v1/companies', { name: 5, phone: '1', contacts: [{}] });
    const messages = (json() as { details: Json[] }).details.map((one) => one['message']);
    expect([status, messages]).toEqual([
      422,
      [
        'address is required',
        'website is required',
        'billOnBehalfOfEnabled is required',
        'selfServiceAllowed is required',
        'orderApprovalRequired is required',
        'name is not valid',
        'contacts are not valid',
      ],
    ]);
  });
});

describe('PATCH /v1/companies/{id}', () => {
  it('changes what is named and nothing else', async () => {
    const id = await created();
    const { status, json } = await pax8.send('PATCH', `/v1/companies/${id}`, { phone: '01632 960222', id: dental });
    expect([status, json()]).toMatchObject([200, { id, name: 'Oxbow Joinery', phone: '01632 960222' }]);
    expect((await pax8.send('PATCH', `/v1/companies/${id}`, { status: 'Gone' })).status).toBe(422);
    expect((await pax8.send('PATCH', '/v1/companies/x', {})).status).toBe(404);
  });
});

describe('contacts', () => {
  it('carry no owner and are found under their company alone', async () => {
    const rows = await pax8.rows(`/v1/companies/${dental}/contacts`);
    expect(rows).toHaveLength(3);
    expect(rows.some((row) => 'companyId' in row)).toBe(false);
    const id = String(rows[0]?.['id']);
    expect(await pax8.record(`/v1/companies/${dental}/contacts/${id}`)).toEqual(rows[0]);
    expect((await pax8.get(`/v1/companies/${companyOf('acme-ltd')}/contacts/${id}`)).status).toBe(404);
    expect((await pax8.get('/v1/companies/x/contacts')).status).toBe(404);
  });

  it('are created, replaced whole and deleted', async () => {
    const path = `/v1/companies/${dental}/contacts`;
    const made = await pax8.send('POST', path, { ...person('Technical'), email: 'nina@northway.example' });
    const { id } = made.json() as Json;
    expect(made.status).toBe(200);
    const replaced = await pax8.send('PUT', `${path}/${String(id)}`, { firstName: 'Nora', lastName: 'Berg' });
    expect(replaced.json()).toEqual({
      id,
      createdDate: expect.any(String) as unknown,
      firstName: 'Nora',
      lastName: 'Berg',
    });
    expect((await pax8.send('PUT', `${path}/${String(id)}`, { firstName: 'Nora' })).status).toBe(422);
    expect((await pax8.send('DELETE', `${path}/${String(id)}`)).status).toBe(204);
    expect((await pax8.get(`${path}/${String(id)}`)).status).toBe(404);
  });
});
