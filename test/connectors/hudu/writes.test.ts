import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BoundHudu, recordsOf, startBoundHudu } from './bound-hudu.ts';
import { ids, own } from './hudu-data.ts';
import { labelOf } from '../labelled.ts';

let bound: BoundHudu;
beforeEach(async () => {
  bound = await startBoundHudu();
});
afterEach(() => bound.hudu.close());

const writes = () =>
  bound.hudu.requests.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);
const asset = async () => (await bound.raw(`/companies/12/assets/${ids.asset}`))['asset'] as Record<string, unknown>;
const article = async (id: number) => (await bound.raw(`/articles/${id}`))['article'] as Record<string, unknown>;
const password = async (id: number) =>
  (await bound.raw(`/asset_passwords/${id}`))['asset_password'] as Record<string, unknown>;
const fieldsOf = (row: Record<string, unknown>) =>
  Object.fromEntries((row['fields'] as { label: string; value: unknown }[]).map(({ label, value }) => [label, value]));

describe('hudu_asset_update', () => {
  it('changes what is named and nothing else', async () => {
    const before = await asset();
    const values = [
      { label: 'Operating System', value: 'Windows Server 2025' },
      { label: 'Notes', value: 'Line <b>\nnext\n\nParagraph' },
    ];
    const answer = await bound.call('hudu_asset_update', { id: ids.asset, serial: 'SN2', model: 'R650', values });
    expect(recordsOf(answer)).toEqual([{ id: ids.asset, changed: ['serial', 'model', 'Operating System', 'Notes'] }]);
    const after = await asset();
    expect({ ...after, updated_at: '', fields: [] }).toEqual({
      ...before,
      primary_serial: 'SN2',
      primary_model: 'R650',
      updated_at: '',
      fields: [],
    });
    expect(fieldsOf(after)).toEqual({
      ...fieldsOf(before),
      'Operating System': 'Windows Server 2025',
      Notes: '<p>Line &#60;b&#62;<br>next</p><p>Paragraph</p>',
    });
    expect(writes()).toEqual(['PUT /api/v1/companies/12/assets/301']);
  });

  it.each([
    ['a secret by its type', [{ label: 'BIOS', value: 'x' }]],
    ['a secret by its label', [{ label: 'iLO Passwort', value: 'x' }]],
    ['a secret by its value', [{ label: 'Certificate', value: 'x' }]],
    ['a link to other records', [{ label: 'Linked servers', value: '[{"id":302,"url":"/a/302"}]' }]],
    ['a field that the asset lacks', [{ label: 'Colour', value: 'x' }]],
    ['a label that is only nearly one', [{ label: 'operating system', value: 'x' }]],
    [
      'a field twice',
      [
        { label: 'Cores', value: '1' },
        { label: 'Cores', value: '2' },
      ],
    ],
    ['nothing', undefined],
  ])('refuses %s before anything is written', async (_, values) => {
    const answer = await bound.call('hudu_asset_update', { id: ids.asset, ...(values && { values }) });
    expect(answer).toMatchObject({ status: 'denied', code: 'INVALID_ARGUMENTS' });
    expect(writes()).toEqual([]);
  });

  it('refuses markup and references where it cannot know the kind of a field', async () => {
    bound.hudu.faults.key.companyIds = [own];
    const update = (label: string, value: string) =>
      bound.call('hudu_asset_update', { id: ids.asset, values: [{ label, value }] });
    for (const [label, value] of [
      ['Operating System', '<img src=x>'],
      ['Operating System', '[{"id":302}]'],
      ['Linked servers', 'none'],
      ['Admin login', 'x'],
    ] as const)
      expect(await update(label, value)).toMatchObject({ status: 'denied', code: 'INVALID_ARGUMENTS' });
    expect(writes()).toEqual([]);
    expect(await update('Operating System', 'Linux')).toMatchObject({ status: 'ok' });
  });
});

describe('kb_create', () => {
  it.each([false, true])(
    'writes an own, unshared article, whether the vendor wraps its reply or not: %s',
    async (isWrapped) => {
      bound.hudu.faults.wrappedPost = isWrapped;
      const answer = await bound.call('kb_create', { name: 'Fix', text: 'One <b>\n\nTwo', isDraft: true });
      expect(answer).toMatchObject({ records: [{ label: labelOf('12'), record: { name: 'Fix', isDraft: true } }] });
      const [{ id }] = recordsOf(answer) as [{ id: number }];
      expect(await article(id)).toMatchObject({
        company_id: own,
        enable_sharing: false,
        share_url: null,
        draft: true,
        content: '<p>One &#60;b&#62;</p><p>Two</p>',
      });
    },
  );
});

describe('kb_update', () => {
  it('appends to what is there, as it is', async () => {
    const before = await article(ids.articleId);
    const answer = await bound.call('kb_update', { id: ids.articleId, text: 'More & more' });
    expect(recordsOf(answer)).toEqual([{ id: ids.articleId, name: 'VPN reset', isDraft: false }]);
    expect(await article(ids.articleId)).toMatchObject({
      ...before,
      updated_at: expect.any(String),
      content: `${String(before['content'])}<p>More &#38; more</p>`,
    });
  });

  it('replaces text and title, and makes a draft of it', async () => {
    const input = { id: ids.articleId, name: 'VPN', text: 'New', mode: 'replace', isDraft: true };
    expect(recordsOf(await bound.call('kb_update', input))).toEqual([{ id: 8, name: 'VPN', isDraft: true }]);
    expect(await article(ids.articleId)).toMatchObject({
      name: 'VPN',
      content: '<p>New</p>',
      draft: true,
      folder_id: 4,
    });
  });

  it('switches a public link off', async () => {
    expect(await article(ids.sharedArticle)).toMatchObject({ enable_sharing: true });
    expect(await bound.call('kb_update', { id: ids.sharedArticle, text: 'x' })).toMatchObject({ status: 'ok' });
    expect(await article(ids.sharedArticle)).toMatchObject({ enable_sharing: false, share_url: null });
  });

  it('refuses a change of nothing', async () => {
    expect(await bound.call('kb_update', { id: ids.articleId })).toMatchObject({ code: 'INVALID_ARGUMENTS' });
    expect(writes()).toEqual([]);
  });
});

describe('credential_update', () => {
  it('overwrites what is named and shows no value', async () => {
    const before = await password(55);
    const input = { id: 55, username: 'root', password: 'new  SECRET-new', otpSecret: 'GEZDGNBVGY3TQOJQ' };
    expect(recordsOf(await bound.call('credential_update', input))).toEqual([
      { id: 55, name: 'SRV-01 local admin', changed: ['username', 'password', 'otpSecret'] },
    ]);
    expect({ ...(await password(55)), updated_at: '' }).toEqual({
      ...before,
      username: 'root',
      password: 'new  SECRET-new',
      otp_secret: 'GEZDGNBVGY3TQOJQ',
      updated_at: '',
    });
  });

  it('refuses a change of nothing', async () => {
    expect(await bound.call('credential_update', { id: 55 })).toMatchObject({ code: 'INVALID_ARGUMENTS' });
    expect(writes()).toEqual([]);
  });
});

describe('credential_create', () => {
  it('stores an own one, with an own asset, out of the portal', async () => {
    const input = { name: 'SRV-01 backup', username: 'svc', password: 'SECRET-b', assetId: ids.asset };
    const answer = await bound.call('credential_create', input);
    const [{ id }] = recordsOf(answer) as [{ id: number }];
    expect(answer).toMatchObject({ records: [{ label: labelOf('12'), record: { id, name: 'SRV-01 backup' } }] });
    expect(await password(id)).toMatchObject({
      company_id: own,
      username: 'svc',
      password: 'SECRET-b',
      passwordable_type: 'Asset',
      passwordable_id: ids.asset,
      in_portal: false,
      login_url: null,
    });
  });

  it('refuses a name the customer already has, and not one that another has', async () => {
    const create = (name: string) => bound.call('credential_create', { name, password: 'x' });
    expect(await create('srv-01 LOCAL admin')).toEqual({
      status: 'denied',
      code: 'INVALID_ARGUMENTS',
      reason: 'This customer already has a credential of that name.',
    });
    expect(writes()).toEqual([]);
    expect(
      await bound.worker.call('credential_create', { name: 'FOREIGN SRV local admin', password: 'x' }),
    ).toMatchObject({ status: 'ok' });
  });
});

describe('procedure_start', () => {
  it('starts a run for the company or one of its assets', async () => {
    expect(await bound.call('procedure_start', { id: ids.procedure })).toMatchObject({
      records: [{ label: labelOf('12') }],
    });
    const answer = await bound.call('procedure_start', { id: ids.procedure, assetId: ids.asset });
    const [{ runId }] = recordsOf(answer) as [{ runId: number }];
    expect((await bound.raw(`/procedures/${runId}`))['procedure']).toMatchObject({
      company_id: own,
      parent_process_id: ids.procedure,
      asset: { id: ids.asset },
    });
    expect(recordsOf(await bound.call('procedure_get', { id: runId }))).toMatchObject([
      { isRun: true, tasks: [{}, {}] },
    ]);
  });

  it('refuses to start a run of a run', async () => {
    expect(await bound.call('procedure_start', { id: ids.run })).toMatchObject({ code: 'INVALID_ARGUMENTS' });
    expect(writes()).toEqual([]);
  });
});
