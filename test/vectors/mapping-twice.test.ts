// Two customers on one vendor id would see each other's records with every owner check agreeing. No deed leads there
// (test/flows/instances.test.ts); this is a file of instances that someone wrote themselves.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Instance } from '../../src-shared/model/instance.ts';
import { appFile, refusedStart, startApp } from '../flows/running-app.ts';

describe('a file that maps two customers to one vendor id', () => {
  const home = mkdtempSync(join(tmpdir(), 'bulkhead-twice-'));
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  it('is never served: Bulkhead does not start with it', async () => {
    const app = await startApp({ home });
    const { instances, tenant } = await app.operator.state(undefined);
    const instance = instances.find(({ connector }) => connector === 'halopsa');
    const customers = await app.operator.customers(undefined);
    const [one, other] = customers.filter(({ vendors }) => instance && instance.name in vendors);
    if (!instance || !one || !other || !tenant) throw new Error('the demo has not enough');
    const owner = one.vendors[instance.name] ?? '';
    await app.operator.mapCustomers({ instance: instance.id, changes: [{ customer: other.id, owner: null }] });
    await app.stop();

    const file = join(home, 'tenants', tenant.id, 'instances.json');
    const written = JSON.parse(readFileSync(file, 'utf8')) as Instance[];
    const forged = written.map((each) =>
      each.id === instance.id ? { ...each, mapping: { ...each.mapping, [other.id]: owner } } : each,
    );
    writeFileSync(file, JSON.stringify(forged));
    const refused = await refusedStart({ home });
    expect([refused.code, appFile(home)]).toEqual([1, false]);
    expect(refused.stderr).toContain('MAPPING_AMBIGUOUS');
  });
});
