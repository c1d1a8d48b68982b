// The real process, started as the supervisor starts it: no environment, no files but its code, links as sockets.
import { type ChildProcess, fork } from 'node:child_process';
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type HaloEmulator, startHaloEmulator } from '../../src-demo/halopsa/emulator.ts';
import { canonical } from '../../src-shared/canonical.ts';
import { brokerLease } from '../../src-shared/contract/broker.ts';
import { worker, workerControl } from '../../src-shared/contract/worker.ts';
import { socketPort } from '../../src-shared/node/socket-port.ts';
import { client } from '../../src-shared/wire/client.ts';
import type { Client } from '../../src-shared/wire/contract.ts';
import { serve } from '../../src-shared/wire/serve.ts';
import { bindingFor, credential } from './bound.ts';
import { haloData, own } from './halo-data.ts';
import { labelOf } from './labelled.ts';

const root = join(import.meta.dirname, '../..');
let child: ChildProcess;
let halo: HaloEmulator;
let control: Client<typeof workerControl>;

beforeEach(async () => {
  halo = await startHaloEmulator({ data: haloData(), port: 0, host: '127.0.0.1' });
  child = fork(join(root, 'src-connectors/worker.ts'), [], {
    env: {},
    execArgv: ['--permission', `--allow-fs-read=${root}`, '--no-experimental-sqlite'],
  });
  control = client(workerControl, {
    post: (message) => void child.send(message as object),
    onMessage: (listener) => void child.on('message', listener),
    onClose: (listener) => void child.on('disconnect', listener),
    close: () => child.disconnect(),
  });
});
afterEach(async () => {
  child.kill();
  await halo.close();
});

/** Two ends of a local socket; the far one is handed to the worker under a name. */
async function link(name: string): Promise<Socket> {
  const path = join(tmpdir(), `bulkhead-${randomBytes(6).toString('hex')}`);
  const server = createServer({ pauseOnConnect: true });
  await new Promise<void>((done) => server.listen(path, done));
  const far = new Promise<Socket>((done) => server.once('connection', done));
  const near = connect(path).pause();
  child.send({ link: name }, await far);
  server.close();
  return near;
}

describe('the worker process', () => {
  it('describes every connector and tool, and nothing else', async () => {
    const { connectors, tools } = await control.describe(undefined);
    expect(connectors.map(({ name }) => name)).toContain('halopsa');
    expect(connectors[0]).toMatchObject({ title: 'HaloPSA', credentialFields: ['clientId', 'clientSecret'] });
    expect(new Set(tools.map(({ name }) => name)).size).toBe(tools.length);
    const key = generateKeyPairSync('ed25519').publicKey;
    await expect(control.bind(bindingFor({ url: halo.url }, key))).rejects.toMatchObject({ code: 'ALREADY_BOUND' });
  });

  it('is bound, leases over its own link, and answers a granted call', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const binding = bindingFor({ url: halo.url }, publicKey);
    await control.bind(binding);
    const gateway = client(worker, socketPort(await link('gateway')));
    const given = { customer: 'ACME-1' };
    const { tenant, customer, instance, epoch } = binding;
    const claims = {
      tenant,
      customer,
      instance,
      epoch,
      id: randomBytes(16).toString('hex'),
      tool: 'ticket_list',
      deed: 'run' as const,
      argumentsHash: createHash('sha256').update(canonical(given)).digest('hex'),
      expires: Date.now() + 30_000,
    };
    const grant = { claims, signature: sign(null, Buffer.from(canonical(claims)), privateKey).toString('base64url') };
    const asked: unknown[] = [];
    // The broker's link comes late: the call waits for it.
    const answer = gateway.execute({ grant, tool: 'ticket_list', arguments: given });
    serve(brokerLease, { lease: (input) => (asked.push(input), { credential }) }, socketPort(await link('broker')));
    expect(await answer).toMatchObject({ status: 'ok', records: [{ label: labelOf(String(own)) }], dropped: 2 });
    expect(asked).toEqual([{ grant }]);
    await expect(gateway.execute({ grant, tool: 'ticket_list', arguments: given })).rejects.toMatchObject({
      code: 'GRANT_REFUSED',
    });
  });

  it('ends when its supervisor is gone', async () => {
    const ended = new Promise((done) => child.once('exit', done));
    await control.describe(undefined);
    child.disconnect();
    expect(await ended).toBe(0);
  });
});
