import { beforeEach, describe, expect, it } from 'vitest';
import { GatewaySide } from '../../src-main/app/gateway-side.ts';
import type { z } from 'zod';
import { gatewayControl } from '../../src-shared/contract/gateway.ts';
import type { Tally } from '../../src-shared/contract/ledger.ts';
import { Fault } from '../../src-shared/fault.ts';
import type { Instance } from '../../src-shared/model/instance.ts';
import type { Handlers } from '../../src-shared/wire/contract.ts';
import { serve } from '../../src-shared/wire/serve.ts';
import { instanceOf, makeIssuer } from '../gateway/enrolment.ts';
import { bindingTo, clientOf, scopeOf, settle } from '../gateway/given.ts';
import { deskWorld, type DeskWorld } from './desk-of.ts';
import { type FakeChild, fakeChild } from './fake-host.ts';

let world: DeskWorld;
let side: GatewaySide;
let child: FakeChild;
/** What the gateway and its neighbours heard, in order. */
let heard: string[];
let told: Instance[][];
let onEnrol: (count: number) => Promise<void> | void;
let onScope: () => Promise<void> | void;
let countCalls: (from: string) => Promise<{ calls: number }>;
let tallyCalls: (from: string) => Promise<Tally[]>;
let scoped: z.output<typeof gatewayControl.scope.input> | undefined;
let enrolled: z.output<typeof gatewayControl.enrol.input> | undefined;

const refuse = (): never => {
  throw new Error('not asked here');
};

beforeEach(async () => {
  const enrolment = await (await makeIssuer()).enrol();
  world = deskWorld({}, { enrolment });
  heard = [];
  told = [];
  onEnrol = () => {};
  onScope = () => {};
  enrolled = undefined;
  countCalls = async () => ({ calls: 7 });
  tallyCalls = async () => {
    throw new Fault('UNASKED', 'x');
  };
  child = fakeChild('gateway');
  const handlers: Handlers<typeof gatewayControl> = {
    start: () => (heard.push('start'), { grantKey: 'k'.repeat(43) }),
    listen: ({ port }) => (heard.push(`listen ${port}`), { port: 4711, mcpUrl: 'http://127.0.0.1:4711/mcp' }),
    enrol: async (input) => {
      heard.push(`enrol ${input.usage.calls}`);
      await onEnrol(told.length);
      told.push(input.instances);
      enrolled = input;
    },
    scope: async (input) => {
      heard.push('scope');
      scoped = input;
      await onScope();
    },
    callTool: refuse,
    offeredTools: refuse,
    explain: refuse,
    tryCall: refuse,
    rights: refuse,
    may: refuse,
    approvals: refuse,
    decide: refuse,
    whoMayApprove: refuse,
    extendApproval: refuse,
    withdrawStanding: refuse,
    usage: () => ({ period: '2026-11', calls: 7, included: 100, overage: 'block' }),
  };
  serve(gatewayControl, handlers, child.far);
  side = new GatewaySide(
    {
      host: world.host,
      facts: world.facts,
      log: (_, event, facts) => heard.push(`${event} ${String(facts?.['fault'])}`),
      version: '1',
      ledger: () =>
        ({
          countCalls: ({ from }: { from: string }) => countCalls(from),
          tallyCalls: ({ from }: { from: string }) => tallyCalls(from),
        }) as never,
      trust: async (key) => void heard.push(`trust ${key.length}`),
      openWorker: refuse,
      noneRuns: async () => void heard.push('none runs'),
      link: async () => void heard.push('link'),
    },
    0,
  );
});

const at = (baseUrl: string): Instance[] => [instanceOf({ baseUrl })];
const isAt = (instances: readonly Instance[] | undefined): string | undefined => instances?.[0]?.baseUrl;

describe('setUp', () => {
  it('lets nobody call before the gateway knows what holds and can record', async () => {
    await side.setUp(child);
    expect(heard).toEqual(['start', 'trust 43', 'enrol 7', 'scope', 'none runs', 'link', 'listen 0']);
    expect(world.facts.mcpUrl).toBe('http://127.0.0.1:4711/mcp');
    child.end();
  });

  it('tells which definitions were accepted, and nothing of who called what while no limit is on it', async () => {
    world.facts.toolPins = { accepted: [], pins: { ticket_list: 'a'.repeat(64) }, reviews: [], isLost: false };
    await side.setUp(child);
    expect(enrolled?.pins).toEqual({ ticket_list: 'a'.repeat(64) });
    const none = { ofPeriod: [], ofDay: [], ofMinute: [] };
    expect(enrolled?.usage).toEqual({ period: '2026-11', calls: 7, day: '2026-11-21', ...none });
    child.end();
  });

  it('tells who called what in the windows that a limit is on, as the ledger has it', async () => {
    const limits = (['period', 'day', 'minute'] as const).map((window) => ({
      per: 'tool',
      of: null,
      calls: 1,
      window,
    }));
    const { bundle } = world.facts.tenancy;
    const quota = { ...bundle.quota, limits } as typeof bundle.quota;
    world.facts.tenancy = { ...world.facts.tenancy, bundle: { ...bundle, quota } };
    const asked: string[] = [];
    countCalls = async (from) => (asked.push(from), { calls: 7 });
    tallyCalls = async (tool) => (
      asked.push(tool), [{ technician: 'amy', client: 'x', customer: 'ACME-1', tool, calls: 2 }]
    );
    await side.setUp(child);
    const [month, day, minute] = ['2026-11-01T00:00:00.000Z', '2026-11-21T00:00:00.000Z', '2026-11-21T11:59:00.000Z'];
    expect(asked).toEqual([month, month, day, minute]);
    expect([enrolled?.usage.ofPeriod, enrolled?.usage.ofDay, enrolled?.usage.ofMinute]).toMatchObject([
      [{ tool: month }],
      [{ tool: day }],
      [{ tool: minute }],
    ]);
    child.end();
  });

  it('fails where the ledger cannot count: a gateway that knows nothing of it would give calls back', async () => {
    countCalls = () => Promise.reject(new Fault('LEDGER_CLOSED', 'x'));
    await expect(side.setUp(child)).rejects.toMatchObject({ code: 'LEDGER_CLOSED' });
    expect(heard.at(-1)).toBe('trust 43');
  });

  it('fails where the gateway refuses what is enrolled, and does not listen', async () => {
    onEnrol = () => {
      throw new Fault('MAPPING_AMBIGUOUS', 'x');
    };
    await expect(side.setUp(child)).rejects.toMatchObject({ code: 'MAPPING_AMBIGUOUS' });
    expect(heard.at(-1)).toBe('enrol 7');
  });
});

describe('endCalls', () => {
  it('takes every binding away and no client app: one that calls now is told to wait, not that it is unknown', async () => {
    const [pinned, other] = [clientOf({ name: 'reports', pin: { customer: 'acme', epoch: 2 } }), clientOf()];
    world.facts.desk = { ...world.facts.desk, clients: [pinned, other], crosses: [scopeOf(other)] };
    world.facts.switcher = { binding: bindingTo('zenith', 3), since: '2026-11-21T12:00:00.000Z' };
    await side.setUp(child);
    await side.endCalls();
    expect(scoped).toEqual({
      tenant: 'msp',
      clients: [{ ...pinned, pin: null }, other],
      switcher: null,
      crosses: [],
      isStopped: false,
    });
    child.end();
  });
});

describe('pushTenancy', () => {
  it.each([
    ['refuses', () => (onEnrol = () => Promise.reject(new Fault('MAPPING_AMBIGUOUS', 'x'))), 'MAPPING_AMBIGUOUS'],
    ['cannot be told, for want of the ledger,', () => (countCalls = () => Promise.reject(new Fault('X', 'x'))), 'X'],
  ])('ends a gateway that %s: it must not go on with an old mapping', async (_, breaks, code) => {
    await side.setUp(child);
    breaks();
    await side.pushTenancy();
    expect([child.isKilled(), heard.at(-1)]).toEqual([true, `gateway.enrol ${code}`]);
  });

  it('tells one after the other, and each time what holds by then', async () => {
    await side.setUp(child);
    const { promise: gone, resolve: go } = Promise.withResolvers<void>();
    onEnrol = (count) => (count === 1 ? gone : undefined);
    world.facts.tenancy = { ...world.facts.tenancy, instances: at('https://one.example') };
    const first = side.pushTenancy();
    await settle();
    world.facts.tenancy = { ...world.facts.tenancy, instances: at('https://two.example') };
    const second = side.pushTenancy();
    await settle();
    expect(heard.filter((each) => each === 'enrol 7').length).toBe(2); // The second waits for the first.
    go();
    await Promise.all([first, second]);
    expect(told.slice(1).map(isAt)).toEqual(['https://one.example', 'https://two.example']);
    child.end();
  });

  it('has nobody to tell while the gateway starts again', async () => {
    await side.setUp(child);
    side.down();
    await side.pushTenancy();
    await side.pushScope();
    expect([side.api, heard.length, child.isKilled()]).toEqual([undefined, 7, false]);
    child.end();
  });
});

describe('pushScope', () => {
  it('ends a gateway that refuses, and waits for its end', async () => {
    await side.setUp(child);
    onScope = () => Promise.reject(new Fault('INTERNAL', 'x'));
    await side.pushScope();
    expect(child.isKilled()).toBe(true);
  });

  it('is content with one that died meanwhile', async () => {
    await side.setUp(child);
    onScope = () => child.end();
    await side.pushScope();
    expect(child.isKilled()).toBe(false);
  });
});
