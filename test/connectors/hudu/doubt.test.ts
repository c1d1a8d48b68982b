// A vendor that does something else than it was asked, and says it went well.
import { describe, expect, it } from 'vitest';
import type { Tool } from '../../../src-connectors/define.ts';
import { sealing } from '../../../src-connectors/hudu/sealed.ts';
import { huduAssetList } from '../../../src-connectors/hudu/tools/asset-list.ts';
import { huduAssetUpdate } from '../../../src-connectors/hudu/tools/asset-update.ts';
import { credentialCreate } from '../../../src-connectors/hudu/tools/credential-create.ts';
import { credentialFind } from '../../../src-connectors/hudu/tools/credential-find.ts';
import { credentialUpdate } from '../../../src-connectors/hudu/tools/credential-update.ts';
import { kbCreate } from '../../../src-connectors/hudu/tools/kb-create.ts';
import { kbSearch } from '../../../src-connectors/hudu/tools/kb-search.ts';
import { kbUpdate } from '../../../src-connectors/hudu/tools/kb-update.ts';
import { procedureList } from '../../../src-connectors/hudu/tools/procedure-list.ts';
import { procedureStart } from '../../../src-connectors/hudu/tools/procedure-start.ts';
import type { ToolCall, Vendor } from '../../../src-connectors/vendor.ts';
import { withTools } from '../fake-vendor.ts';

const unconfirmed = { status: 'denied', code: 'VENDOR_ERROR', reason: expect.stringContaining('did not confirm') };

/** The call's answer when `before` is what the vendor holds, `after` what it holds once written to, `saved` its reply. */
async function written(
  tool: Tool,
  input: Record<string, unknown>,
  { before, after, saved = after }: { before?: unknown; after: unknown; saved?: unknown },
) {
  const state = { isWritten: before === undefined };
  const seal = sealing({ record: async () => (state.isWritten ? after : before) } as unknown as Vendor, {
    now: () => 0,
  });
  const worker = withTools([tool], {
    lists: { '/asset_passwords': [[]] },
    records: () => seal.record({ path: '' }, '', {} as ToolCall),
    save: () => ((state.isWritten = true), saved),
  });
  return worker.call(tool.name, input);
}

describe('a list', () => {
  const ids = async (tool: Tool, input: object, path: string, rows: readonly object[]) => {
    const answer = await withTools([tool], { lists: { [path]: [rows] } }).call(tool.name, { ...input });
    return answer.status === 'ok' ? answer.records.map(({ record }) => record['id']) : answer;
  };

  it('leaves out what an ignored filter lets in of the customer’s own', async () => {
    const assets = [
      { id: 1, company_id: 12, name: 'a', archived: true },
      { id: 2, company_id: 12, name: 'b' },
    ];
    expect(await ids(huduAssetList, {}, '/assets', assets)).toEqual([2]);
    expect(await ids(huduAssetList, { state: 'archived' }, '/assets', assets)).toEqual([1]);
    const archived = [{ id: 1, company_id: 12, name: 'a', archived: true }];
    expect(await ids(kbSearch, {}, '/articles', archived)).toEqual([]);
    expect(await ids(credentialFind, {}, '/asset_passwords', archived)).toEqual([]);
    const procedures = [
      { id: 1, company_id: 12, name: 'a', parent_process_id: 2 },
      { id: 2, company_id: 12, name: 'b' },
      { id: 3, company_id: 12, name: 'c', archived: true },
    ];
    expect(await ids(procedureList, {}, '/procedures', procedures)).toEqual([2]);
    expect(await ids(procedureList, { kind: 'run' }, '/procedures', procedures)).toEqual([1]);
  });
});

describe('hudu_asset_update', () => {
  const field = (label: string, value: unknown) => ({ label, value });
  const before = { id: 1, company_id: 12, name: 'a', fields: [field('Role', 'x'), field('Site', 'y')] };
  const input = { id: 1, name: 'b', values: [{ label: 'Role', value: '5' }] };
  const update = (change: object) => written(huduAssetUpdate, input, { before, after: { ...before, ...change } });

  it.each([
    ['as sent', [field('Role', '5'), field('Site', 'y')]],
    ['as a number', [field('Role', 5), field('Site', 'y')]],
    ['as markup', [field('Role', '<p>5</p>'), field('Site', 'y')]],
  ])('believes what came back %s', async (_, fields) => {
    expect(await update({ name: 'b', fields })).toMatchObject({
      records: [{ record: { id: 1, changed: ['name', 'Role'] } }],
    });
  });

  it.each([
    ['another name', { name: 'a', fields: [field('Role', '5'), field('Site', 'y')] }],
    ['another value', { name: 'b', fields: [field('Role', '6'), field('Site', 'y')] }],
    ['no value', { name: 'b', fields: [field('Site', 'y')] }],
    ['another field lost', { name: 'b', fields: [field('Role', '5')] }],
    ['another field changed', { name: 'b', fields: [field('Role', '5'), field('Site', 'z')] }],
  ])('does not report success with %s', async (_, change) => {
    expect(await update(change)).toEqual(unconfirmed);
  });
});

describe('kb_create', () => {
  const article = { id: 8, company_id: 12, name: 'Fix', content: '<div>One two</div>', enable_sharing: false };
  const create = (change: object) =>
    written(kbCreate, { name: 'Fix', text: 'One\ntwo' }, { after: { ...article, ...change } });

  it('believes the same words in other markup', async () => {
    expect(await create({})).toMatchObject({ records: [{ record: { id: 8 } }] });
  });

  it.each([
    ['a public link', { enable_sharing: true }],
    ['an address to share it', { share_url: 'https://docs.example/shared/1' }],
    ['another title', { name: 'Other' }],
    ['another text', { content: '<p>One</p>' }],
    ['a draft', { draft: true }],
  ])('does not report success with %s', async (_, change) => {
    expect(await create(change)).toEqual(unconfirmed);
  });

  it('does not report success for an article of nobody', async () => {
    expect(await create({ company_id: null })).toMatchObject({ code: 'OWNERSHIP_UNPROVEN' });
  });
});

describe('kb_update', () => {
  const before = { id: 8, company_id: 12, name: 'Fix', content: '<p>One</p>', enable_sharing: true, draft: true };
  const good = { ...before, content: '<p>One</p><p>two</p>', enable_sharing: false };
  const update = (change: object) =>
    written(kbUpdate, { id: 8, text: 'two' }, { before, after: { ...good, ...change } });

  it('believes what was added to what was there', async () => {
    expect(await update({})).toMatchObject({ records: [{ record: { id: 8, name: 'Fix', isDraft: true } }] });
  });

  it.each([
    ['a public link', { enable_sharing: true }],
    ['what was there lost', { content: '<p>two</p>' }],
    ['nothing added', { content: '<p>One</p>' }],
    ['another title', { name: 'Other' }],
    ['it published', { draft: false }],
  ])('does not report success with %s', async (_, change) => {
    expect(await update(change)).toEqual(unconfirmed);
  });
});

describe('credential_update and credential_create', () => {
  const row = { id: 55, company_id: 12, name: 'x', username: 'u', password: 'p' };
  const update = (input: object, change: object) =>
    written(credentialUpdate, { id: 55, ...input }, { before: row, after: { ...row, ...change } });
  const create = (input: object, change: object) =>
    written(credentialCreate, { name: 'x', password: 'p', ...input }, { after: { ...row, username: null, ...change } });

  it.each([
    ['the old password', { password: 'new' }, {}],
    ['another password', { password: 'new' }, { password: 'new ' }],
    ['the old user name', { username: 'root' }, {}],
    ['the old name', { name: 'y' }, {}],
    ['no seed', { otpSecret: 'GEZDGNBVGY3TQOJQ' }, {}],
  ])('do not report success with %s', async (_, input, change) => {
    expect(await update(input, change)).toEqual(unconfirmed);
  });

  it.each([
    ['another password', {}, { password: 'q' }],
    ['another user name', {}, { username: 'root' }],
    ['another name', {}, { name: 'y' }],
    ['the portal', {}, { in_portal: true }],
  ])('do not report success with %s of a new one', async (_, input, change) => {
    expect(await create({}, {})).toMatchObject({ status: 'ok' });
    expect(await create(input, change)).toEqual(unconfirmed);
  });
});

describe('procedure_start', () => {
  const before = { id: 3, company_id: 12, name: 'Check' };
  const start = (saved: unknown) => written(procedureStart, { id: 3 }, { before, after: before, saved });

  it('believes a run of the customer', async () => {
    expect(await start({ id: 9, company_id: 12, name: 'Check' })).toMatchObject({
      records: [{ record: { runId: 9 } }],
    });
  });

  it.each([
    ['another customer', { id: 9, company_id: 31, name: 'FOREIGN' }],
    ['nobody', { id: 9, company_id: null }],
    ['an unknown one', { id: 9 }],
    ['the process itself', before],
    ['no id', { company_id: 12 }],
    ['nothing', undefined],
  ])('does not report success with a run of %s', async (_, saved) => {
    const answer = await start(saved);
    expect(answer).toEqual(unconfirmed);
    expect(JSON.stringify(answer)).not.toContain('FOREIGN');
  });
});
