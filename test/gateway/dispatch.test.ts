import { createHash, generateKeyPairSync, verify } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { Dispatch, workerLink } from '../../src-gateway/dispatch.ts';
import type { Admitted } from '../../src-gateway/proofs.ts';
import { canonical } from '../../src-shared/canonical.ts';
import { gatewayHost } from '../../src-shared/contract/gateway.ts';
import { worker, type WorkerAnswer } from '../../src-shared/contract/worker.ts';
import { Fault } from '../../src-shared/fault.ts';
import type { Grant } from '../../src-shared/model/grant.ts';
import { InstanceId } from '../../src-shared/model/ids.ts';
import { client } from '../../src-shared/wire/client.ts';
import { memoryPorts } from '../../src-shared/wire/memory-port.ts';
import type { Port } from '../../src-shared/wire/port.ts';
import { serve } from '../../src-shared/wire/serve.ts';
import { instanceOf, toolOf } from './enrolment.ts';
import { bindingTo, callOf, never, settle } from './given.ts';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const halo = InstanceId.parse('halo');
let dispatch: Dispatch;
/** Bindings the supervisor was asked to open a worker for. */
let asked: unknown[];
/** What the supervisor does when asked; links a worker unless a test says otherwise. */
let open: (wanted: { customer: string; epoch: number; instance: string }) => Promise<void> | void;
let grants: { who: string; grant: Grant }[];

beforeEach(() => {
  asked = [];
  grants = [];
  open = ({ customer, epoch }) => void link(customer, epoch);
  const [gatewayEnd, supervisorEnd] = memoryPorts();
  serve(gatewayHost, { openWorker: (wanted) => (asked.push(wanted), open(wanted)) }, supervisorEnd);
  dispatch = new Dispatch(client(gatewayHost, gatewayEnd), privateKey, () => 1_000_000);
});

function link(customer: string, epoch: number, answer?: () => Promise<WorkerAnswer>): Port {
  const [gatewayEnd, workerEnd] = memoryPorts();
  const who = `${customer}/${epoch}`;
  const done: WorkerAnswer = { status: 'ok', records: [], dropped: 0, next: who };
  const answered = ({ grant }: { readonly grant: Grant }) => (grants.push({ who, grant }), answer?.() ?? done);
  serve(worker, { execute: answered, lookUp: answered }, workerEnd);
  dispatch.link(workerLink(bindingTo(customer, epoch), halo), gatewayEnd);
  return workerEnd;
}

function admitted(customer: string, epoch: number, args: object = {}): Admitted {
  const call = { ...callOf('ticket_list', { ...args }), binding: bindingTo(customer, epoch), instance: instanceOf() };
  return { ...call, definition: toolOf('ticket_list', 'list') } as Partial<Admitted> as Admitted;
}
const run = (call: Admitted, signal = never) => dispatch.run(call, signal, 1000);

describe('run', () => {
  it('reaches the worker of exactly this binding, epoch included', async () => {
    link('acme', 1);
    link('acme', 2);
    link('zenith', 2);
    expect(await run(admitted('acme', 2))).toMatchObject({ next: 'acme/2' });
    expect(grants.map(({ who }) => who)).toEqual(['acme/2']);
    expect(asked).toEqual([]);
  });

  it('asks the supervisor for a worker that is not there, by its whole binding', async () => {
    expect(await run(admitted('acme', 3))).toMatchObject({ next: 'acme/3' });
    expect(asked).toEqual([{ tenant: 'msp', customer: 'acme', instance: 'halo', epoch: 3 }]);
  });

  it('asks for a fresh worker after one that did not answer even long after its deadline', async () => {
    link('acme', 3, () => new Promise(() => {}));
    await expect(dispatch.run(admitted('acme', 3), never, 10)).rejects.toMatchObject({ code: 'DEADLINE' });
    expect(asked).toEqual([]);
    expect(await run(admitted('acme', 3))).toMatchObject({ next: 'acme/3' });
    expect(asked).toHaveLength(1);
  });

  it('opens one worker for calls that arrive together', async () => {
    open = async ({ customer, epoch }) => {
      await settle();
      link(customer, epoch);
    };
    const call = admitted('acme', 3);
    const answers = await Promise.all([run(call), run(call), run(call)]);
    expect([answers.length, asked.length]).toEqual([3, 1]);
  });

  it('opens it again after it died, and after the supervisor refused once', async () => {
    link('acme', 1).close();
    expect(await run(admitted('acme', 1))).toMatchObject({ next: 'acme/1' });
    open = () => {
      throw new Fault('NOT_BOUND', 'x');
    };
    await expect(run(admitted('acme', 2))).rejects.toMatchObject({ code: 'WORKER_UNAVAILABLE' });
    open = ({ customer, epoch }) => void link(customer, epoch);
    expect(await run(admitted('acme', 2))).toMatchObject({ next: 'acme/2' });
  });

  it('tells a worker that ended while it started from one that ended with the call in its hands', async () => {
    open = () => {
      throw new Fault('PORT_CLOSED', 'x');
    };
    await expect(run(admitted('acme', 1))).rejects.toMatchObject({ code: 'WORKER_UNAVAILABLE' });
  });

  it('rejects when the supervisor says yes and no worker came', async () => {
    open = () => {};
    await expect(run(admitted('acme', 1))).rejects.toMatchObject({ code: 'WORKER_UNAVAILABLE' });
  });

  it('rejects when the worker dies with the call in its hands', async () => {
    const port = link('acme', 1, () => new Promise(() => {}));
    const answer = run(admitted('acme', 1));
    await settle();
    port.close();
    await expect(answer).rejects.toMatchObject({ code: 'PORT_CLOSED' });
  });

  it('does not wait for a worker that never starts once its binding died', async () => {
    open = () => new Promise(() => {});
    const switched = new AbortController();
    const answer = run(admitted('acme', 1), switched.signal);
    await settle();
    switched.abort();
    await expect(answer).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('sends nothing for a call that was aborted while its worker started', async () => {
    const switched = new AbortController();
    open = ({ customer, epoch }) => {
      link(customer, epoch);
      switched.abort();
    };
    await expect(run(admitted('acme', 1), switched.signal)).rejects.toMatchObject({ code: 'CANCELLED' });
    await settle();
    expect(grants).toEqual([]);
  });

  it('signs a grant for this call alone', async () => {
    await run(admitted('acme', 3, { id: 5 }));
    await run(admitted('acme', 3, { id: 5 }));
    const [first, second] = grants.map(({ grant }) => grant);
    expect(first?.claims).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      tenant: 'msp',
      customer: 'acme',
      instance: 'halo',
      epoch: 3,
      tool: 'ticket_list',
      deed: 'run',
      argumentsHash: createHash('sha256').update('{"customer":"ACME-1","id":5}').digest('hex'),
      expires: 1_000_000 + 1000 + 2000,
    });
    expect(second?.claims.id).not.toBe(first?.claims.id);
    const signed = Buffer.from(canonical(first?.claims));
    expect(verify(null, signed, publicKey, Buffer.from(first?.signature ?? '', 'base64url'))).toBe(true);
  });
});

describe('lookUp', () => {
  it('asks the same worker on a grant for that alone', async () => {
    link('acme', 2);
    const { binding, instance, definition, arguments: args } = admitted('acme', 2, { id: 5 });
    expect(await dispatch.lookUp({ binding, instance, definition, arguments: args }, never, 1000)).toMatchObject({
      next: 'acme/2',
    });
    expect(grants.map(({ who, grant }) => [who, grant.claims.deed])).toEqual([['acme/2', 'look-up']]);
  });
});

describe('link', () => {
  it('keeps the newer of two links of one name when the older closes late', async () => {
    const older = link('acme', 1);
    link('acme', 1);
    older.close();
    expect(await run(admitted('acme', 1))).toMatchObject({ next: 'acme/1' });
    expect(asked).toEqual([]);
  });
});
