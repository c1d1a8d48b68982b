import { describe, expect, it } from 'vitest';
import { readDesk } from '../../src-main/app/desk.ts';
import { Fault } from '../../src-shared/fault.ts';
import { CustomerId, InstanceId } from '../../src-shared/model/ids.ts';
import { instanceOf } from '../gateway/enrolment.ts';
import { clientOf } from '../gateway/given.ts';
import { deskWorld } from './desk-of.ts';
import { diskFull } from './fake-host.ts';
import { acme, halo, instancesFile, oneInstance, unwritable, written, zenith } from './one-instance.ts';

describe('map', () => {
  it('maps and unmaps in one deed, recorded under each customer, with the credential given to exactly those mapped', async () => {
    const made = oneInstance();
    const changes = [
      { customer: acme, owner: null },
      { customer: zenith, owner: '12' },
    ];
    expect(await made.instances.map(halo, changes)).toBe(1);
    expect(made.entries).toEqual([
      {
        kind: 'policy.applied',
        customer: 'ACME-1',
        connector: 'halopsa',
        params: { instance: 'halo', change: 'mapped', owner: null },
      },
      {
        kind: 'policy.applied',
        customer: 'ZEN-2',
        connector: 'halopsa',
        params: { instance: 'halo', change: 'mapped', owner: '12' },
      },
    ]);
    expect(made.deeds).toEqual([
      'policy.applied',
      'policy.applied',
      'write',
      'scope none',
      'endStale',
      'enrol',
      'mapCredential',
    ]);
    const mapping = { zenith: '12' };
    expect([made.enrolled?.[0]?.mapping, written(made)[0]?.mapping, made.vault.get(halo)]).toEqual([
      mapping,
      mapping,
      [zenith],
    ]);
  });

  it.each([
    ['to an id that is another’s', [{ customer: acme, owner: '17' }], 'MAPPING_AMBIGUOUS'],
    [
      'two to one id',
      [
        { customer: acme, owner: '30' },
        { customer: zenith, owner: '30' },
      ],
      'MAPPING_AMBIGUOUS',
    ],
    ['a customer the company has not', [{ customer: CustomerId.parse('nobody'), owner: '30' }], 'UNKNOWN_CUSTOMER'],
    ['to what is no id', [{ customer: acme, owner: '12 or 1=1' }], 'OWNER_INVALID'],
    ['to another spelling of an id', [{ customer: acme, owner: '017' }], 'OWNER_INVALID'],
    ['to an id that only begins like one', [{ customer: acme, owner: '12\n' }], 'OWNER_INVALID'],
  ])('refuses %s, with everything else that was asked', async (_, wrong, code) => {
    const made = oneInstance({ mapping: { acme: '12', zenith: '17' } });
    const before = made.facts.tenancy.instances;
    await expect(made.instances.map(halo, [{ customer: zenith, owner: '17' }, ...wrong])).rejects.toMatchObject({
      code,
    });
    expect([made.deeds, made.facts.tenancy.instances === before]).toEqual([[], true]);
  });

  it('refuses an id that another customer has over a second instance of the same account, and only of the same', async () => {
    const second = (more: Parameters<typeof instanceOf>[0]) =>
      deskWorld(
        {},
        {
          instances: [
            instanceOf({ baseUrl: 'https://halo.example', mapping: { acme: '12' } }),
            instanceOf({ id: 'again', name: 'Again', mapping: {}, ...more }),
          ],
        },
      ).instances.map(InstanceId.parse('again'), [{ customer: zenith, owner: '12' }]);
    await expect(second({ baseUrl: 'https://halo.example/other/path' })).rejects.toMatchObject({
      code: 'MAPPING_AMBIGUOUS',
    });
    expect(await second({ baseUrl: 'https://elsewhere.example' })).toBe(1);
  });

  it('lets two customers change places', async () => {
    const made = oneInstance();
    await made.instances.map(halo, [
      { customer: acme, owner: '17' },
      { customer: zenith, owner: '12' },
    ]);
    expect(made.enrolled?.[0]?.mapping).toEqual({ acme: '17', zenith: '12' });
  });

  it('gives the bindings of exactly the changed customers new epochs before the gateway judges anew', async () => {
    const clients = [
      clientOf({ name: 'a', pin: { customer: 'acme', epoch: 3 } }),
      clientOf({ name: 'z', pin: { customer: 'zenith', epoch: 4 } }),
      clientOf({ name: 'old', pin: { customer: 'acme', epoch: 2 }, state: 'revoked' }),
    ];
    const made = oneInstance({}, { epoch: 4, clients });
    await made.switcher.bind('acme');
    made.deeds.length = 0;
    await made.instances.map(halo, [{ customer: acme, owner: '30' }]);
    expect(made.facts.switcher?.binding).toEqual({ tenant: 'msp', customer: 'acme', epoch: 6 });
    const epochs = { a: 7, z: 4, old: 2 };
    const pins = (apps: readonly { name: string; pin: { epoch: number } | null }[]) =>
      Object.fromEntries(apps.map(({ name, pin }) => [name, pin?.epoch]));
    expect(pins(made.facts.desk.clients)).toEqual(epochs);
    expect(pins(readDesk(made.host, made.facts.tenant).clients)).toEqual(epochs);
    expect([readDesk(made.host, made.facts.tenant).epoch, (await made.switcher.bind('zenith')).epoch]).toEqual([7, 8]);
    expect(made.deeds.slice(0, 6)).toEqual(['policy.applied', 'write', 'write', 'scope acme/6', 'endStale', 'enrol']);
  });

  it('leaves the bindings of all others as they are', async () => {
    const made = oneInstance();
    await made.switcher.bind('acme');
    await made.instances.map(halo, [{ customer: zenith, owner: null }]);
    expect(made.facts.switcher?.binding.epoch).toBe(1);
  });

  it('records and ends nothing when nothing changes, and still brings the credential where it belongs', async () => {
    const made = oneInstance();
    made.vault.set(halo, []);
    expect(await made.instances.map(halo, [{ customer: acme, owner: '12' }])).toBe(2);
    expect([made.deeds, made.vault.get(halo)]).toEqual([['mapCredential'], [acme, zenith]]);
  });

  it('is fine without a credential, which may come later', async () => {
    const made = oneInstance();
    made.vault.clear();
    expect(await made.instances.map(halo, [{ customer: acme, owner: null }])).toBe(1);
  });

  it.each([
    ['ledger', 'onRecord', unwritable, 'LEDGER_UNWRITABLE'],
    ['disk', 'onWrite', diskFull, 'HOME_UNUSABLE'],
    [
      'disk, at the second file,',
      'onWrite',
      (path: string) => (path === instancesFile ? diskFull() : undefined),
      'HOME_UNUSABLE',
    ],
  ] as const)('changes nothing when the %s refuses', async (_, at, refuse, code) => {
    const made = oneInstance();
    await made.switcher.bind('acme');
    const before = made.facts.tenancy.instances;
    made[at] = refuse;
    await expect(made.instances.map(halo, [{ customer: acme, owner: null }])).rejects.toMatchObject({ code });
    expect([made.facts.tenancy.instances === before, made.facts.switcher?.binding.epoch]).toEqual([true, 1]);
    expect([made.enrolled, made.vault.get(halo), made.host.files.texts.has(instancesFile)]).toEqual([
      undefined,
      [acme, zenith],
      false,
    ]);
  });

  it('stands when only the credential could not follow, and its caller hears of it', async () => {
    const made = oneInstance();
    made.onBroker = () => {
      throw new Fault('VAULT_UNWRITABLE', 'x');
    };
    await expect(made.instances.map(halo, [{ customer: acme, owner: null }])).rejects.toMatchObject({
      code: 'VAULT_UNWRITABLE',
    });
    expect([made.enrolled?.[0]?.mapping, written(made)[0]?.mapping]).toEqual([{ zenith: '17' }, { zenith: '17' }]);
  });

  it('takes two deeds in turn: the one that comes second sees what the first one did', async () => {
    const made = oneInstance({ mapping: {} });
    const both = await Promise.allSettled([
      made.instances.map(halo, [{ customer: acme, owner: '30' }]),
      made.instances.map(halo, [{ customer: zenith, owner: '30' }]),
    ]);
    expect(both).toMatchObject([{ value: 1 }, { reason: { code: 'MAPPING_AMBIGUOUS' } }]);
  });

  it('drops customers the company no longer has on the way', async () => {
    const made = oneInstance({ mapping: { acme: '12', gone: '17' } });
    expect(await made.instances.map(halo, [{ customer: zenith, owner: '17' }])).toBe(2);
    expect(made.enrolled?.[0]?.mapping).toEqual({ acme: '12', zenith: '17' });
  });
});

describe('setCredential and revokeCredential', () => {
  const box = { key: '', iv: '', data: '' };

  it('records first, gives it to those mapped, and ends a survey with the old one', async () => {
    const made = oneInstance();
    await made.instances.setCredential(halo, box);
    expect(made.deeds).toEqual(['credential.changed', 'storeCredential', 'endStale']);
    expect([made.endedSurveys, made.facts.credentials.get(halo)]).toEqual([['halo'], '2026-11-21T12:00:00.000Z']);
  });

  it('revokes before it records: a ledger that refuses must not keep it alive', async () => {
    const made = oneInstance();
    made.onRecord = unwritable;
    await expect(made.instances.revokeCredential(halo)).rejects.toMatchObject({ code: 'LEDGER_UNWRITABLE' });
    expect([made.vault.has(halo), made.facts.credentials.has(halo), made.endedSurveys]).toEqual([
      false,
      false,
      ['halo'],
    ]);
    expect(made.deeds).toEqual(['revokeCredential', 'endStale']);
  });

  it('refuses an instance that is not there', async () => {
    const none = InstanceId.parse('none');
    const made = oneInstance();
    for (const deed of [() => made.instances.setCredential(none, box), () => made.instances.revokeCredential(none)]) {
      await expect(deed()).rejects.toMatchObject({ code: 'UNKNOWN_INSTANCE' });
    }
    expect(made.deeds).toEqual([]);
  });
});

describe('refresh', () => {
  it('brings the broker to what the mappings say, and leaves no secret of an instance that is gone', async () => {
    const made = oneInstance({ mapping: { zenith: '17' } });
    const gone = InstanceId.parse('gone');
    made.vault.set(gone, [acme]); // As a crash between two steps may leave it.
    await made.credentials.refresh();
    expect([...made.vault]).toEqual([[halo, [zenith]]]);
    expect([...made.facts.credentials]).toEqual([[halo, '2026-11-20T12:00:00.000Z']]);
  });
});
