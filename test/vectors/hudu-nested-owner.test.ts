// A record may say whose it is twice, by `company_id` and by a company nested in it. Where the two differ it is nobody's; and what
// is nested in an own record, or hangs on it, and names another company either way is not shown.
import { afterEach, describe, expect, it } from 'vitest';
import { type Answering, startAnswering } from '../connectors/hudu/answering.ts';
import { labelOf } from '../connectors/labelled.ts';

let vendor: Answering;
afterEach(() => vendor.close());

const foreign = { company: { id: 31 } };
const lists = [
  ['hudu_asset_list', 'assets'],
  ['kb_search', 'articles'],
  ['credential_find', 'asset_passwords'],
  ['procedure_list', 'procedures'],
  ['expiration_list', ''],
  ['website_list', ''],
  ['network_list', ''],
  ['ip_address_list', ''],
] as const;

describe('a row that names the bound company and nests another', () => {
  it.each(lists)('is not in %s', async (tool, key) => {
    const rows = [
      { id: 1, company_id: 12, name: 'FOREIGN', ...foreign },
      { id: 2, company_id: 12, company: { id: 12 } },
    ];
    vendor = await startAnswering(() => ({ json: key === '' ? rows : { [key]: rows } }));
    expect(await vendor.bind().call(tool)).toMatchObject({
      status: 'ok',
      records: [{ record: { id: 2 } }],
      dropped: 1,
    });
  });

  it.each([
    ['hudu_customer_get', {}, 'company'],
    ['hudu_asset_get', { id: 12 }, 'asset'],
    ['kb_get', { id: 12 }, 'article'],
    ['credential_reveal', { id: 12 }, 'asset_password'],
    ['procedure_get', { id: 12 }, 'procedure'],
  ] as const)('is not opened by %s', async (tool, input, key) => {
    const row = { id: 12, company_id: 12, name: 'FOREIGN', password: 'FOREIGN' };
    let more: object = foreign;
    vendor = await startAnswering(() => ({
      json: { [key]: { ...row, ...more }, asset_layouts: [], procedure_tasks: [] },
    }));
    expect(await vendor.bind().call(tool, input)).toEqual({ status: 'ok', records: [], dropped: 0 });
    more = {};
    expect(await vendor.bind().call(tool, input)).toMatchObject({ status: 'ok', records: [{ label: labelOf('12') }] });
  });
});

describe('what lies in an own record and names another company', () => {
  it('is cut out of an asset', async () => {
    const fields = [
      { label: 'A', value: 'FOREIGN', ...foreign },
      { label: 'B', value: 'FOREIGN', company_id: 31 },
      { label: 'C', value: 'own' },
    ];
    vendor = await startAnswering((path) =>
      path === '/asset_layouts' ? { status: 403 } : { json: { asset: { id: 5, company_id: 12, fields } } },
    );
    const answer = await vendor.bind().call('hudu_asset_get', { id: 5 });
    expect(answer).toMatchObject({ records: [{ record: { fields: [{ label: 'C', value: 'own' }] } }], dropped: 2 });
  });

  it('is not among the tasks of a process or the files of an article', async () => {
    const hanging = { procedure_id: 5, uploadable_type: 'Article', uploadable_id: 5 };
    const rows = [
      { id: 1, name: 'FOREIGN', ...hanging, ...foreign },
      { id: 2, name: 'own', ...hanging },
    ];
    const own = { id: 5, company_id: 12 };
    vendor = await startAnswering((path) => ({
      json: path === '/uploads' ? rows : { procedure: own, article: own, procedure_tasks: rows },
    }));
    expect(await vendor.bind().call('procedure_get', { id: 5 })).toMatchObject({
      records: [{ record: { tasks: [{ id: 2 }] } }],
    });
    const files = await vendor.bind().call('upload_list', { kind: 'article', id: 5 });
    expect(files).toMatchObject({ records: [{ record: { id: 2 } }], dropped: 1 });
  });

  it('is not believed to be the run that was started', async () => {
    const process = { id: 5, company_id: 12 };
    vendor = await startAnswering((path) => ({
      json: { procedure: path.endsWith('/kickoff') ? { id: 6, company_id: 12, name: 'FOREIGN', ...foreign } : process },
    }));
    const answer = await vendor.bind().call('procedure_start', { id: 5 });
    expect(answer).toMatchObject({ status: 'denied', code: 'VENDOR_ERROR' });
  });
});
