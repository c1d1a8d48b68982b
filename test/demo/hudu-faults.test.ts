import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { documentedRateLimit, noHuduFaults } from '../../src-demo/hudu/faults.ts';
import type { HuduFaults } from '../../src-demo/hudu/faults.ts';
import { companyId, startHudu } from './hudu-instance.ts';
import type { Hudu } from './hudu-instance.ts';
import type { Json } from './northway.ts';

let clock = Date.UTC(2026, 10, 20, 16);
let hudu: Hudu;
let faults: HuduFaults;
const dental = companyId('Meridian Dental Group');
const logistics = companyId('Meridian Logistics');
beforeAll(async () => {
  hudu = await startHudu(() => clock);
  faults = hudu.emulator.faults;
});
afterEach(() => void Object.assign(faults, noHuduFaults()));
afterAll(() => hudu.emulator.close());

const owners = (rows: readonly Json[]) => rows.map((row) => row['company_id']);

describe('the key', () => {
  it('is the whole credential', async () => {
    const url = `${hudu.emulator.url}/api/v1/companies`;
    for (const headers of [{}, { 'x-api-key': 'wrong' }, { authorization: `Bearer ${hudu.data.credential.apiKey}` }]) {
      const answer = await fetch(url, { headers: headers as Record<string, string> });
      expect([answer.status, await answer.json()]).toEqual([401, { error: 'unauthorized' }]);
    }
    faults.rejectKey = true;
    expect((await hudu.get('companies')).status).toBe(401);
  });

  it('may be tied to addresses', async () => {
    faults.key = { ...faults.key, ips: ['203.0.113.7'] };
    expect((await hudu.get('companies')).status).toBe(401);
    faults.key = { ...faults.key, ips: ['127.0.0.1'] };
    expect((await hudu.get('companies')).status).toBe(200);
  });

  it('sees no password without the password right', async () => {
    faults.key = { ...faults.key, passwords: false };
    expect([(await hudu.get('asset_passwords')).status, (await hudu.get('asset_passwords/50001')).status]).toEqual([
      403, 403,
    ]);
    faults.forbiddenStatus = 401;
    expect(await hudu.get('asset_passwords')).toMatchObject({ status: 401, text: '{"error":"unauthorized"}' });
    expect((await hudu.get('articles')).status).toBe(200);
  });

  it('for one company sees its rows and global ones, and no layouts', async () => {
    faults.key = { ...faults.key, companyIds: [dental] };
    expect(new Set(owners(await hudu.rows('articles?page_size=1000')))).toEqual(new Set([dental, null]));
    expect((await hudu.rows('companies')).map((row) => row['id'])).toEqual([dental]);
    expect(await hudu.rows(`articles?company_id=${logistics}`)).toEqual([]);
    const foreign = hudu.data.articles.find((row) => row.company_id === logistics);
    expect((await hudu.get(`articles/${foreign?.id}`)).status).toBe(404);
    expect((await hudu.get(`companies/${logistics}/assets`)).status).toBe(404);
    expect((await hudu.get('asset_layouts')).status).toBe(403);
    const article = { name: 'x', company_id: logistics };
    expect((await hudu.call('POST', 'articles', { article })).status).toBe(403);
  });

  it('for one company leaks everyone’s rows where no filter exists, unless switched off', async () => {
    faults.key = { ...faults.key, companyIds: [dental] };
    expect(new Set(owners(await hudu.rows('websites?page_size=1000'))).size).toBe(40);
    expect((await hudu.rows('relations?page_size=1000')).length).toBeGreaterThan(80);
    faults.keyScopeLeaks = false;
    expect(new Set(owners(await hudu.rows('websites?page_size=1000')))).toEqual(new Set([dental]));
    expect(await hudu.rows('relations?page_size=1000')).toEqual([]);
  });
});

describe('ownership faults', () => {
  const list = `assets?company_id=${dental}`;

  it('ignoreCompanyFilter lists everyone', async () => {
    faults.ignoreCompanyFilter = true;
    for (const path of [`${list}&page_size=1000`, `companies/${dental}/assets?page_size=1000`])
      expect(new Set(owners(await hudu.rows(path))).size).toBe(40);
  });

  it('dropOwner takes the owner off rows and records', async () => {
    faults.dropOwner = true;
    const rows = await hudu.rows(list);
    expect(rows.some((row) => 'company_id' in row)).toBe(false);
    const { asset } = (await hudu.get(`companies/${dental}/assets/${Number(rows[0]?.['id'])}`)).json() as {
      asset: Json;
    };
    expect(asset).not.toHaveProperty('company_id');
    expect((await hudu.rows('procedure_tasks?procedure_id=13001')).some((row) => 'procedure_id' in row)).toBe(false);
    expect((await hudu.rows('websites')).some((row) => 'company_id' in row)).toBe(false);
  });

  it('mixForeignRows adds rows of others with their true owner', async () => {
    faults.mixForeignRows = 3;
    for (const path of [
      list,
      `articles?company_id=${dental}`,
      `asset_passwords?company_id=${dental}`,
      `expirations?company_id=${dental}`,
    ])
      expect(owners(await hudu.rows(path)).filter((owner) => owner !== dental)).toHaveLength(3);
    const tasks = await hudu.rows('procedure_tasks?procedure_id=13001');
    expect(tasks.filter((row) => row['procedure_id'] !== 13001)).toHaveLength(3);
  });

  it('lieOwner names the asked company on a row whose id says otherwise', async () => {
    faults.lieOwner = true;
    const foreign = (await hudu.rows(list)).filter((row) => row['company_id'] !== dental);
    expect(foreign.map((row) => row['company_name'])).toEqual(['Meridian Dental Group']);
  });

  it('hugePage repeats rows until the body is large', async () => {
    faults.hugePage = 2_000_000;
    expect((await hudu.get(list)).text.length).toBeGreaterThan(2_000_000);
  });
});

describe('failures', () => {
  it('failStatus, garbageJson, truncateBody and hang work as for every vendor', async () => {
    faults.failStatus = 503;
    expect((await hudu.get('articles')).status).toBe(503);
    faults.failStatus = null;
    faults.garbageJson = true;
    expect((await hudu.get('articles')).json).toThrow(SyntaxError);
    faults.garbageJson = false;
    faults.truncateBody = true;
    await expect(hudu.get('articles')).rejects.toThrow(TypeError);
  });

  it('answers 429 “Retry later” over the limit, with Retry-After only when switched on', async () => {
    faults.rateLimit = { ...documentedRateLimit, requests: 1 };
    expect((await hudu.get('articles')).status).toBe(200);
    const refused = await hudu.get('articles');
    expect([refused.status, refused.text, refused.headers.has('retry-after')]).toEqual([429, 'Retry later', false]);
    faults.rateLimit = { ...faults.rateLimit, retryAfter: 30 };
    expect((await hudu.get('articles')).headers.get('retry-after')).toBe('30');
    clock += 60_001;
    expect((await hudu.get('articles')).status).toBe(200);
  });
});
