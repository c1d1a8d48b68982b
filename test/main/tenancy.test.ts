import { describe, expect, it } from 'vitest';
import { readTenancy, writeEnrolment, writeInstances } from '../../src-main/app/tenancy.ts';
import { makeIssuer, instanceOf } from '../gateway/enrolment.ts';
import { msp } from '../gateway/given.ts';
import { fakeHost } from './fake-host.ts';

async function home() {
  const host = fakeHost();
  const now = Math.floor(Date.now() / 1000);
  writeEnrolment(host, await (await makeIssuer()).enrol({ identity: { iat: now - 60, exp: now + 3600 } }));
  return host;
}
const file = 'tenants/msp/instances.json';
const demoAt = (port: number, more: Parameters<typeof instanceOf>[0] = {}) =>
  instanceOf({ baseUrl: `http://127.0.0.1:${port}`, settings: { demo: 'true', tenant: 'north' }, ...more });

describe('readTenancy', () => {
  it('reads what is kept on this device', async () => {
    const host = await home();
    expect((await readTenancy(host, msp)).instances).toEqual([]);
    writeInstances(host, msp, [instanceOf(), demoAt(1, { id: 'two' })]);
    expect((await readTenancy(host, msp)).instances).toEqual([instanceOf(), demoAt(1, { id: 'two' })]);
  });

  it.each(['{', '{}', '[{}]', '[{"id":"x"}]', 'null'])('refuses a file of instances that holds %s', async (text) => {
    const host = await home();
    host.files.texts.set(file, text);
    await expect(readTenancy(host, msp)).rejects.toMatchObject({ code: 'ENROLMENT_INVALID' });
  });

  it('takes the demo’s instances as they are until a person changes something, and writes none of them', async () => {
    const host = await home();
    expect((await readTenancy(host, msp, [demoAt(1)])).instances).toEqual([demoAt(1)]);
    const remapped = demoAt(2, { mapping: { acme: '30' } });
    expect((await readTenancy(host, msp, [remapped])).instances).toEqual([remapped]);
    expect(host.files.texts.has(file)).toBe(false);
  });

  it('keeps what a person changed of the demo’s, at the place where the demo is now', async () => {
    const host = await home();
    writeInstances(host, msp, [demoAt(1, { name: 'Ours', mapping: { zenith: '12' }, settings: { demo: 'true' } })]);
    expect((await readTenancy(host, msp, [demoAt(2)])).instances).toEqual([
      demoAt(2, { name: 'Ours', mapping: { zenith: '12' } }),
    ]);
  });

  it('keeps a person’s own instances, and forgets a demo’s that the demo no longer has', async () => {
    const host = await home();
    const own = instanceOf({ id: 'own', baseUrl: 'https://own.example', mapping: {} });
    writeInstances(host, msp, [demoAt(1, { id: 'old' }), own]);
    expect((await readTenancy(host, msp, [demoAt(2)])).instances).toEqual([demoAt(2), own]);
  });

  it('lets no instance of a person’s take a demo instance’s place or its reach', async () => {
    const host = await home();
    writeInstances(host, msp, [instanceOf({ baseUrl: 'https://own.example', mapping: { acme: '99' } })]);
    expect((await readTenancy(host, msp, [demoAt(2)])).instances).toEqual([demoAt(2)]);
  });
});
