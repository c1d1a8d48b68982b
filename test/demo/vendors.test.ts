import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHalo, ticketNamed } from './northway.ts';
import type { Halo, Json } from './northway.ts';

const entry = join(import.meta.dirname, '..', '..', 'src-demo', 'vendors.ts');

/** The first of three ports in a row that nobody listens on. */
async function threeFreePorts(): Promise<number> {
  const held = [createServer().listen(0, '127.0.0.1')];
  await once(held[0]!, 'listening');
  const first = (held[0]!.address() as AddressInfo).port;
  held.push(createServer().listen(first + 1, '127.0.0.1'), createServer().listen(first + 2, '127.0.0.1'));
  const areFree = await Promise.all(held.slice(1).map((server) => once(server, 'listening'))).then(
    () => true,
    () => false,
  );
  await Promise.all(held.map((server) => new Promise((closed) => server.close(closed))));
  return areFree ? first : threeFreePorts();
}

describe('vendors', () => {
  it('prints one ready line and stops on SIGTERM', async () => {
    const child = spawn(process.execPath, [entry, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'exit');
    const lines: string[] = [];
    for await (const line of createInterface(child.stdout)) {
      lines.push(line);
      const ready = JSON.parse(line.replace(/^ready /, '')) as Record<string, { url: string; instance: string }>;
      expect(Object.entries(ready).map(([connector, { instance }]) => [connector, instance])).toEqual([
        ['halopsa', 'northway-halo'],
        ['hudu', 'northway-hudu'],
        ['pax8', 'northway-pax8'],
      ]);
      expect((await fetch(`${ready['halopsa']?.url}/api/authinfo`)).status).toBe(200);
      expect((await fetch(`${ready['hudu']?.url}/api/v1/api_info`)).status).toBe(401);
      child.kill('SIGTERM');
    }
    expect(await ended).toEqual([0, null]);
    expect(lines).toHaveLength(1);
  });

  it('gives the first vendor the port and the next ones those after it', async () => {
    const first = await threeFreePorts();
    const child = spawn(process.execPath, [entry, '--port', String(first)], { stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const line of createInterface(child.stdout)) {
      const ready = JSON.parse(line.replace(/^ready /, '')) as Record<string, { url: string }>;
      const ports = Object.values(ready).map(({ url }) => Number(new URL(url).port));
      expect(ports).toEqual([first, first + 1, first + 2]);
      child.kill('SIGTERM');
    }
  });

  it.each([
    [['--port', 'x'], 2, 'Usage: vendors'],
    [['--file', 'x'], 2, 'Usage: vendors'],
    [['--data', '/nowhere.json'], 1, 'The demo data file /nowhere.json cannot be read.'],
  ])('refuses %j with a plain line', async (words, code, message) => {
    const child = spawn(process.execPath, [entry, ...words], { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (part: Buffer) => (said += part.toString()));
    expect(await once(child, 'close')).toEqual([code, null]);
    expect(said).toContain(message);
  });
});

describe('the admin endpoints', () => {
  let halo: Halo;
  beforeAll(async () => {
    halo = await startHalo();
  });
  afterAll(() => halo.emulator.close());
  const admin = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    fetch(`${halo.emulator.url}/_emulator/${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });

  it('change faults and refuse unknown ones', async () => {
    expect(await (await admin('POST', 'faults', { mixForeignRows: 2 })).json()).toMatchObject({ mixForeignRows: 2 });
    expect(halo.emulator.faults.mixForeignRows).toBe(2);
    expect((await admin('POST', 'faults', { mixForeignRow: 2 })).status).toBe(400);
    await admin('POST', 'faults', { mixForeignRows: 0 });
    expect(await (await admin('GET', 'faults')).json()).toMatchObject({ mixForeignRows: 0 });
  });

  it('show and empty the log of requests', async () => {
    await halo.get('Status');
    expect(((await (await admin('GET', 'requests')).json()) as Json[]).at(-1)).toMatchObject({ path: '/api/Status' });
    await admin('DELETE', 'requests');
    expect(halo.emulator.requests).toEqual([]);
  });

  it('move a ticket under a caller’s feet', async () => {
    const id = ticketNamed('Surgery printer offline');
    await admin('POST', `tickets/${id}`, { client_id: 87 });
    expect((await halo.get(`Tickets/${id}`)).json()).toMatchObject({
      client_id: 87,
      client_name: 'Meridian Logistics',
    });
    expect((await halo.rows('Tickets?client_id=87')).map((row) => row['id'])).toContain(id);
    await admin('POST', `tickets/${id}`, { client_id: null });
    expect((await halo.get(`Tickets/${id}`)).json()).not.toHaveProperty('client_id');
    expect((await admin('POST', 'tickets/1', {})).status).toBe(404);
  });

  it('refuse a browser page', async () => {
    expect((await admin('GET', 'faults', undefined, { origin: 'https://page.example' })).status).toBe(403);
  });
});
