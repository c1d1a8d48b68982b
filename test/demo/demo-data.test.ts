import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDemoData, readDemoData } from '../../src-demo/demo-data.ts';

const good = {
  format: 1,
  tenant: { id: 'msp', name: 'MSP' },
  technicians: [{ id: 'amy', name: 'Amy', email: 'amy@msp.example', roles: ['technician'] }],
  signedIn: 'amy',
  customers: [{ id: 'one', code: 'ONE-1', name: 'One', domain: 'one.example', aliases: [], vendors: { halopsa: 5 } }],
  vendors: {
    halopsa: {
      instance: 'halo',
      name: 'HaloPSA',
      tenant: 'msp',
      credential: { clientId: 'id', clientSecret: 'very-secret' },
      clients: [{ id: 5, name: 'One' }],
      tickets: [{ id: 1, client_id: 5, madeup_member: true }],
    },
  },
};

function messageOf(value: unknown): string {
  try {
    parseDemoData(JSON.stringify(value), 'file.json');
    return '';
  } catch (problem) {
    return (problem as Error).message;
  }
}

describe('parseDemoData', () => {
  it('takes a small file and keeps vendor members it does not know', () => {
    const data = parseDemoData(JSON.stringify(good), 'file.json');
    expect(data.vendors.halopsa?.tickets[0]).toEqual({ id: 1, client_id: 5, madeup_member: true });
    expect(data.vendors.halopsa?.assets).toEqual([]);
  });

  it('names the path of a wrong member', () => {
    const halopsa = { ...good.vendors.halopsa, tickets: [{ id: 1 }, { id: 2, client_id: 'five' }] };
    expect(messageOf({ ...good, vendors: { halopsa } })).toContain('At vendors.halopsa.tickets[1].client_id: ');
    expect(messageOf({ ...good, customers: [{ ...good.customers[0], code: 'one' }] })).toContain(
      'At customers[0].code: must look like MERI-7.',
    );
  });

  it('refuses members outside the format', () => {
    expect(messageOf({ ...good, customer: [] })).toContain('At the top: has unknown members: customer.');
  });

  it('refuses references that lead nowhere and ids given twice', () => {
    expect(messageOf({ ...good, signedIn: 'bob' })).toContain('At signedIn: no technician has this id.');
    const astray = [{ ...good.customers[0], vendors: { halopsa: 6 } }];
    expect(messageOf({ ...good, customers: astray })).toContain('At customers[0].vendors.halopsa: no record');
    const halopsa = { ...good.vendors.halopsa, tickets: [{ id: 1 }, { id: 1 }] };
    expect(messageOf({ ...good, vendors: { halopsa } })).toContain('At vendors.halopsa.tickets[1]: an earlier record');
  });

  it('checks every vendor’s customers and ids', () => {
    const hudu = {
      instance: 'hudu',
      name: 'Hudu',
      credential: { apiKey: 'very-secret' },
      companies: [{ id: 9, name: 'One' }],
    };
    const customers = [{ ...good.customers[0], vendors: { halopsa: 5, hudu: 5 } }];
    const twice = { ...hudu, articles: [{ id: 1 }, { id: 1 }] };
    expect(messageOf({ ...good, customers, vendors: { ...good.vendors, hudu } })).toContain(
      'At customers[0].vendors.hudu: no record in vendors.hudu.companies has this id.',
    );
    expect(messageOf({ ...good, vendors: { ...good.vendors, hudu: twice } })).toContain(
      'At vendors.hudu.articles[1]: an earlier record',
    );
  });

  it('never repeats a value of the file', () => {
    const halopsa = {
      ...good.vendors.halopsa,
      credential: { clientId: 1, clientSecret: 'very-secret', other: 'very-secret' },
    };
    expect(messageOf({ ...good, vendors: { halopsa } })).not.toContain('very-secret');
    expect(() => parseDemoData('{"clientSecret": very-secret', 'file.json')).toThrow(
      /^The demo data file file\.json is not JSON\.$/,
    );
  });
});

describe('readDemoData', () => {
  it('says which file cannot be read', async () => {
    await expect(readDemoData('/nowhere/demo.json')).rejects.toThrow(
      'The demo data file /nowhere/demo.json cannot be read.',
    );
  });
});

describe('docs/demo-data.md', () => {
  it('shows a file that works', async () => {
    const text = await readFile(join(import.meta.dirname, '../../docs/demo-data.md'), 'utf8');
    const example = /```json\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
    expect(parseDemoData(example, 'the documentation').customers).toMatchObject([{ code: 'ACME-1' }]);
  });
});
