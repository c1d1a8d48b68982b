import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Fault } from '../../src-shared/fault.ts';
import { socketPort } from '../../src-shared/node/socket-port.ts';
import { client } from '../../src-shared/wire/client.ts';
import { call, type Client, event, type Handlers } from '../../src-shared/wire/contract.ts';
import { memoryPorts } from '../../src-shared/wire/memory-port.ts';
import type { Port } from '../../src-shared/wire/port.ts';
import { serve } from '../../src-shared/wire/serve.ts';

const contract = {
  double: call(z.strictObject({ n: z.int() }), z.int()),
  wait: call(z.void(), z.void()),
  fail: call(z.strictObject({ how: z.string() }), z.void()),
  told: event(z.strictObject({ n: z.int() })),
};

const folder = mkdtempSync(join(tmpdir(), 'bulkhead-wire-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let last = 0;

/** Two ends of a real local socket, paused as the supervisor hands them over. */
async function socketPair(): Promise<[Socket, Socket]> {
  const server = createServer({ pauseOnConnect: true });
  server.listen(join(folder, `${(last += 1)}.sock`));
  await once(server, 'listening');
  const near = connect(join(folder, `${last}.sock`));
  const [[far]] = (await Promise.all([once(server, 'connection'), once(near, 'connect')])) as [[Socket], unknown];
  server.close();
  return [near, far];
}
const socketPorts = async (): Promise<[Port, Port]> => {
  const [near, far] = await socketPair();
  return [socketPort(near), socketPort(far)];
};

describe.each([
  ['memory', async () => memoryPorts()],
  ['a local socket', socketPorts],
])('a contract over %s', (_, ports) => {
  let near: Port;
  let far: Port;
  let api: Client<typeof contract>;
  let aborted: number;
  let unexpected: unknown[];
  let emit: ReturnType<typeof serve<typeof contract>>['emit'];

  beforeEach(async () => {
    [near, far] = await ports();
    aborted = 0;
    unexpected = [];
    const handlers: Handlers<typeof contract> = {
      double: ({ n }) => n * 2,
      wait: (_input, signal) =>
        new Promise((resolve) => signal.addEventListener('abort', () => resolve(void aborted++))),
      fail: ({ how }) => {
        if (how === 'fault') throw new Fault('MINE', 'my words', 'my remedy');
        if (how === 'long') throw new Fault('MINE', 'x'.repeat(2000), 'y'.repeat(2000));
        if (how === 'answer') return 5 as never;
        throw new Error('the password is hunter2');
      },
    };
    ({ emit } = serve(contract, handlers, far, (thrown) => unexpected.push(thrown)));
    api = client(contract, near);
  });

  it('answers calls that overlap, each with its own', async () => {
    const answers = await Promise.all(Array.from({ length: 100 }, (_each, n) => api.double({ n })));
    expect(answers).toEqual(Array.from({ length: 100 }, (_each, n) => n * 2));
  });

  it('carries a fault as its code, words and remedy', async () => {
    await expect(api.fail({ how: 'fault' })).rejects.toMatchObject({
      code: 'MINE',
      message: 'my words',
      remedy: 'my remedy',
    });
    expect(unexpected).toEqual([]);
  });

  it('cuts words that are too long rather than lose the fault', async () => {
    await expect(api.fail({ how: 'long' })).rejects.toMatchObject({ code: 'MINE', message: 'x'.repeat(500) });
    expect(await api.double({ n: 1 })).toBe(2);
  });

  it('says nothing of what else was thrown, and tells it to its own side', async () => {
    const failed = await api.fail({ how: 'error' }).catch((thrown: unknown) => thrown);
    expect(failed).toMatchObject({ code: 'INTERNAL' });
    expect(String(failed)).not.toContain('hunter2');
    expect(unexpected).toMatchObject([{ message: 'the password is hunter2' }]);
  });

  it('sends no answer that is not of the contract', async () => {
    await expect(api.fail({ how: 'answer' })).rejects.toMatchObject({ code: 'INTERNAL' });
  });

  it('refuses input of another shape before any handler sees it', async () => {
    for (const input of [{}, { n: '1' }, { n: 1, more: true }, null, [1]]) {
      await expect(api.double(input as never), JSON.stringify(input)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    }
  });

  it('cancels at the other side when its signal aborts', async () => {
    const gone = new AbortController();
    const waiting = api.wait(undefined, { signal: gone.signal });
    await api.double({ n: 1 });
    gone.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
    await api.double({ n: 1 });
    expect(aborted).toBe(1);
    await expect(api.double({ n: 1 }, { signal: gone.signal })).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('gives up and cancels when its time is over', async () => {
    await expect(api.wait(undefined, { deadlineMs: 5 })).rejects.toMatchObject({ code: 'DEADLINE' });
    await api.double({ n: 1 });
    expect(aborted).toBe(1);
  });

  it('rejects what waits when the port closes, aborts what runs, and takes nothing more', async () => {
    const waiting = api.wait(undefined);
    await api.double({ n: 1 });
    const closed = new Promise<void>((resolve) => far.onClose(resolve));
    near.close();
    await expect(waiting).rejects.toMatchObject({ code: 'PORT_CLOSED' });
    await closed;
    expect(aborted).toBe(1);
    await expect(api.double({ n: 1 })).rejects.toMatchObject({ code: 'PORT_CLOSED' });
  });

  it('tells events to who listens, until they do not any more', async () => {
    const heard: number[] = [];
    const stop = api.on('told', ({ n }) => heard.push(n));
    emit('told', { n: 1 });
    await api.double({ n: 1 });
    stop();
    emit('told', { n: 2 });
    await api.double({ n: 1 });
    expect(heard).toEqual([1]);
  });

  it('closes on an event of another shape, and lives', async () => {
    api.on('told', () => {});
    const closed = new Promise<void>((resolve) => near.onClose(resolve));
    emit('told', { n: 'x' } as never);
    await closed;
  });

  it('knows no call that is not in the contract, also none that every object has', async () => {
    const faults: unknown[] = [];
    near.onMessage((message) => faults.push(message));
    for (const name of ['nothing', 'told', '__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      near.post({ type: 'request', id: 1000, name });
    }
    await api.double({ n: 1 });
    expect(faults.slice(0, 6)).toMatchObject(
      Array.from({ length: 6 }, () => ({ type: 'fault', id: 1000, code: 'UNKNOWN_CALL' })),
    );
  });

  it.each([
    ['no message', 'hello'],
    ['null', null],
    ['a type nobody sends', { type: 'please' }],
    ['a request with a member more', { type: 'request', id: 1, name: 'double', input: {}, as: 'admin' }],
    ['a request without an id', { type: 'request', name: 'double' }],
  ])('closes the port on %s', async (_what, message) => {
    const closed = new Promise<void>((resolve) => near.onClose(resolve));
    near.post(message);
    await closed;
  });

  it('passes over answers to questions it never asked', async () => {
    far.post({ type: 'reply', id: 9999, value: 1 });
    far.post({ type: 'fault', id: 9999, code: 'X', message: 'x' });
    expect(await api.double({ n: 2 })).toBe(4);
  });
});

describe('socketPort', () => {
  it('loses nothing that came before its first listener, and puts lines cut anywhere together', async () => {
    const [near, far] = await socketPair();
    const port = socketPort(far);
    const bytes = Buffer.from('{"text":"ä🙂"}\n{"n":2}\n{"n"');
    for (const byte of bytes) near.write(Uint8Array.of(byte));
    await new Promise((resolve) => setTimeout(resolve, 20));
    const heard: unknown[] = [];
    port.onMessage((message) => heard.push(message));
    near.write(':3}\n');
    await expect.poll(() => heard).toEqual([{ text: 'ä🙂' }, { n: 2 }, { n: 3 }]);
    near.destroy();
  });

  it('closes on a line that is not JSON, and hears nothing after it', async () => {
    const [near, far] = await socketPair();
    const heard: unknown[] = [];
    const port = socketPort(far);
    const closed = new Promise<void>((resolve) => port.onClose(resolve));
    port.onMessage((message) => heard.push(message));
    near.write('{"n":1}\nrubbish\n{"n":2}\n');
    await closed;
    expect(heard).toEqual([{ n: 1 }]);
  });

  it('closes on a line longer than any message of ours, before it holds all of it', async () => {
    const [near, far] = await socketPair();
    near.on('error', () => {});
    const port = socketPort(far);
    const closed = new Promise<void>((resolve) => port.onClose(resolve));
    port.onMessage(() => {});
    const chunk = Buffer.alloc(1024 * 1024, 'x');
    for (let sent = 0; sent < 33 && !near.destroyed; sent += 1) near.write(chunk);
    await closed;
  });
});
