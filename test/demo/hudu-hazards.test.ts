import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { noHuduFaults } from '../../src-demo/hudu/faults.ts';
import { companyId, startHudu } from './hudu-instance.ts';
import type { Hudu } from './hudu-instance.ts';
import type { Json } from './northway.ts';

let hudu: Hudu;
const dental = companyId('Meridian Dental Group');
const logistics = companyId('Meridian Logistics');
beforeAll(async () => {
  hudu = await startHudu();
});
afterEach(() => void Object.assign(hudu.emulator.faults, noHuduFaults()));
afterAll(() => hudu.emulator.close());

const one = async (path: string) => (await hudu.get(path)).json() as Json;
const first = async (kind: string, company: number) => {
  const [row] = await hudu.rows(`${kind}?company_id=${company}`);
  return Number(row?.['id']);
};

describe('records by id', () => {
  it('are served whoever owns them', async () => {
    for (const company of [dental, logistics]) {
      for (const [kind, single] of [
        ['articles', 'article'],
        ['asset_passwords', 'asset_password'],
        ['procedures', 'procedure'],
        ['folders', 'folder'],
        ['photos', 'photo'],
      ] as const)
        expect((await one(`${kind}/${await first(kind, company)}`))[single]).toMatchObject({ company_id: company });
      expect(await one(`networks/${await first('networks', company)}`)).toMatchObject({ company_id: company });
      expect((await one(`companies/${company}`))['company']).toMatchObject({ id: company });
    }
  });

  it('cannot be told from foreign ones when absent', async () => {
    expect(await hudu.get('articles/999999')).toMatchObject({ status: 404, text: '{"error":"Record not found"}' });
    expect((await hudu.get('articles/nonsense')).status).toBe(404);
    expect((await hudu.get('nothings/1')).status).toBe(404);
  });
});

describe('assets', () => {
  it('are reached through their company only, and through another one when it is switched', async () => {
    const foreign = await first('assets', logistics);
    expect((await hudu.get(`assets/${foreign}`)).status).toBe(404);
    expect((await hudu.get(`companies/${logistics}/assets/${foreign}`)).status).toBe(200);
    expect((await hudu.get(`companies/${dental}/assets/${foreign}`)).status).toBe(404);
    hudu.emulator.faults.assetPathMismatch = 200;
    expect((await one(`companies/${dental}/assets/${foreign}`))['asset']).toMatchObject({ company_id: logistics });
  });

  it('hold secrets in fields, cards and, by their label alone, in text fields', async () => {
    const rows = await hudu.rows(`companies/${dental}/assets?page_size=100`);
    const secret = (field: Json) => String(field['value']).startsWith('demo-');
    const labels = rows.flatMap((row) => (row['fields'] as Json[]).filter(secret).map((field) => field['label']));
    expect(labels).toEqual(
      expect.arrayContaining(['BIOS password', 'Enable secret', 'WiFi PSK', 'Guest key', 'Encryption key']),
    );
    const types = new Map(
      hudu.data.asset_layouts.flatMap(({ fields }) => fields.map((field) => [field.label, field.field_type])),
    );
    expect([types.get('BIOS password'), types.get('Encryption key'), types.get('Guest key')]).toEqual([
      'Password',
      'ConfidentialText',
      'Text',
    ]);
    expect(JSON.stringify(rows[0]?.['cards'])).toContain('bitlockerRecoveryKey');
  });

  it('name an asset of another company in a link field', async () => {
    const [server] = await hudu.rows(`companies/${dental}/assets`);
    const link = ((server?.['fields'] ?? []) as Json[]).find((field) => field['label'] === 'Linked devices');
    const [target] = JSON.parse(String(link?.['value'])) as Json[];
    expect(target).toMatchObject({ id: await first('assets', logistics), name: 'MERI12-SRV-01' });
  });
});

describe('lists without owner or filter', () => {
  it('joins two companies by relations', async () => {
    const assets = new Map(hudu.data.assets.map((row) => [row.id, row.company_id]));
    const relations = await hudu.rows('relations?page_size=1000');
    const crossing = relations.filter(
      (row) =>
        row['toable_type'] === 'Asset' &&
        row['fromable_type'] === 'Asset' &&
        assets.get(Number(row['fromable_id'])) !== assets.get(Number(row['toable_id'])),
    );
    expect(crossing).toHaveLength(1);
    expect(crossing[0]).toMatchObject({ description: 'Shared virtual host', name: 'MERI12-SRV-01' });
    expect(Object.keys(crossing[0] ?? {})).not.toContain('company_id');
  });

  it('lists uploads and flags with nothing but a parent', async () => {
    const [upload] = await hudu.rows('uploads');
    expect(upload).toMatchObject({ uploadable_type: 'Asset' });
    expect(upload).not.toHaveProperty('company_id');
    expect(upload).not.toHaveProperty('content');
    expect((await hudu.rows('flags'))[0]).toMatchObject({ flagable_type: 'Asset' });
  });

  it('finds the card of anyone by a foreign id', async () => {
    const cards = await hudu.rows('cards/lookup?integration_slug=ninja&integration_id=87');
    expect(cards).toMatchObject([{ integrator_name: 'ninja', sync_id: 87 }]);
    expect((await hudu.get('cards/lookup?integration_id=87')).status).toBe(422);
  });
});

describe('downloads', () => {
  it('serve bytes, or redirect to storage that asks for no key', async () => {
    const upload = hudu.data.uploads[0];
    hudu.emulator.faults.uploadMode = 'bytes';
    expect((await hudu.get(`uploads/${upload?.id}?download=true`)).text).toBe(upload?.content);
    hudu.emulator.faults.uploadMode = 'redirect';
    const sent = await hudu.get(`uploads/${upload?.id}?download=true`);
    const location = sent.headers.get('location') ?? '';
    expect(sent.status).toBe(302);
    expect(await (await fetch(location)).text()).toBe(upload?.content);
    expect((await fetch(location.replace('X-Signature=', 'X-Signature=x'))).status).toBe(403);
  });
});

describe('what is public', () => {
  it('serves a shared article and a public photo to whoever has the address', async () => {
    const shared = (await hudu.rows('articles?page_size=1000&enable_sharing=true'))[0];
    const answer = await fetch(String(shared?.['share_url']));
    expect([answer.status, await answer.text()]).toEqual([200, shared?.['content']]);
    expect((await fetch(`${hudu.emulator.url}/public_photo/p9k3demo01`)).status).toBe(200);
    expect((await fetch(`${hudu.emulator.url}/shared_article/000000000000`)).status).toBe(404);
    const hidden = (await hudu.rows('articles?enable_sharing=false'))[0];
    expect(hidden?.['share_url']).toBe(null);
    expect((await fetch(`${hudu.emulator.url}/shared_article/${String(hidden?.['slug'])}`)).status).toBe(404);
  });
});

describe('passwords', () => {
  it('are in the list in plain text, OTP seeds included', async () => {
    const rows = await hudu.rows(`asset_passwords?company_id=${dental}`);
    expect(rows.every((row) => String(row['password']).startsWith('demo-password-'))).toBe(true);
    expect(
      (await hudu.rows('asset_passwords?page_size=1000')).some((row) => String(row['otp_secret']).startsWith('DEMO')),
    ).toBe(true);
    expect(rows[0]).not.toHaveProperty('company_name');
  });
});
