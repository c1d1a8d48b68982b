import { describe, expect, it } from 'vitest';
import type { InstanceInput } from '../../src-main/app/checked-instance.ts';
import type { Instances } from '../../src-main/app/instances.ts';
import { Fault } from '../../src-shared/fault.ts';
import { InstanceId } from '../../src-shared/model/ids.ts';
import { bundleOf, instanceOf } from '../gateway/enrolment.ts';
import { deskWorld } from './desk-of.ts';
import { diskFull } from './fake-host.ts';
import { acme, halo, instancesFile, oneInstance, unwritable, written, zenith } from './one-instance.ts';

const input = (more: Partial<InstanceInput> = {}): InstanceInput => ({
  name: 'Halo Two',
  baseUrl: 'https://two.halo.example',
  settings: {},
  ...more,
});

describe('add', () => {
  it('records, writes and tells, in this order, an instance that nobody can use yet', async () => {
    const made = oneInstance();
    const id = await made.instances.add('halopsa', input({ settings: { tenant: ' northway ', onPremises: '' } }));
    expect(id).toBe('halopsa-halo-two');
    expect(made.deeds).toEqual(['policy.applied', 'write', 'scope none', 'endStale', 'enrol']);
    const added = {
      id,
      tenant: 'msp',
      connector: 'halopsa',
      name: 'Halo Two',
      baseUrl: 'https://two.halo.example',
      settings: { tenant: 'northway' },
      mapping: {},
    };
    expect([made.facts.tenancy.instances[1], made.enrolled?.[1], written(made)[1]]).toEqual([added, added, added]);
    expect(made.entries).toEqual([
      {
        kind: 'policy.applied',
        customer: null,
        connector: 'halopsa',
        params: { instance: id, change: 'added', name: 'Halo Two', baseUrl: 'https://two.halo.example' },
      },
    ]);
    expect(made.vault.has(id)).toBe(false);
  });

  it('gives every instance an id of its own that people can type', async () => {
    const made = oneInstance();
    const ids = [];
    for (const name of [
      'Müller & Söhne',
      'müller söhne',
      'HaloPSA East',
      'halopsa west',
      '東京',
      'x'.repeat(80),
      '../..',
    ]) {
      ids.push(await made.instances.add('halopsa', input({ name })));
    }
    expect(ids).toEqual([
      'halopsa-muller-sohne',
      'halopsa-muller-sohne-2',
      'halopsa-east',
      'halopsa-west',
      'halopsa',
      `halopsa-${'x'.repeat(48)}`,
      'halopsa-2',
    ]);
  });

  it('refuses a connector the company has not subscribed to, and one this build has not', async () => {
    const made = deskWorld({}, { bundle: bundleOf({ connectors: ['hudu'] }) });
    for (const connector of ['halopsa', 'hudu', '__proto__', '']) {
      await expect(made.instances.add(connector, input()), connector).rejects.toMatchObject({ code: 'NOT_ENTITLED' });
    }
    expect(made.deeds).toEqual([]);
  });

  it.each([
    ['plain http', { baseUrl: 'http://halo.example' }],
    ['http to loopback', { baseUrl: 'http://127.0.0.1:8080' }],
    ['another scheme', { baseUrl: 'file:///etc/passwd' }],
    ['a user', { baseUrl: 'https://user@halo.example' }],
    ['a user and password', { baseUrl: 'https://user:secret@halo.example' }],
    ['a query', { baseUrl: 'https://halo.example/?x=1' }],
    ['an empty query', { baseUrl: 'https://halo.example/?' }],
    ['a fragment', { baseUrl: 'https://halo.example/#x' }],
    ['no URL', { baseUrl: 'halo.example' }],
    ['nothing', { baseUrl: '' }],
    ['a setting nobody described', { settings: { password: 'x' } }],
    ['the demo’s setting', { settings: { demo: 'true' } }],
    ['the demo’s setting with http', { baseUrl: 'http://127.0.0.1:1', settings: { demo: 'true' } }],
    ['a switch that is neither on nor off', { settings: { onPremises: 'yes' } }],
    ['a text of two lines', { settings: { tenant: 'a\nb' } }],
    ['a name that is taken', { name: 'halopsa' }],
    ['a name too long', { name: 'x'.repeat(81) }],
  ])('refuses %s, and records and writes nothing', async (_, more: Partial<InstanceInput>) => {
    const made = oneInstance();
    await expect(made.instances.add('halopsa', input(more))).rejects.toMatchObject({ code: 'INSTANCE_INVALID' });
    expect([made.deeds, made.facts.tenancy.instances.length]).toEqual([[], 1]);
  });

  it('lets no person set `demo`, even where a connector describes such a setting', async () => {
    const made = oneInstance();
    const [described] = made.facts.connectors;
    if (!described) throw new Error('no connector');
    const demo = { name: 'demo', title: 'Demo', help: 'x', kind: 'switch' as const };
    made.facts.connectors = [{ ...described, settings: [...described.settings, demo] }];
    const wanted = input({ settings: { demo: 'true' } });
    await expect(made.instances.add('halopsa', wanted)).rejects.toMatchObject({ code: 'INSTANCE_INVALID' });
  });

  it('allows http in the company’s own network, and several lines where a setting has them', async () => {
    const made = oneInstance();
    const settings = { onPremises: 'true', certificates: 'one\ntwo' };
    await made.instances.add('halopsa', input({ baseUrl: 'http://halo.internal:8080/halo/', settings }));
    expect(made.facts.tenancy.instances[1]).toMatchObject({ baseUrl: 'http://halo.internal:8080/halo', settings });
  });

  it.each([
    ['ledger', 'onRecord', unwritable],
    ['disk', 'onWrite', diskFull],
  ] as const)('adds nothing when the %s refuses', async (_, at, refuse) => {
    const made = oneInstance();
    made[at] = refuse;
    await expect(made.instances.add('halopsa', input())).rejects.toBeInstanceOf(Fault);
    expect([made.facts.tenancy.instances.length, made.enrolled, made.host.files.texts.has(instancesFile)]).toEqual([
      1,
      undefined,
      false,
    ]);
  });
});

describe('change', () => {
  const same = input({ name: 'HaloPSA', baseUrl: 'https://halo.example' });

  it('only renames when nothing else changed: no call ends, the credential stays', async () => {
    const made = oneInstance();
    await made.switcher.bind('acme');
    await made.instances.change(halo, { ...same, name: 'Main' });
    expect(made.facts.tenancy.instances[0]).toMatchObject({ name: 'Main', mapping: { acme: '12', zenith: '17' } });
    expect([made.facts.switcher?.binding.epoch, made.vault.get(halo)]).toEqual([1, [acme, zenith]]);
    expect(made.deeds).not.toContain('revokeCredential');
  });

  it.each([
    ['host', 'https://evil.example'],
    ['port', 'https://halo.example:8443'],
    ['subdomain', 'https://other.halo.example'],
  ])('destroys the credential before another %s is written down', async (_, baseUrl) => {
    const made = oneInstance();
    await made.instances.change(halo, { ...same, baseUrl });
    expect(made.deeds).toEqual([
      'policy.applied',
      'revokeCredential',
      'endStale',
      'credential.changed',
      'write',
      'scope none',
      'endStale',
      'enrol',
    ]);
    expect([made.vault.has(halo), made.facts.credentials.has(halo)]).toEqual([false, false]);
    expect(made.entries[1]).toMatchObject({ params: { instance: 'halo', change: 'revoked' } });
    expect(written(made)[0]?.baseUrl).toBe(baseUrl);
  });

  it('destroys the credential when https becomes http on the same host', async () => {
    const made = oneInstance({ settings: { onPremises: 'true' } });
    await made.instances.change(halo, { ...same, baseUrl: 'http://halo.example', settings: { onPremises: 'true' } });
    expect(made.vault.has(halo)).toBe(false);
  });

  it('keeps the credential for another path or setting, and ends what ran with the old ones', async () => {
    for (const more of [{ baseUrl: 'https://halo.example/eu' }, { settings: { tenant: 'x' } }]) {
      const made = oneInstance();
      await made.switcher.bind('acme');
      await made.instances.change(halo, { ...same, ...more });
      expect([made.vault.has(halo), made.facts.switcher?.binding.epoch]).toEqual([true, 2]);
    }
  });

  it('leaves the old address in place when the credential cannot be destroyed', async () => {
    const made = oneInstance();
    made.onBroker = () => {
      throw new Fault('VAULT_UNWRITABLE', 'x');
    };
    const moved = { ...same, baseUrl: 'https://evil.example' };
    await expect(made.instances.change(halo, moved)).rejects.toMatchObject({ code: 'VAULT_UNWRITABLE' });
    expect([made.facts.tenancy.instances[0]?.baseUrl, made.host.files.texts.has(instancesFile)]).toEqual([
      'https://halo.example',
      false,
    ]);
  });

  it('refuses to move to an account where its ids are another customer’s', async () => {
    const other = instanceOf({ id: 'east', name: 'East', baseUrl: 'https://east.example', mapping: { zenith: '12' } });
    const made = deskWorld({}, { instances: [instanceOf({ baseUrl: 'https://halo.example' }), other] });
    const moved = { ...same, baseUrl: 'https://east.example' };
    await expect(made.instances.change(halo, moved)).rejects.toMatchObject({ code: 'MAPPING_AMBIGUOUS' });
    expect(made.deeds).toEqual([]);
  });

  it('lets a person rename a demo account, and neither move it nor take its reach for another address', async () => {
    const demo = { baseUrl: 'http://127.0.0.1:4711', settings: { demo: 'true', tenant: 'north' } };
    const made = oneInstance(demo);
    const shown = { name: 'Halo', baseUrl: demo.baseUrl, settings: { tenant: 'north' } };
    await made.instances.change(halo, shown);
    expect(made.facts.tenancy.instances[0]).toMatchObject({ name: 'Halo', ...demo });
    for (const more of [
      { baseUrl: 'http://127.0.0.1:22' },
      { baseUrl: 'https://halo.example' },
      { settings: { tenant: 'south' } },
      { settings: { tenant: 'north', demo: 'true' } },
    ]) {
      await expect(made.instances.change(halo, { ...shown, ...more })).rejects.toMatchObject({
        code: 'INSTANCE_INVALID',
      });
    }
    expect(made.vault.has(halo)).toBe(true);
  });

  it('ends a survey that reads the old account, and refuses an instance that is not there', async () => {
    const made = oneInstance();
    await made.instances.change(halo, { ...same, baseUrl: 'https://two.example' });
    expect(made.endedSurveys).toEqual(['halo']);
    await expect(made.instances.change(InstanceId.parse('none'), same)).rejects.toMatchObject({
      code: 'UNKNOWN_INSTANCE',
    });
  });
});

describe('remove', () => {
  it('destroys the credential, ends what ran, and forgets the instance', async () => {
    const made = oneInstance();
    await made.switcher.bind('acme');
    made.facts.instanceUsed.set(halo, '2026-11-21T11:00:00.000Z');
    made.deeds.length = 0;
    await made.instances.remove(halo);
    expect(made.deeds).toEqual([
      'policy.applied',
      'revokeCredential',
      'endStale',
      'credential.changed',
      'write', // the desk, with the new epoch
      'write',
      'scope acme/2',
      'endStale',
      'enrol',
    ]);
    expect([made.facts.tenancy.instances, made.enrolled, written(made), [...made.vault]]).toEqual([[], [], [], []]);
    expect([made.facts.instanceUsed.size, made.endedSurveys]).toEqual([0, ['halo']]);
    await expect(made.instances.remove(halo)).rejects.toMatchObject({ code: 'UNKNOWN_INSTANCE' });
  });
});

describe('whoever asked for it and has given up', () => {
  const signal = AbortSignal.abort();
  it.each<[string, (instances: Instances) => Promise<unknown>]>([
    ['add', (instances) => instances.add('halopsa', input(), signal)],
    ['change', (instances) => instances.change(halo, input(), signal)],
    ['map', (instances) => instances.map(halo, [{ customer: acme, owner: null }], signal)],
    ['setCredential', (instances) => instances.setCredential(halo, { key: '', iv: '', data: '' }, signal)],
  ])('finds nothing done: %s', async (_, ask) => {
    const made = oneInstance();
    await expect(ask(made.instances)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(made.deeds).toEqual([]);
  });
});
