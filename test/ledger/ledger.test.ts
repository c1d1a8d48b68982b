import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { brokerSigner } from '../../src-shared/contract/broker.ts';
import { ledgerControl, ledgerWriter, type Recorded } from '../../src-shared/contract/ledger.ts';
import { signedNote } from '../../src-shared/merkle/note.ts';
import { CustomerId } from '../../src-shared/model/ids.ts';
import { socketPort } from '../../src-shared/node/socket-port.ts';
import { client } from '../../src-shared/wire/client.ts';
import type { Port } from '../../src-shared/wire/port.ts';
import { serve } from '../../src-shared/wire/serve.ts';
import { origin, publicKey } from '../merkle/export-fixture.ts';
import { sha256 } from '../merkle/leaves.ts';
import { makeFolder } from './folder.ts';
import { draft, forkLedger } from './fork-ledger.ts';
import { keySource } from './key-source.ts';

async function start(folder: string) {
  const ledger = await forkLedger(folder);
  onTestFinished(() => ledger.end('SIGKILL'));
  return ledger;
}

const intent = (tool: string) => ({ ...draft(tool), kind: 'call.intent' as const });

/** Links this process to the ledger under a name, as the supervisor links another child. It has the link when this is done. */
async function link(ledger: Awaited<ReturnType<typeof start>>, name: string): Promise<Port> {
  const server = createServer({ pauseOnConnect: true }).listen(join(makeFolder(), 's'));
  await once(server, 'listening');
  const mine = connect(server.address() as string);
  const [theirs] = (await once(server, 'connection')) as [Socket];
  ledger.child.send({ link: name }, theirs);
  server.close();
  onTestFinished(() => void mine.destroy());
  await ledger.control.interrupted().catch(() => undefined); // Answered after the link came: both take the same way.
  return socketPort(mine);
}

describe('the ledger process', () => {
  it('takes from the gateway what the gateway does, and nothing in the name of the technician', async () => {
    const folder = makeFolder();
    const ledger = await start(folder);
    await ledger.open(join(folder, 'ledger.db'));
    const gateway = await link(ledger, 'gateway');
    const writer = client(ledgerWriter, gateway);
    for (const kind of ['customer.bound', 'client.armed', 'credential.changed', 'policy.applied', 'app.stopped']) {
      const forged = { ...draft('x'), kind: kind as 'alert' };
      await expect(writer.append(forged), kind).rejects.toMatchObject({ code: 'BAD_INPUT' });
    }
  });

  it('keeps every entry it answered, whenever it is killed', { timeout: 120_000 }, async () => {
    const folder = makeFolder();
    const file = join(folder, 'ledger.db');
    const answered: Recorded[] = [];
    for (let round = 0; round < 20; round += 1) {
      const ledger = await start(folder);
      const { entries } = await ledger.open(file);
      expect(entries).toBeGreaterThanOrEqual(answered.length);
      let isAlive = true;
      const writers = Array.from({ length: 8 }, async () => {
        while (isAlive) answered.push(await ledger.control.append(draft(`round_${round}`)));
      });
      const settled = Promise.allSettled(writers);
      const enough = answered.length + 1 + round * 2;
      while (answered.length < enough) await new Promise((resolve) => setTimeout(resolve, 1));
      await ledger.end('SIGKILL');
      isAlive = false;
      await settled;
    }
    const reader = await start(folder);
    const { entries } = await reader.open(file, true);
    expect(entries).toBeGreaterThanOrEqual(answered.length);
    expect(answered.length).toBeGreaterThan(100);
    expect(await reader.control.verify()).toEqual({ ok: true, entries });
    const leaves = new Map<number, string>();
    for (let after = 0; after < entries; after += 1000) {
      const page = await reader.control.page({ after, limit: 1000, filter: {} });
      for (const { seq, leaf } of page.entries) leaves.set(seq, leaf);
    }
    expect(answered.filter(({ seq, leaf }) => leaves.get(seq) !== leaf)).toEqual([]);
  });

  it('refuses a second opener, also one that only reads, until the first is dead', async () => {
    const folder = makeFolder();
    const file = join(folder, 'ledger.db');
    const holder = await start(folder);
    await holder.open(file);
    await holder.control.append(draft('x'));
    const second = await start(folder);
    await expect(second.open(file)).rejects.toMatchObject({ code: 'LEDGER_LOCKED' });
    await expect(second.open(file, true)).rejects.toMatchObject({ code: 'LEDGER_LOCKED' });
    await holder.end('SIGKILL');
    expect(await second.open(file)).toEqual({ entries: 1, interrupted: [1], isCut: false });
  });

  it('lets the gateway append and nothing else', async () => {
    const folder = makeFolder();
    const ledger = await start(folder);
    const port = await link(ledger, 'gateway');
    const gateway = client(ledgerWriter, port);
    await expect(gateway.append(intent('early'))).rejects.toMatchObject({ code: 'LEDGER_CLOSED' });
    await ledger.open(join(folder, 'ledger.db'));
    const recorded = await Promise.all(Array.from({ length: 50 }, (_, at) => gateway.append(intent(`tool_${at}`))));
    expect(recorded.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, at) => at + 1));
    await expect(client(ledgerControl, port).verify()).rejects.toMatchObject({ code: 'UNKNOWN_CALL' });
    const wrong = { ...intent('x'), seq: 7 };
    await expect(gateway.append(wrong)).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });

  it('has its checkpoint signed by the broker, and goes without when it does not answer as it should', async () => {
    const folder = makeFolder();
    const file = join(folder, 'ledger.db');
    const ledger = await start(folder);
    await ledger.open(file);
    await ledger.control.append(draft('x'));
    expect(await ledger.control.checkpoint()).toMatchObject({ entries: 1, isSigned: false });
    let body = '';
    const sign = ({ body: asked }: { body: string }): { note: string } => {
      body = asked;
      const text = asked.startsWith(`${origin}\n2\n`) ? asked.replace('\n2\n', '\n3\n') : asked;
      return { note: signedNote(text, { name: origin, publicKey }, new Uint8Array(64), sha256) };
    };
    const { source } = await keySource();
    serve(brokerSigner, { ...source, signCheckpoint: sign }, await link(ledger, 'broker'));
    const signed = await ledger.control.checkpoint();
    expect(signed).toEqual({ entries: 1, isSigned: true, note: expect.stringContaining(`${body}\n— ${origin} `) });
    expect(await ledger.control.checkpoint()).toEqual(signed);
    await ledger.control.append(draft('x'));
    expect(await ledger.control.checkpoint()).toMatchObject({ entries: 2, isSigned: false });
    expect(await ledger.control.verify()).toEqual({ ok: true, entries: 2 });
  });

  it('seals what the gateway records with keys of the broker, refuses calls while that is away, and opens for the supervisor alone', async () => {
    const folder = makeFolder();
    const ledger = await start(folder);
    await ledger.open(join(folder, 'ledger.db'));
    const port = await link(ledger, 'gateway');
    const gateway = client(ledgerWriter, port);
    const body = { under: CustomerId.parse('meridian'), content: { params: { text: 'canary-7731' } } };
    const { params: _, ...asks } = { ...intent('x'), body };
    await expect(gateway.append(asks)).rejects.toMatchObject({ code: 'LEDGER_UNWRITABLE' });
    expect((await gateway.append({ ...asks, kind: 'call.denied' })).seq).toBe(1);
    const { source, made } = await keySource();
    const sign = (): never => {
      throw new Error('signs nothing');
    };
    const broker = await link(ledger, 'broker');
    serve(brokerSigner, { ...source, signCheckpoint: sign }, broker);
    const recorded = await Promise.all(Array.from({ length: 20 }, () => gateway.append(asks)));
    expect(recorded.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, at) => at + 2));
    expect(made).toEqual(['meridian']);
    const why = async () => (await ledger.control.bodiesOf({ seqs: [1, 2] })).map((each) => each.why);
    expect(await why()).toEqual(['none', null]);
    await expect(client(ledgerControl, port).bodiesOf({ seqs: [2] })).rejects.toMatchObject({ code: 'UNKNOWN_CALL' });
    expect(await ledger.control.interrupted()).toEqual(recorded.map(({ seq }) => seq));
    broker.close();
    await expect.poll(why).toEqual(['none', 'locked']);
    expect((await gateway.append(asks)).seq).toBe(22); // A key at hand is good without the broker.
    const other = { ...asks, body: { ...body, under: null } };
    await expect(gateway.append(other)).rejects.toMatchObject({ code: 'LEDGER_UNWRITABLE' });
    for (const name of readdirSync(folder)) expect(readFileSync(join(folder, name)).includes('canary')).toBe(false);
    const heard: number[] = [];
    ledger.control.on('verifying', ({ entries, of }) => heard.push(entries, of));
    expect(await ledger.control.verify()).toEqual({ ok: true, entries: 22 });
    expect(heard).toEqual([22, 22]);
  });

  it('tells that it grew at most ten times a second, the last time with the last entry', async () => {
    const folder = makeFolder();
    const ledger = await start(folder);
    await ledger.open(join(folder, 'ledger.db'));
    const heard: number[] = [];
    const from = performance.now();
    const isTold = new Promise<void>((resolve) => {
      ledger.control.on('grew', ({ entries }) => {
        heard.push(entries);
        if (entries === 100) resolve();
      });
    });
    await Promise.all(Array.from({ length: 100 }, () => ledger.control.append(draft('x'))));
    await isTold;
    expect(heard.length).toBeLessThanOrEqual(2 + (performance.now() - from) / 90);
    expect(heard.length).toBeLessThan(100);
  });

  it('ends in order on SIGTERM: checkpoint stored, log folded into the file', async () => {
    const folder = makeFolder();
    const file = join(folder, 'ledger.db');
    const ledger = await start(folder);
    await ledger.open(file);
    await ledger.control.append(draft('x'));
    await ledger.end('SIGTERM');
    expect(ledger.child.exitCode).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(['ledger.db', 'ledger.reserve']);
  });
});
