// What a vendor's search looks into is the vendor's to say, and custom fields with passwords in them are part of an asset. A row
// that is found without showing the text anywhere tells that something kept back holds it, and so tells it letter by letter;
// so does a next page, when there are enough of them.
import { afterEach, describe, expect, it } from 'vitest';
import { type Answering, startAnswering } from '../connectors/hudu/answering.ts';

let vendor: Answering;
afterEach(() => vendor.close());

const rows = Array.from({ length: 100 }, (_, at) => ({ id: at + 1, company_id: 12, archived: false }));

/** A vendor that finds a text anywhere in a row. */
async function searching(kind: string, more: object) {
  vendor = await startAnswering((_path, query) => {
    const found = rows.map((row) => ({ ...row, ...more }));
    const search = query.get('search') ?? '';
    return { json: { [kind]: found.filter((row) => JSON.stringify(row).includes(search)) } };
  });
  return vendor.bind();
}

describe.each([
  ['hudu_asset_list', 'assets', { name: 'Rack', fields: [{ label: 'Password', value: 'gyro' }] }],
  ['kb_search', 'articles', { name: 'Rack', content: '<p>Open.</p><a href="/file/gyro">file</a><p hidden>gyro</p>' }],
  ['credential_find', 'asset_passwords', { name: 'Rack', password: 'gyro', description: 'gyro' }],
])('%s', (tool, kind, row) => {
  it('finds nothing by what it does not show, and has as many pages for it as for anything', async () => {
    const worker = await searching(kind, row);
    const [hidden, nobodys] = await Promise.all(['gyr', 'gyx'].map((text) => worker.call(tool, { text })));
    expect(hidden).toEqual({ status: 'ok', records: [], dropped: 0, next: expect.any(String) });
    expect({ ...hidden, next: '' }).toEqual({ ...nobodys, next: '' });
    expect(vendor.asked.map(({ query }) => query.has('search'))).toEqual([false, false]);
  });

  it('finds what it shows, by all words in any order and case', async () => {
    const worker = await searching(kind, { ...row, name: 'Rack in the cellar' });
    expect(await worker.call(tool, { text: 'cellar RACK' })).toHaveProperty('records.length', 100);
    expect(await worker.call(tool, { text: 'cellar roof' })).toHaveProperty('records.length', 0);
  });
});

describe('kb_search', () => {
  it('finds drafts and words of the text as kb_get shows it, and no archived article', async () => {
    const worker = await searching('articles', { name: 'Rack', draft: true, content: '<p>Open the <b>do</b>or.</p>' });
    expect(await worker.call('kb_search', { text: 'the door' })).toHaveProperty('records.length', 100);
    vendor.close();
    const archived = await searching('articles', { name: 'Rack', archived: true });
    expect(await archived.call('kb_search', { text: 'rack' })).toHaveProperty('records.length', 0);
  });
});
