import { beforeEach, describe, expect, it } from 'vitest';
import { demandRight, makeShownRights, type RightsPowers } from '../../src-main/app/rights.ts';
import type { ui } from '../../src-shared/contract/ui.ts';
import { Fault } from '../../src-shared/fault.ts';
import { CustomerId } from '../../src-shared/model/ids.ts';
import { CustomerRight, Right } from '../../src-shared/model/right.ts';
import type { Client } from '../../src-shared/wire/contract.ts';
import { type FrontEndWorld, frontEndWorld } from './front-end-of.ts';

type Api = Client<typeof ui>;
type Asked = { right: Right | CustomerRight; customer?: string };

let world: FrontEndWorld;
let asked: Asked[];
/** Answers as a policy that gives everything but these. */
function without(...missing: (Right | CustomerRight)[]): void {
  world.desk.mayDo = (question) => (asked.push(question as Asked), !missing.includes((question as Asked).right));
}
beforeEach(() => {
  world = frontEndWorld();
  asked = [];
  without();
});

const input = { name: 'Two', baseUrl: 'https://two.example', settings: {} };
const box = { key: '', iv: '', data: '' };
const deeds: [Right | CustomerRight, string, (api: Api) => Promise<unknown>][] = [
  ['bind', 'bindCustomer', (api) => api.bindCustomer({ customer: 'ACME-1' })],
  ['manage-client-apps', 'addClient', (api) => api.addClient({ name: 'cursor', pin: null })],
  ['bind', 'addClient pinned', (api) => api.addClient({ name: 'cursor', pin: 'ACME-1' })],
  ['manage-client-apps', 'armClient', (api) => api.armClient({ name: 'cursor', customer: null })],
  ['manage-connectors', 'addInstance', (api) => api.addInstance({ connector: 'halopsa', ...input })],
  ['manage-connectors', 'changeInstance', (api) => api.changeInstance({ instance: 'halo', ...input })],
  ['manage-connectors', 'removeInstance', (api) => api.removeInstance({ instance: 'halo' })],
  ['manage-connectors', 'mapCustomers', (api) => api.mapCustomers({ instance: 'halo', changes: [] })],
  ['manage-connectors', 'surveyInstance', (api) => api.surveyInstance({ instance: 'halo' })],
  ['manage-connectors', 'testInstance', (api) => api.testInstance({ instance: 'halo' })],
  ['manage-connectors', 'setCredential', (api) => api.setCredential({ instance: 'halo', box })],
  ['manage-connectors', 'revokeCredential', (api) => api.revokeCredential({ instance: 'halo' })],
  ['review-tools', 'acceptTool', (api) => api.acceptTool({ name: 'ticket_list', hash: '' })],
  ['read-ledger', 'entries', (api) => api.entries({ limit: 1, filter: {} })],
  ['read-ledger', 'verifyLedger', (api) => api.verifyLedger(undefined)],
  ['read-ledger', 'outline', (api) => api.outline({ filter: {}, spans: 1 })],
  ['read-ledger', 'checkpoint', (api) => api.checkpoint(undefined)],
  ['read-ledger', 'keptBodies', (api) => api.keptBodies(undefined)],
  ['read-bodies', 'bodiesOf', (api) => api.bodiesOf({ seqs: [1] })],
  ['destroy-keys', 'destroyCustomerKey', (api) => api.destroyCustomerKey({ customer: 'acme', code: 'ACME-1' })],
  ['export-ledger', 'policy', (api) => api.policy(undefined)],
  ['read-bodies', 'beginExport with bodies', (api) => api.beginExport({ format: 'bundle', filter: {}, bodies: true })],
  ['export-ledger', 'beginExport', (api) => api.beginExport({ format: 'jsonl', filter: {} })],
  ['export-ledger', 'policy', (api) => api.policy(undefined)],
  ['export-ledger', 'earlierPolicy', (api) => api.earlierPolicy({ sha256: 'a'.repeat(64) })],
  ['export-ledger', 'prove', (api) => api.prove({ size: 0, seqs: [], earlier: [] })],
  ['resume-ai', 'resumeAi', (api) => api.resumeAi(undefined)],
  [
    'cross',
    'openCross',
    (api) =>
      api.openCross({ client: 'cursor', customers: ['ACME-1', 'ZEN-2'], reason: 'Renewals of both.', minutes: 30 }),
  ],
];

describe('serveFrontEnd', () => {
  it('has a deed for every right', () => {
    expect(new Set(deeds.map(([right]) => right))).toEqual(new Set([...Right.options, ...CustomerRight.options]));
  });

  it.each(deeds)('needs %s for %s, and does nothing without', async (right, _, deed) => {
    const api = world.connect(true);
    await api.addClient({ name: 'other', pin: null });
    if (right === 'cross') await api.addClient({ name: 'cursor', pin: null });
    const before = structuredClone([world.desk.facts.desk, world.desk.facts.switcher]);
    without(right);
    await expect(deed(api)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    expect(world.reached).toEqual([]);
    expect([world.desk.facts.desk, world.desk.facts.switcher]).toEqual(before);
    expect(asked.map((question) => question.right)).toContain(right);
  });

  it('asks anew at every deed', async () => {
    const api = world.connect(true);
    await api.entries({ limit: 1, filter: {} });
    without('read-ledger');
    await expect(api.entries({ limit: 1, filter: {} })).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
  });

  it('asks of the very customer', async () => {
    await world.connect(true).bindCustomer({ customer: 'ZEN-2' });
    expect(asked).toEqual([{ right: 'bind', customer: 'zenith' }]);
  });

  it.each(deeds)('does nothing while the gateway is away (%s for %s)', async (_, __, deed) => {
    const gateway = {
      get: (): never => {
        throw new Fault('STARTING_AGAIN', 'The gateway is starting again.');
      },
    };
    for (const crew of [world.powers.crew, world.desk.crew]) Object.defineProperty(crew, 'gateway', gateway);
    await expect(deed(world.connect(true))).rejects.toThrow();
    expect(world.reached).toEqual([]);
    expect(world.desk.facts.switcher).toBe(null);
  });

  it('lets everyone release, suspend, revoke and stop', async () => {
    const api = world.connect(true);
    await api.bindCustomer({ customer: 'ACME-1' });
    await api.addClient({ name: 'cursor', pin: null });
    without(...Right.options, ...CustomerRight.options);
    await api.suspendClient({ name: 'cursor' });
    await api.revokeClient({ name: 'cursor' });
    await api.releaseCustomer(undefined);
    await api.stopAi(undefined);
    expect([world.desk.facts.switcher, world.reached]).toEqual([null, ['stopAi']]);
  });

  it('shows what policy gives, and of customers whom it lets select', async () => {
    Object.assign(world.powers.crew.gateway, {
      rights: async () => ({ rights: ['read-ledger'], bindable: ['acme'], crossable: ['zenith'] }),
    });
    const api = world.connect(false);
    expect((await api.state(undefined)).rights).toEqual(['read-ledger']);
    const shown = (await api.customers(undefined)).map(({ id, mayBind, mayCross }) => [id, mayBind, mayCross]);
    expect(shown).toContainEqual(['acme', true, false]);
    expect(shown).toContainEqual(['zenith', false, true]);
  });
});

describe('demandRight', () => {
  const crew = (because: { id: string; says: string }[]) =>
    ({ gateway: { may: async () => ({ isAllowed: false, because }) } }) as unknown as RightsPowers['crew'];

  it('says what is not allowed, and why where a rule says so', async () => {
    await expect(demandRight(crew([]), 'read-ledger')).rejects.toMatchObject({
      code: 'NOT_ALLOWED',
      message: "The company's policy does not let you read the ledger.",
    });
    const because = [
      { id: 'a', says: '' },
      { id: 'b', says: 'Only by day.' },
    ];
    await expect(demandRight(crew(because), 'bind', CustomerId.parse('acme'))).rejects.toMatchObject({
      message: "The company's policy does not let you select this customer. Only by day.",
      remedy: 'Ask a manager or the Bulkhead administrator of your company.',
    });
  });

  const silentCrew = (code: string, next: 'allows' | 'refuses' | 'away') => {
    const silent = { may: () => Promise.reject(new Fault(code, 'x')) };
    const ended: unknown[] = [];
    const crew = {
      gateway: silent,
      gatewayAfter: async (one: unknown) => {
        ended.push(one === silent);
        if (next === 'away') throw new Fault('STARTING_AGAIN', 'x');
        return { may: async () => ({ isAllowed: next === 'allows', because: [] }) };
      },
    } as unknown as RightsPowers['crew'];
    return { crew, ended };
  };

  it.each(['DEADLINE', 'PORT_CLOSED'])('asks the next gateway when one does not answer (%s)', async (code) => {
    const { crew, ended } = silentCrew(code, 'allows');
    await demandRight(crew, 'read-ledger');
    expect(ended).toEqual([true]);
    await expect(demandRight(silentCrew(code, 'refuses').crew, 'read-ledger')).rejects.toMatchObject({
      code: 'NOT_ALLOWED',
    });
  });

  it('refuses while no gateway can be asked', async () => {
    await expect(demandRight(silentCrew('DEADLINE', 'away').crew, 'read-ledger')).rejects.toMatchObject({
      code: 'STARTING_AGAIN',
    });
    const { crew, ended } = silentCrew('NOT_ENROLLED', 'allows');
    await expect(demandRight(crew, 'read-ledger')).rejects.toMatchObject({ code: 'NOT_ENROLLED' });
    expect(ended).toEqual([]);
  });
});

describe('makeShownRights', () => {
  function shownOf() {
    const powers = { now: 0, asked: 0, isAway: false, tenancy: {} };
    const shown = makeShownRights({
      host: { now: () => powers.now },
      facts: powers as never,
      crew: {
        gateway: {
          rights: async () => {
            powers.asked += 1;
            if (powers.isAway) throw new Fault('PORT_CLOSED', 'x');
            return { rights: ['read-ledger'], bindable: [], crossable: [] };
          },
        },
      } as never,
    });
    return { powers, shown };
  }

  it('asks once a minute, and again when the enrolment is another', async () => {
    const { powers, shown } = shownOf();
    await Promise.all([shown(), shown()]);
    powers.now = 59_999;
    expect((await shown()).rights).toEqual(['read-ledger']);
    expect(powers.asked).toBe(1);
    powers.now = 60_000;
    await shown();
    powers.tenancy = {};
    await shown();
    expect(powers.asked).toBe(3);
  });

  it('shows nothing while the gateway is away, and asks again at the next look', async () => {
    const { powers, shown } = shownOf();
    powers.isAway = true;
    expect((await shown()).rights).toEqual([]);
    powers.isAway = false;
    expect((await shown()).rights).toEqual(['read-ledger']);
  });
});
