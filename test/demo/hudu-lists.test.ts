import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { companyId, startHudu } from './hudu-instance.ts';
import type { Hudu } from './hudu-instance.ts';
import type { Json } from './northway.ts';

let hudu: Hudu;
const dental = companyId('Meridian Dental Group');
beforeAll(async () => {
  hudu = await startHudu();
});
afterAll(() => hudu.emulator.close());

const owners = (rows: readonly Json[]) => [...new Set(rows.map((row) => row['company_id']))];
const ids = (rows: readonly Json[]) => rows.map((row) => row['id']);

describe('the envelope', () => {
  it.each([
    'articles',
    'assets',
    'asset_passwords',
    'asset_layouts',
    'companies',
    'relations',
    'folders',
    'password_folders',
    'procedures',
    'procedure_tasks',
    'photos',
    'public_photos',
    'flags',
    'flag_types',
    'labels',
    'label_types',
  ])('wraps the list of %s', async (kind) => {
    const body = (await hudu.get(kind)).json() as Json;
    expect(Object.keys(body)).toEqual([kind]);
    expect(Array.isArray(body[kind])).toBe(true);
  });

  it.each([
    'websites',
    'uploads',
    'expirations',
    'magic_dash',
    'users',
    'groups',
    'activity_logs',
    'networks',
    'vlans',
    'vlan_zones',
    'ip_addresses',
    'rack_storages',
    'rack_storage_items',
    'lists',
  ])('leaves the list of %s bare', async (kind) => {
    expect(Array.isArray((await hudu.get(kind)).json())).toBe(true);
  });

  it('wraps or leaves bare a record like its list', async () => {
    const [article] = await hudu.rows('articles');
    const [website] = await hudu.rows('websites');
    expect(Object.keys((await hudu.get(`articles/${Number(article?.['id'])}`)).json() as Json)).toEqual(['article']);
    expect((await hudu.get(`websites/${Number(website?.['id'])}`)).json()).toMatchObject({ id: website?.['id'] });
  });
});

describe('paging', () => {
  it('serves 25 rows unless asked, and never more than 1000', async () => {
    expect(await hudu.rows('assets')).toHaveLength(25);
    expect(await hudu.rows('assets?page_size=5000')).toHaveLength(hudu.data.assets.length);
    const [first, second] = [
      await hudu.rows('assets?page_size=10&page=1'),
      await hudu.rows('assets?page_size=10&page=2'),
    ];
    expect(new Set([...ids(first), ...ids(second)]).size).toBe(20);
  });

  it('ignores page parameters where the vendor declares none', async () => {
    expect(await hudu.rows('networks?page_size=2')).toHaveLength(40);
    expect((await hudu.rows('procedure_tasks?page_size=2')).length).toBeGreaterThan(200);
  });
});

describe('filters', () => {
  it.each([
    'assets',
    'asset_passwords',
    'articles',
    'folders',
    'password_folders',
    'procedures',
    'photos',
    'expirations',
    'networks',
    'ip_addresses',
  ])('narrows %s to a company', async (kind) => {
    const rows = await hudu.rows(`${kind}?company_id=${dental}`);
    expect(rows.length).toBeGreaterThan(0);
    expect(owners(rows)).toEqual([dental]);
  });

  it('narrows tasks through their procedure, though no row names an owner', async () => {
    const rows = await hudu.rows(`procedure_tasks?company_id=${dental}`);
    const own = new Set(ids(await hudu.rows(`procedures?company_id=${dental}`)));
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every((row) => own.has(row['procedure_id']))).toBe(true);
    expect(rows[0]).not.toHaveProperty('company_id');
  });

  it.each([
    'websites',
    'relations',
    'uploads',
    'public_photos',
    'activity_logs',
    'rack_storage_items',
    'flags',
    'labels',
  ])('drops company_id silently on %s', async (kind) => {
    expect(await hudu.rows(`${kind}?company_id=${dental}&page_size=1000`)).toEqual(
      await hudu.rows(`${kind}?page_size=1000`),
    );
  });

  it('ignores folder_id and archived on articles, and misspelt filters everywhere', async () => {
    const all = await hudu.rows('articles?page_size=1000');
    expect(await hudu.rows('articles?page_size=1000&folder_id=2001&archived=true')).toEqual(all);
    expect(await hudu.rows('articles?page_size=1000&companyid=12')).toEqual(all);
    expect(new Set(owners(all)).size).toBeGreaterThan(30);
  });

  it('does not list global articles for a company unless told to', async () => {
    expect(owners(await hudu.rows(`articles?company_id=${dental}`))).toEqual([dental]);
    hudu.emulator.faults.globalArticles = true;
    expect(new Set(owners(await hudu.rows(`articles?company_id=${dental}`)))).toEqual(new Set([dental, null]));
    hudu.emulator.faults.globalArticles = false;
  });

  it('searches across all companies when none is named', async () => {
    const rows = await hudu.rows('asset_passwords?search=firewall&page_size=1000');
    expect(owners(rows).length).toBeGreaterThan(10);
    const name = encodeURIComponent('MERI7-FW-01');
    expect(owners(await hudu.rows(`assets?name=${name}`))).toEqual([dental]);
  });

  it('takes one time or a range for updated_at', async () => {
    const [row] = await hudu.rows(`articles?company_id=${dental}`);
    const at = String(row?.['updated_at']);
    expect(ids(await hudu.rows(`articles?company_id=${dental}&updated_at=${at}`))).toEqual([row?.['id']]);
    expect(ids(await hudu.rows(`articles?company_id=${dental}&updated_at=${at},`))).toContain(row?.['id']);
    expect(ids(await hudu.rows(`articles?company_id=${dental}&updated_at=,2020-01-01T00:00:00Z`))).toEqual([]);
  });

  it('hides archived rows of some kinds only, as it is switched', async () => {
    expect(ids(await hudu.rows('companies?page_size=1000'))).not.toContain(companyId('Harrow Lane Furniture'));
    expect((await hudu.rows('articles?page_size=1000')).some((row) => row['archived'] === true)).toBe(true);
    hudu.emulator.faults.archivedInLists = 'hidden';
    expect((await hudu.rows('articles?page_size=1000')).some((row) => row['archived'] === true)).toBe(false);
    hudu.emulator.faults.archivedInLists = 'shown';
    expect(ids(await hudu.rows('companies?page_size=1000'))).toContain(companyId('Harrow Lane Furniture'));
    hudu.emulator.faults.archivedInLists = 'mixed';
  });

  it('splits processes from runs and global from company ones', async () => {
    const all = await hudu.rows('procedures?page_size=1000&type=all');
    const runs = await hudu.rows('procedures?page_size=1000&type=run');
    expect(runs.length).toBeGreaterThan(5);
    expect(await hudu.rows('procedures?page_size=1000&type=process')).toHaveLength(all.length - runs.length);
    expect(owners(await hudu.rows('procedures?process_scope=global'))).toEqual([null]);
  });

  it('finds expirations by what they are of', async () => {
    const website = (await hudu.rows('websites')).find((row) => row['company_id'] === dental);
    const rows = await hudu.rows(`expirations?resource_type=Website&resource_id=${Number(website?.['id'])}`);
    expect(rows.map((row) => row['expiration_type'])).toEqual(['domain', 'ssl_certificate']);
  });

  it('wants an integration for matchers, and lists every customer of it', async () => {
    expect((await hudu.get('matchers')).status).toBe(422);
    expect(owners(await hudu.rows('matchers?integration_id=1&page_size=1000'))).toHaveLength(37);
  });
});

describe('GET /api_info', () => {
  it('tells the version', async () => {
    expect((await hudu.get('api_info')).json()).toEqual({ version: '2.44.0', date: '2026-10-01' });
  });
});
