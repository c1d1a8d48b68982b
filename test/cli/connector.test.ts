import { afterEach, describe, expect, it } from 'vitest';
import { Fault } from '../../src-shared/fault.ts';
import { type FakeApp, fakeApp, mapping, operatorToken } from './fake-app.ts';
import { type Ran, runCommand } from './run-command.ts';

let app: FakeApp | undefined;
afterEach(async () => {
  await app?.stop();
  app = undefined;
});

async function run(words: readonly string[], handlers: Parameters<typeof fakeApp>[0] = {}): Promise<Ran> {
  app = await fakeApp(handlers);
  const env = { BULKHEAD_OPERATOR_TOKEN: operatorToken };
  return runCommand(['connector', ...words, '--home', app.home], { env });
}
const asked = (name: string): unknown => app?.calls.findLast(([each]) => each === name)?.[1];

describe('connector list', () => {
  it('shows health, mapped customers and credential', async () => {
    const { stdout, code } = await run(['list']);
    const cells = (line = ''): string[] => line.split(/ {2,}/);
    expect([code, ...stdout.split('\n').map(cells)]).toEqual([
      0,
      ['INSTANCE', 'CONNECTOR', 'NAME', 'CREDENTIAL', 'CUSTOMERS', 'HEALTH', 'LAST USED'],
      ['halo', 'halopsa', 'HaloPSA', 'stored', '2', 'healthy', 'not yet'],
    ]);
  });
});

describe('connector types', () => {
  it('says what an account of each needs', async () => {
    const { json } = await run(['types', '--json']);
    expect(json).toMatchObject([{ name: 'halopsa', credentialFields: ['clientId', 'clientSecret'] }]);
    const { stdout } = await runCommand(['connector', 'types', '--home', app?.home ?? '']);
    for (const text of [
      'HaloPSA',
      'clientSecret',
      'https://yourcompany.halopsa.com',
      '--set tenant=',
      'HaloPSA client id',
    ])
      expect(stdout).toContain(text);
  });
});

describe('connector add', () => {
  it('passes what was typed, and says what is next', async () => {
    const words = ['add', 'halopsa', 'Two', '--url', 'https://two.example', '--set', 'tenant=a=b', '--set', 'x='];
    const ran = await run(words);
    expect(asked('addInstance')).toEqual({
      connector: 'halopsa',
      name: 'Two',
      baseUrl: 'https://two.example',
      settings: { tenant: 'a=b', x: '' },
    });
    expect(ran.stdout).toContain('bulkhead connector credential set halopsa-two');
  });

  it('answers the new instance', async () => {
    const { json, code } = await run(['add', 'halopsa', 'Two', '--url', 'https://two.example', '--json']);
    expect([code, json]).toEqual([0, { instance: 'halopsa-two', connector: 'halopsa', name: 'Two' }]);
  });

  it.each([
    [['add', 'halopsa', 'Two']],
    [['add', 'halopsa', '--url', 'x']],
    [['add', 'halopsa', 'Two', '--url', 'x', '--set', 'tenant']],
  ])('is wrong usage as %j', async (words) => {
    const ran = await run([...words, '--json']);
    expect([ran.code, ran.json]).toMatchObject([2, { error: { code: 'USAGE' } }]);
    expect(app?.calls).toEqual([]);
  });

  it('shows the refusal as one plain line', async () => {
    const ran = await run(['add', 'hudu', 'Two', '--url', 'https://two.example', '--json'], {
      addInstance: () => {
        throw new Fault('NOT_ENTITLED', 'This connector is not subscribed to.', 'Ask.');
      },
    });
    expect([ran.code, ran.json, ran.stderr]).toEqual([
      1,
      { error: { code: 'NOT_ENTITLED', message: 'This connector is not subscribed to.', remedy: 'Ask.' } },
      'This connector is not subscribed to. Ask. (NOT_ENTITLED)',
    ]);
  });
});

describe('connector change', () => {
  it('changes what was named and keeps the rest', async () => {
    const ran = await run(['change', 'halo', '--url', 'https://new.example', '--set', 'outcome=3', '--json']);
    expect(asked('changeInstance')).toEqual({
      instance: 'halo',
      name: 'HaloPSA',
      baseUrl: 'https://new.example',
      settings: { tenant: 'north', outcome: '3' },
    });
    expect([ran.code, ran.json]).toEqual([0, { instance: 'halo', hasCredential: true }]);
  });

  it('is wrong usage when nothing is named, and a clear failure for an instance that is not there', async () => {
    expect((await run(['change', 'halo'])).code).toBe(2);
    for (const name of ['none', 'Not An Id', '../x']) {
      const ran = await run(['change', name, '--name', 'x', '--json']);
      expect([ran.code, ran.json]).toMatchObject([1, { error: { code: 'UNKNOWN_INSTANCE' } }]);
      await app?.stop();
    }
    app = undefined;
  });
});

describe('connector remove and credential revoke', () => {
  it.each([
    [['remove', 'halo'], 'removeInstance', { instance: 'halo' }],
    [['credential', 'revoke', 'halo'], 'revokeCredential', { instance: 'halo', fields: [] }],
  ])('%j', async (words, call, json) => {
    const ran = await run([...words, '--json']);
    expect([ran.code, ran.json, asked(call)]).toEqual([0, json, { instance: 'halo' }]);
  });
});

describe('connector test', () => {
  it('shows the operator token first, and asks nothing without one', async () => {
    const ran = await run(['test', 'halo', '--json']);
    expect(ran.json).toEqual({ ok: true, detail: 'HaloPSA answered.' });
    expect(app?.calls.map(([name]) => name)).toEqual(['authenticate', 'testInstance']);
    const without = await runCommand(['connector', 'test', 'halo', '--json', '--home', app?.home ?? '']);
    expect(without.json).toMatchObject({ error: { code: 'OPERATOR_ONLY' } });
    expect(app?.calls).toHaveLength(2);
  });
});

describe('connector map', () => {
  it('shows who is not mapped first, with what was found, and no terminal control of the vendor’s', async () => {
    const { stdout } = await run(['map', 'halo']);
    const lines = stdout.split('\n').map((line) => line.split(/ {2,}/));
    expect(lines).toEqual([
      ['CUSTOMER', 'NAME', 'VENDOR'],
      ['ALDR-3', 'Alder', '17 Alder \uFFFD[2JInc', 'suggested by domain and name'],
      ['MERI-7', 'Meridian Dental', '12 Meridian', 'mapped'],
      ['1 of 2 customers are not mapped.'],
      ['Run: bulkhead connector map halo --accept-suggestions'],
    ]);
    expect(asked('mapCustomers')).toBeUndefined();
  });

  it('answers one document with every row and what the vendor has', async () => {
    const { json } = await run(['map', 'halo', '--json']);
    expect(json).toEqual({
      instance: 'halo',
      isWhole: true,
      rows: [
        {
          customer: 'ALDR-3',
          name: 'Alder',
          owner: null,
          suggestion: { owner: '17', because: ['domain', 'name'] },
          candidates: [],
        },
        { customer: 'MERI-7', name: 'Meridian Dental', owner: '12', suggestion: null, candidates: [] },
      ],
      vendorCustomers: mapping.vendorCustomers,
    });
  });

  it('accepts exactly the suggestions', async () => {
    const { json } = await run(['map', 'halo', '--accept-suggestions', '--json']);
    expect(asked('mapCustomers')).toEqual({ instance: 'halo', changes: [{ customer: 'alder', owner: '17' }] });
    const accepted = [{ customer: 'ALDR-3', owner: '17', because: ['domain', 'name'] }];
    expect(json).toEqual({ instance: 'halo', accepted, mapped: 2, unmapped: 0 });
  });

  it('unmaps one customer without asking the vendor', async () => {
    const { json } = await run(['map', 'halo', '--customer', 'ALDR-3', '--clear', '--json']);
    expect(asked('mapCustomers')).toEqual({ instance: 'halo', changes: [{ customer: 'alder', owner: null }] });
    expect(json).toEqual({ instance: 'halo', customer: 'ALDR-3', owner: null, mapped: 2 });
    expect(asked('surveyInstance')).toBeUndefined();
  });

  it('maps one customer to an id the vendor has, and says whose name it has there', async () => {
    const [{ id: owner, name } = { id: '', name: '' }] = mapping.vendorCustomers;
    const { json } = await run(['map', 'halo', '--customer', 'ALDR-3', '--id', owner, '--json']);
    expect(asked('mapCustomers')).toEqual({ instance: 'halo', changes: [{ customer: 'alder', owner }] });
    expect(json).toEqual({ instance: 'halo', customer: 'ALDR-3', owner, name, mapped: 2 });
  });

  it('maps to no id that the vendor does not have', async () => {
    const ran = await run(['map', 'halo', '--customer', 'ALDR-3', '--id', '99999999', '--json']);
    expect([ran.code, ran.json]).toMatchObject([1, { error: { code: 'OWNER_UNKNOWN' } }]);
    expect(asked('mapCustomers')).toBeUndefined();
  });

  it.each([
    [['--customer', 'ALDR-3']],
    [['--customer', 'ALDR-3', '--id', '1', '--clear']],
    [['--customer', 'ALDR-3', '--id', '1', '--accept-suggestions']],
    [['--id', '1']],
    [['--clear']],
    [['--accept-suggestions', '--clear']],
  ])('is wrong usage with %j', async (words) => {
    const ran = await run(['map', 'halo', ...words, '--json']);
    expect([ran.code, ran.json, app?.calls]).toMatchObject([2, { error: { code: 'USAGE' } }, []]);
  });

  it('knows no customer the company has not', async () => {
    const ran = await run(['map', 'halo', '--customer', 'NOBO-1', '--clear', '--json']);
    expect([ran.code, ran.json]).toMatchObject([1, { error: { code: 'UNKNOWN_CUSTOMER' } }]);
    expect(asked('mapCustomers')).toBeUndefined();
  });
});
