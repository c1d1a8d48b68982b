// The vendors, in the process that watches: they outlive every kill and forget no request. What they were asked is noted as it
// arrives at the HTTP server, before the emulator knows of it.
import { channel } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DemoData } from '../../src-demo/demo-data.ts';
import { type DemoVendor, demoVendors } from '../../src-demo/emulators.ts';
import type { Emulator } from '../../src-demo/vendor/emulator.ts';
import { markAsked } from './marks.ts';

export interface Asked {
  readonly connector: string;
  readonly method: string;
  readonly path: string;
  /** Milliseconds since 1970 at which it arrived, and at which its answer was sent. */
  readonly at: number;
  answeredAt: number | null;
  mark: number | null;
}

export interface VendorSide {
  readonly vendors: readonly (DemoVendor & { readonly url: string })[];
  /** Oldest first. Whoever has judged them takes them away. */
  readonly asked: Asked[];
  /** Makes every answer take so many milliseconds. */
  slowDown(ms: number): void;
  close(): Promise<void>;
}

/** What Node tells of each request that any server of this process receives. */
interface Started {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

export async function startVendorSide(data: DemoData): Promise<VendorSide> {
  const running: { readonly vendor: DemoVendor; readonly emulator: Emulator }[] = [];
  for (const vendor of demoVendors(data)) running.push({ vendor, emulator: await vendor.start(0) });
  const byPort = new Map(running.map(({ vendor, emulator }) => [new URL(emulator.url).port, vendor.connector]));
  const asked: Asked[] = [];
  const requests = channel('http.server.request.start');
  const note = (message: unknown): void => {
    const { request, response } = message as Started;
    const connector = byPort.get(String(request.socket.localPort));
    if (connector !== undefined) asked.push(watched(connector, request, response));
  };
  requests.subscribe(note);
  return {
    vendors: running.map(({ vendor, emulator }) => ({ ...vendor, url: emulator.url })),
    asked,
    slowDown: (ms) => {
      for (const { emulator } of running) emulator.faults.latencyMs = ms;
    },
    close: async () => {
      requests.unsubscribe(note);
      await Promise.all(running.map(({ emulator }) => emulator.close()));
    },
  };
}

function watched(connector: string, request: IncomingMessage, response: ServerResponse): Asked {
  const [path = '', query = ''] = decodeURIComponent((request.url ?? '').replaceAll('+', ' ')).split('?', 2);
  const method = request.method ?? '';
  const one: Asked = { connector, method, path, at: Date.now(), answeredAt: null, mark: markAsked(path, query, '') };
  let body = '';
  request.on('data', (chunk: Buffer) => {
    body += chunk.toString();
    one.mark ??= markAsked(path, query, body);
  });
  response.once('finish', () => (one.answeredAt = Date.now()));
  return one;
}
