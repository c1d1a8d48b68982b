import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { noHuduFaults } from '../../src-demo/hudu/faults.ts';
import { companyId, startHudu } from './hudu-instance.ts';
import type { Hudu } from './hudu-instance.ts';
import type { Json } from './northway.ts';

let hudu: Hudu;
const dental = companyId('Meridian Dental Group');
const logistics = companyId('Meridian Logistics');
beforeAll(async () => {
  hudu = await startHudu(() => Date.UTC(2026, 10, 20, 16));
});
afterEach(() => void Object.assign(hudu.emulator.faults, noHuduFaults()));
afterAll(() => hudu.emulator.close());

const post = (path: string, body?: unknown) => hudu.call('POST', path, body);
const put = (path: string, body?: unknown) => hudu.call('PUT', path, body);
const json = async (path: string) => (await hudu.get(path)).json() as Json;

describe('POST /articles', () => {
  it('answers 200 with the bare record, or a wrapped one when it is switched', async () => {
    const article = { name: 'VPN reset', content: '<p>…</p>', company_id: dental };
    const made = await post('articles', { article });
    expect(made.status).toBe(200);
    expect(made.json()).toMatchObject({ ...article, enable_sharing: false, share_url: null });
    hudu.emulator.faults.wrappedPost = true;
    expect((await post('articles', { article })).json()).toMatchObject({ article });
  });

  it('publishes to every company when none is named', async () => {
    expect((await post('articles', { article: { name: 'Oops', content: 'x' } })).json()).toMatchObject({
      company_id: null,
    });
  });

  it('refuses what is not wrapped, has no name, or names no company', async () => {
    expect((await post('articles', { name: 'x' })).status).toBe(422);
    expect(await post('articles', { article: { content: 'x' } })).toMatchObject({
      status: 422,
      text: '{"error":"Validation failed","details":["name can\'t be blank"]}',
    });
    expect((await post('articles', { article: { name: 'x', company_id: 1 } })).status).toBe(422);
    expect((await post('articles', { article: { name: 'x', company_id: 'one' } })).status).toBe(422);
  });
});

describe('PUT', () => {
  it('moves a record to another company when the body says so', async () => {
    const [row] = await hudu.rows(`articles?company_id=${dental}`);
    const moved = await put(`articles/${Number(row?.['id'])}`, { article: { company_id: logistics } });
    expect(moved.status).toBe(200);
    expect(moved.json()).toMatchObject({
      article: { id: row?.['id'], company_id: logistics, updated_at: '2026-11-20T16:00:00.000Z' },
    });
    expect((await hudu.rows(`articles?company_id=${logistics}`)).map((one) => one['id'])).toContain(row?.['id']);
  });

  it('never sets what the vendor computes', async () => {
    const [row] = await hudu.rows(`articles?company_id=${dental}`);
    const path = `articles/${Number(row?.['id'])}`;
    const answer = await put(path, {
      article: { id: 1, slug: 'mine', share_url: 'https://x.example', name: 'New name' },
    });
    expect(answer.json()).toMatchObject({
      article: { id: row?.['id'], slug: row?.['slug'], share_url: null, name: 'New name' },
    });
  });

  it('makes an article public through enable_sharing', async () => {
    const [row] = await hudu.rows(`articles?company_id=${logistics}&enable_sharing=false`);
    const answer = (await put(`articles/${Number(row?.['id'])}`, { article: { enable_sharing: true } })).json() as Json;
    expect((await fetch(String((answer['article'] as Json)['share_url']))).status).toBe(200);
  });

  it('archives and brings back', async () => {
    const [row] = await hudu.rows(`articles?company_id=${dental}`);
    const path = `articles/${Number(row?.['id'])}`;
    expect((await put(`${path}/archive`)).json()).toMatchObject({ article: { archived: true } });
    expect((await put(`${path}/unarchive`)).json()).toMatchObject({ article: { archived: false } });
    expect((await put(`${path}/burn`)).status).toBe(404);
  });
});

describe('assets', () => {
  it('are made with custom fields by their snake-case label', async () => {
    const custom_fields = [{ operating_system: 'Debian 13' }, { asset_layout_field_id: 11, value: 'dropped' }];
    const asset = { name: 'SRV-77', asset_layout_id: 1, company_id: logistics, custom_fields };
    const made = await post(`companies/${dental}/assets`, { asset });
    expect(made.status).toBe(201);
    expect(made.json()).toMatchObject({
      company_id: dental,
      fields: [{ id: 10, label: 'Operating System', value: 'Debian 13', position: 0 }],
    });
  });

  it('are refused with a label that no layout has', async () => {
    const asset = { name: 'SRV-78', asset_layout_id: 1, custom_fields: [{ bios_secret: 'x' }] };
    expect(await post(`companies/${dental}/assets`, { asset })).toMatchObject({
      status: 422,
      text: '{"error":"Invalid custom fields","details":["bios_secret"]}',
    });
  });

  it('keep their other fields in an update', async () => {
    const [row] = await hudu.rows(`companies/${dental}/assets`);
    const path = `companies/${dental}/assets/${Number(row?.['id'])}`;
    const answer = (await put(path, { asset: { custom_fields: [{ role: 'Files' }] } })).json() as Json;
    const fields = (answer['asset'] as Json)['fields'] as Json[];
    expect(fields).toHaveLength(((row?.['fields'] ?? []) as Json[]).length);
    expect(fields.find((field) => field['label'] === 'Role')).toMatchObject({ value: 'Files' });
  });
});

describe('passwords', () => {
  it('are stored, changed and moved in plain text', async () => {
    const asset_password = {
      name: 'New admin',
      company_id: dental,
      password: 'demo-new',
      username: 'root',
      in_portal: true,
    };
    const made = await post('asset_passwords', { asset_password });
    expect(made.status).toBe(201);
    const { id } = (made.json() as { asset_password: { id: number } }).asset_password;
    expect(
      await put(`asset_passwords/${id}`, { asset_password: { password: 'demo-newer', company_id: logistics } }),
    ).toMatchObject({ status: 200 });
    expect(await json(`asset_passwords/${id}`)).toMatchObject({
      asset_password: { password: 'demo-newer', company_id: logistics },
    });
  });
});

describe('procedures', () => {
  it('are started on any asset and copied to any company', async () => {
    const process = (await hudu.rows(`procedures?company_id=${dental}&type=process`))[0];
    const foreign = (await hudu.rows(`companies/${logistics}/assets`))[0];
    const id = Number(process?.['id']);
    const run = await post(`procedures/${id}/kickoff?asset_id=${Number(foreign?.['id'])}`);
    expect(run.status).toBe(200);
    expect(run.json()).toMatchObject({
      procedure: {
        company_id: dental,
        parent_process_id: id,
        asset: { company_id: logistics },
        completion_percentage: 0,
      },
    });
    const copy = await post(`procedures/${id}/duplicate?company_id=${logistics}`);
    expect(copy.json()).toMatchObject({ procedure: { company_id: logistics } });
    const copied = (copy.json() as { procedure: { id: number } }).procedure.id;
    expect(await hudu.rows(`procedure_tasks?procedure_id=${copied}`)).toHaveLength(
      (await hudu.rows(`procedure_tasks?procedure_id=${id}`)).length,
    );
    expect((await post(`procedures/${id}/duplicate`)).status).toBe(422);
    expect((await post(`procedures/${id}/burn`)).status).toBe(404);
  });
});

describe('POST /uploads', () => {
  it('hangs a file on anything', async () => {
    const form = new FormData();
    form.set('upload[uploadable_type]', 'Asset');
    form.set('upload[uploadable_id]', '30001');
    form.set('file', new File(['hello\r\n\r\nthere'], 'note.txt', { type: 'text/plain' }));
    const made = await post('uploads', form);
    expect(made.status).toBe(201);
    expect(made.json()).toMatchObject({ name: 'note.txt', uploadable_type: 'Asset', uploadable_id: 30001 });
    hudu.emulator.faults.uploadMode = 'bytes';
    expect((await hudu.get(`uploads/${(made.json() as { id: number }).id}?download=true`)).text).toBe(
      'hello\r\n\r\nthere',
    );
  });
});

describe('POST /relations', () => {
  it('joins two companies’ records', async () => {
    const relation = { fromable_type: 'Asset', fromable_id: 30001, toable_type: 'AssetPassword', toable_id: 50042 };
    expect(await post('relations', { relation })).toMatchObject({ status: 201 });
  });
});

describe('magic_dash', () => {
  it('finds its company by the text of the name', async () => {
    const made = await post('magic_dash', { title: 'Backups', company_name: 'meridian dental group', message: 'ok' });
    expect(made.json()).toMatchObject({ title: 'Backups', company_id: dental });
    expect((await post('magic_dash', { title: 'Backups', company_name: 'Nobody' })).status).toBe(404);
    expect(await hudu.rows(`magic_dash?company_id=${dental}`)).toHaveLength(1);
  });
});

describe('DELETE', () => {
  it('needs the destructive right, and answers 204, but 200 for procedures and tasks', async () => {
    const task = (await hudu.rows('procedure_tasks'))[0];
    const website = (await hudu.rows('websites'))[0];
    expect((await hudu.call('DELETE', `websites/${Number(website?.['id'])}`)).status).toBe(403);
    hudu.emulator.faults.key = { ...hudu.emulator.faults.key, destructive: true };
    expect((await hudu.call('DELETE', `websites/${Number(website?.['id'])}`)).status).toBe(204);
    expect((await hudu.get(`websites/${Number(website?.['id'])}`)).status).toBe(404);
    expect(await hudu.call('DELETE', `procedure_tasks/${Number(task?.['id'])}`)).toMatchObject({
      status: 200,
      text: '{"message":"Deleted"}',
    });
    expect((await hudu.call('DELETE', 'activity_logs?datetime=2026-11-05T00:00:00Z')).status).toBe(204);
    expect(await hudu.rows('activity_logs')).toHaveLength(8);
  });
});

describe('POST /exports', () => {
  it('hands out everything to a key that may export', async () => {
    expect((await post('exports', { export: { format: 'csv', company_id: dental } })).status).toBe(403);
    hudu.emulator.faults.key = { ...hudu.emulator.faults.key, exports: true };
    expect((await post('s3_exports', {})).text).toContain('demo-password-');
  });
});
