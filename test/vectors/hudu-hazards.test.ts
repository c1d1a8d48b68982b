// One vector for every way in which Hudu can hand a worker another customer's data (hudu.md §5, rows 1 to 8), against the
// emulator that does all of it. The bound customer is 12; everything of 31 carries a mark that no answer may contain.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WorkerAnswer } from '../../src-shared/contract/worker.ts';
import { type BoundHudu, filtered, idsOf, recordsOf, startBoundHudu } from '../connectors/hudu/bound-hudu.ts';
import { huduExamples } from '../connectors/hudu/examples.ts';
import { foreign, huduData, ids, own, seed } from '../connectors/hudu/hudu-data.ts';
import { namedIn } from '../connectors/labelled.ts';

let bound: BoundHudu;
beforeEach(async () => {
  bound = await startBoundHudu();
});
afterEach(() => bound.hudu.close());

const missing = { status: 'ok', records: [], dropped: 0 };
const unproven = { status: 'denied', code: 'OWNERSHIP_UNPROVEN' };

const call = (tool: string, input: Record<string, unknown> = {}) => bound.call(tool, input);
const droppedOf = (answer: WorkerAnswer) => (answer.status === 'ok' ? answer.dropped : answer);

/** Every tool once, as it succeeds for the customer. */
const examples = huduExamples(huduData(), String(own), String(foreign));

describe('row 1: the company filter left out or ignored', () => {
  it.each(filtered)(
    '%s %o asks for the bound company, and drops what an ignored filter lets in',
    async (tool, input) => {
      const honest = idsOf(await call(tool, input));
      expect(honest).not.toEqual([]);
      expect(new URLSearchParams(bound.hudu.requests[0]?.query).getAll('company_id')).toEqual(['12']);
      bound.hudu.faults.ignoreCompanyFilter = true;
      const answer = await call(tool, input);
      expect(idsOf(answer)).toEqual(honest);
      expect(droppedOf(answer)).toBeGreaterThan(0);
    },
  );

  it.each(filtered)('%s %o lets out no row without its owner', async (tool, input) => {
    bound.hudu.faults.dropOwner = true;
    const answer = await call(tool, input);
    expect(idsOf(answer)).toEqual([]);
    expect(droppedOf(answer)).toBeGreaterThan(0);
  });

  it('is not even asked by credential_create for a name that only another customer has', async () => {
    bound.hudu.faults.ignoreCompanyFilter = true;
    const input = { name: 'FOREIGN SRV local admin', password: 'x' };
    expect(await bound.worker.call('credential_create', input)).toMatchObject({ status: 'ok' });
  });
});

describe('row 2: any record by its id', () => {
  it.each(examples.filter(({ foreign: theirs }) => theirs !== undefined))(
    '$tool answers a foreign id exactly like a missing one, and writes nothing',
    async ({ tool, own: mine, foreign: theirs = {}, missing: nobodys = {} }) => {
      const [first, second] = [await call(tool, theirs), await call(tool, nobodys)];
      const told = (answer: WorkerAnswer) =>
        JSON.stringify(answer.status === 'ok' ? { ...answer, dropped: 0 } : answer);
      expect(told(first)).toBe(told(second));
      expect(first.status === 'ok' ? first.records : first).toEqual(first.status === 'ok' ? [] : unproven);
      expect(bound.writes()).toEqual([]);
      const answer = await bound.worker.call(tool, mine);
      expect(answer.status === 'ok' ? namedIn(answer.records[0]?.label ?? []) : answer).toEqual(['12']);
    },
  );

  it.each([401, 403] as const)('also when the key is of one company and answers %i to all others', async (status) => {
    bound.hudu.faults.forbiddenStatus = status;
    bound.hudu.faults.key.companyIds = [own];
    for (const { tool, foreign: theirs = {}, missing: nobodys = {} } of examples)
      if (Object.keys(theirs).length > 0) {
        const told = (answer: WorkerAnswer) => (answer.status === 'ok' ? { ...answer, dropped: 0 } : answer);
        expect(told(await call(tool, theirs)), tool).toEqual(told(await call(tool, nobodys)));
      }
  });
});

describe('row 3: password lists in plain text', () => {
  it('lets no password, seed or description out of a list, or of any write', async () => {
    for (const { tool, own: mine } of examples) {
      const text = JSON.stringify(await bound.worker.call(tool, mine));
      if (tool !== 'credential_reveal') expect([tool, text]).toEqual([tool, expect.not.stringMatching(/SECRET|GEZDG/)]);
      expect(text).not.toContain(seed);
    }
  });

  it('reveals one record of the customer, for one moment, and never its seed', async () => {
    const answer = await bound.worker.call('credential_reveal', { id: ids.password, part: 'both' });
    expect(recordsOf(answer)).toEqual([
      {
        id: 55,
        name: 'SRV-01 local admin',
        username: 'admin',
        host: 'vpn.acme.example',
        password: 'SECRET-55',
        code: '287082',
        codeSeconds: 1,
      },
    ]);
  });

  it('keeps a secret out of the words of every failure', async () => {
    await bound.put('/asset_passwords/55', { asset_password: { password: 'SECRET\u200b', otp_secret: seed } });
    const denied = await call('credential_reveal', { id: ids.password, part: 'both' });
    expect(denied).toMatchObject({ status: 'denied', code: 'VENDOR_ERROR' });
    expect(JSON.stringify(denied)).not.toContain(seed);
  });

  it('cannot be searched by what is kept back', async () => {
    for (const text of ['SECRET', 'SECRET-55', seed.slice(0, 8), 'description'])
      expect(idsOf(await call('credential_find', { text }))).toEqual([]);
    for (const { query } of bound.sent(/asset_passwords/)) expect(query).not.toContain('search');
  });
});

describe('row 4: endpoints without a company filter', () => {
  it('looks through all websites, files and relations and shows the customer’s', async () => {
    expect(idsOf(await call('website_list'))).toEqual([2]);
    expect(idsOf(await call('upload_list', { kind: 'asset', id: ids.asset }))).toEqual([41]);
    expect(idsOf(await call('relation_list', { kind: 'asset', id: ids.asset }))).toEqual([ids.password, ids.articleId]);
  });

  it('does so too when the key is thought to be of one company', async () => {
    bound.hudu.faults.key.companyIds = [own];
    expect(bound.hudu.faults.keyScopeLeaks).toBe(true);
    expect(idsOf(await call('website_list'))).toEqual([2]);
    expect(idsOf(await call('upload_list', { kind: 'asset', id: ids.asset }))).toEqual([41]);
  });

  it('never asks for logs, users, groups, flags, labels, racks, cards or public photos', async () => {
    for (const { tool, own: mine } of examples) await bound.worker.call(tool, mine);
    const kinds = new Set(bound.hudu.requests.map(({ path }) => path.split('/')[3] ?? ''));
    expect([...kinds].toSorted()).toEqual([
      'articles',
      'asset_layouts',
      'asset_passwords',
      'assets',
      'companies',
      'expirations',
      'ip_addresses',
      'networks',
      'procedure_tasks',
      'procedures',
      'relations',
      'uploads',
      'websites',
    ]);
  });
});

describe('row 5: rows without an owner', () => {
  it('proves tasks by their process, even when the filter is ignored', async () => {
    Object.assign(bound.hudu.faults, { ignoreCompanyFilter: true, mixForeignRows: 3 });
    const [record] = recordsOf(await call('procedure_get', { id: ids.procedure })) as [{ tasks: { id: number }[] }];
    expect(record.tasks.map(({ id }) => id)).toEqual([2, 1]);
  });

  it('proves files by their record and by its kind: the same number names two', async () => {
    const files = await bound.raw('/uploads');
    expect(files).toMatchObject([
      {},
      { uploadable_id: ids.asset, uploadable_type: 'Article', name: 'FOREIGN.txt' },
      {},
      {},
    ]);
    expect(idsOf(await call('upload_list', { kind: 'asset', id: ids.asset }))).toEqual([41]);
    expect(await call('upload_list', { kind: 'article', id: ids.asset })).toEqual(missing);
  });

  it('shows a relation only when both ends are the customer’s, by the names they have themselves', async () => {
    await bound.put('/relations/1', { relation: { name: 'FOREIGN label' } });
    expect(recordsOf(await call('relation_list', { kind: 'asset', id: ids.asset }))).toEqual([
      { kind: 'credential', id: 55, name: 'SRV-01 local admin' },
      { kind: 'article', id: 8, name: 'VPN reset' },
    ]);
    for (const kind of ['article', 'credential'])
      expect(await call('relation_list', { kind, id: ids.asset })).toEqual(missing);
  });
});

describe('row 6: global objects', () => {
  it('neither reads nor writes them', async () => {
    bound.hudu.faults.globalArticles = true;
    expect(idsOf(await call('kb_search', { text: 'VPN' }))).toEqual([ids.articleId, ids.sharedArticle]);
    expect(await call('kb_get', { id: ids.globalArticle })).toEqual(missing);
    expect(await call('procedure_get', { id: ids.globalProcedure })).toEqual(missing);
    expect(await call('kb_update', { id: ids.globalArticle, text: 'x' })).toEqual(unproven);
    expect(await call('procedure_start', { id: ids.globalProcedure, assetId: ids.asset })).toEqual(unproven);
    expect(bound.writes()).toEqual([]);
  });

  it('makes none: what is created carries the bound company', async () => {
    const [made] = recordsOf(await call('kb_create', { name: 'Fix', text: 'Text' })) as [{ id: number }];
    expect(await bound.raw(`/articles/${made.id}`)).toMatchObject({ article: { company_id: own } });
    const [stored] = recordsOf(await call('credential_create', { name: 'New', password: 'x' })) as [{ id: number }];
    expect(await bound.raw(`/asset_passwords/${stored.id}`)).toMatchObject({ asset_password: { company_id: own } });
  });

  it('does not report success when the vendor makes it global all the same', async () => {
    bound.hudu.faults.dropOwner = true;
    expect(await call('kb_create', { name: 'Fix', text: 'Text' })).toMatchObject(unproven);
  });
});

describe('row 7: writes that move or copy to another customer', () => {
  it.each(['company_id', 'companyId', 'company', 'asset_id', 'in_portal', 'enable_sharing', 'folder_id'])(
    'takes no argument %s in any tool',
    async (name) => {
      for (const { tool, own: mine } of examples)
        expect(await call(tool, { ...mine, [name]: foreign }), tool).toEqual({
          status: 'denied',
          code: 'INVALID_ARGUMENTS',
        });
      expect(bound.hudu.requests).toEqual([]);
    },
  );

  it('leaves the owner of all it changes, and copies nothing', async () => {
    await call('hudu_asset_update', { id: ids.asset, name: 'SRV-1' });
    await call('kb_update', { id: ids.articleId, text: 'x' });
    await call('credential_update', { id: ids.password, username: 'root' });
    expect(await bound.raw(`/companies/12/assets/${ids.asset}`)).toMatchObject({ asset: { company_id: own } });
    expect(await bound.raw(`/articles/${ids.articleId}`)).toMatchObject({ article: { company_id: own } });
    expect(await bound.raw(`/asset_passwords/55`)).toMatchObject({ asset_password: { company_id: own } });
    expect(bound.sent(/duplicate|create_from_template|move_layout/)).toEqual([]);
  });

  it('starts no run on another customer’s asset, of another’s process, or of one that moved', async () => {
    for (const input of [
      { id: ids.procedure, assetId: ids.foreignAsset },
      { id: ids.procedure, assetId: ids.ownerlessAsset },
      { id: ids.foreignProcedure, assetId: ids.asset },
    ])
      expect(await call('procedure_start', input)).toEqual(unproven);
    await bound.put(`/procedures/${ids.procedure}`, { procedure: { company_id: foreign } });
    expect(await call('procedure_start', { id: ids.procedure })).toEqual(unproven);
    expect(bound.sent(/kickoff/)).toEqual([]);
  });

  it('stores no credential with another customer’s asset', async () => {
    const input = { name: 'x', password: 'x', assetId: ids.foreignAsset };
    expect(await call('credential_create', input)).toEqual(unproven);
    expect(bound.writes()).toEqual([]);
  });

  it('reports a record that moved while it was written to instead of success', async () => {
    bound.hudu.faults.latencyMs = 400;
    const running = call('kb_update', { id: ids.articleId, text: 'x' });
    await expect.poll(() => bound.writes().length, { interval: 2 }).toBe(1);
    await bound.put(`/articles/${ids.articleId}`, { article: { company_id: foreign } });
    expect(await running).toMatchObject(unproven);
  });
});

describe('row 8: an asset of another company under the bound one’s path', () => {
  it('compares after reading', async () => {
    bound.hudu.faults.assetPathMismatch = 200;
    expect(await bound.raw(`/companies/12/assets/${ids.foreignAsset}`)).toMatchObject({
      asset: { company_id: foreign },
    });
    expect(await call('hudu_asset_get', { id: ids.foreignAsset })).toEqual(missing);
    expect(await call('hudu_asset_get', { id: ids.ownerlessAsset })).toEqual(missing);
    expect(await call('hudu_asset_update', { id: ids.foreignAsset, name: 'x' })).toEqual(unproven);
    expect(await call('upload_list', { kind: 'asset', id: ids.foreignAsset })).toEqual(missing);
    expect(await call('relation_list', { kind: 'asset', id: ids.foreignAsset })).toEqual(missing);
    expect(await call('credential_create', { name: 'x', password: 'x', assetId: ids.foreignAsset })).toEqual(unproven);
    expect(idsOf(await call('relation_list', { kind: 'asset', id: ids.asset }))).not.toContain(ids.foreignAsset);
    expect(bound.writes()).toEqual([]);
  });
});
