import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createEgress, type HttpRequest } from '../../src-connectors/egress.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function start(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const demo = { demo: 'true' };
const get = (more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  path: '/x',
  headers: {},
  maxBytes: 1000,
  signal: new AbortController().signal,
  ...more,
});
const json =
  (text: string): RequestListener =>
  (_, answer) =>
    void answer.setHeader('content-type', 'application/json').end(text);

describe('createEgress', () => {
  it('answers with status and parsed body, over one kept connection', async () => {
    const ports = new Set<number | undefined>();
    const url = await start((request, answer) => {
      ports.add(request.socket.remotePort);
      json('{"a":1}')(request, answer);
    });
    const http = createEgress({ baseUrl: `${url}/base/`, settings: demo });
    expect(await http(get())).toEqual({
      status: 200,
      retryAfter: undefined,
      location: undefined,
      json: { a: 1 },
      bytes: undefined,
    });
    await http(get());
    expect(ports.size).toBe(1);
  });

  it('stays below the base URL and sends its own Host', async () => {
    const seen: string[] = [];
    const url = await start((request, answer) => {
      seen.push(`${request.headers.host}${request.url}`);
      json('1')(request, answer);
    });
    await createEgress({ baseUrl: `${url}/base/`, settings: demo })(get());
    expect(seen).toEqual([`${url.slice('http://'.length)}/base/x`]);
  });

  it.each([
    ['https://10.0.0.1', {}],
    ['https://127.0.0.1', {}],
    ['https://127.0.0.1', { onPremises: 'true' }],
    ['https://[::1]', {}],
    ['https://2130706433', {}],
    ['https://[::ffff:10.0.0.1]', {}],
    ['https://169.254.169.254', { onPremises: 'true', demo: 'true' }],
    ['https://10.0.0.1', { demo: 'true' }],
    ['http://halo.example', {}],
    ['ftp://halo.example', demo],
    ['https://user:word@halo.example', {}],
    ['https://halo.example/?a=b', {}],
  ])('refuses the base URL %s with %o', (baseUrl, settings) => {
    expect(() => createEgress({ baseUrl, settings })).toThrow(expect.objectContaining({ code: 'BINDING_INVALID' }));
  });

  it('takes a private address when the instance is on premises', () => {
    expect(createEgress({ baseUrl: 'http://10.0.0.1', settings: { onPremises: 'true' } })).toBeTypeOf('function');
  });

  it('connects to the address it checked, and refuses a name of which any address is not public', async () => {
    const url = await start(json('1'));
    const port = url.split(':')[2];
    const answers = (found: string[], settings: Record<string, string>) =>
      createEgress({
        baseUrl: `http://halo.example:${port}`,
        settings,
        resolve: async () => found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      })(get());
    expect(await answers(['127.0.0.1'], demo)).toMatchObject({ status: 200 });
    const refused = {
      code: 'VENDOR_ERROR',
      message: "The vendor's host name leads to an address that may not be used.",
    };
    await expect(answers(['127.0.0.1'], { onPremises: 'true' })).rejects.toMatchObject(refused);
    await expect(answers(['127.0.0.1', '10.0.0.1'], demo)).rejects.toMatchObject(refused);
    await expect(answers(['169.254.169.254'], demo)).rejects.toMatchObject(refused);
    await expect(answers([], demo)).rejects.toMatchObject(refused);
  });

  it('does not follow a redirect', async () => {
    const seen: (string | undefined)[] = [];
    const url = await start((request, answer) => {
      seen.push(request.url);
      answer.writeHead(302, { location: 'http://169.254.169.254/' }).end();
    });
    expect(await createEgress({ baseUrl: url, settings: demo })(get())).toMatchObject({ status: 302, json: undefined });
    expect(seen).toEqual(['/x']);
  });

  it.each([
    ['announced', (answer: ServerResponse) => void answer.setHeader('content-length', 2000).end(' '.repeat(2000))],
    [
      'streamed',
      (answer: ServerResponse) => {
        const more = (): void => void (answer.write(' '.repeat(600)) && !answer.destroyed && setImmediate(more));
        more();
      },
    ],
  ])('breaks off an answer over the size cap that is %s', async (_, send) => {
    const url = await start((_request, answer) => {
      answer.setHeader('content-type', 'application/json');
      send(answer);
    });
    await expect(createEgress({ baseUrl: url, settings: demo })(get())).rejects.toMatchObject({
      code: 'VENDOR_TOO_LARGE',
      message: 'The vendor sent more than this tool may read.',
    });
  });

  it.each<[string, RequestListener]>([
    ['not JSON', json('{"secret": oops')],
    ['another content type', (_, answer) => void answer.setHeader('content-type', 'text/html').end('{}')],
    [
      'compressed',
      (_, answer) =>
        void answer.setHeader('content-encoding', 'gzip').setHeader('content-type', 'application/json').end('1'),
    ],
  ])('faults on a body that is %s, without its words', async (_, listener) => {
    const url = await start(listener);
    await expect(createEgress({ baseUrl: url, settings: demo })(get())).rejects.toMatchObject({
      code: 'VENDOR_DOWN',
      message: 'The vendor answered with something other than JSON.',
    });
  });

  it('faults on a half answer', async () => {
    const url = await start((_, answer) => {
      answer.setHeader('content-type', 'application/json').setHeader('content-length', 100);
      answer.write('{', () => answer.destroy());
    });
    await expect(createEgress({ baseUrl: url, settings: demo })(get())).rejects.toMatchObject({
      message: 'The vendor broke off its answer.',
    });
  });

  it('repeats a read, and never a write, on a connection the vendor had closed', async () => {
    let calls = 0;
    const url = await start((request, answer) => {
      calls += 1;
      if (calls % 2 === 0) request.socket.destroy();
      else request.resume().on('end', () => json('1')(request, answer));
    });
    const http = createEgress({ baseUrl: url, settings: demo });
    await http(get());
    expect(await http(get())).toMatchObject({ status: 200 });
    expect(calls).toBe(3);
    await expect(http(get({ method: 'POST', body: '1' }))).rejects.toMatchObject({ code: 'VENDOR_DOWN' });
    expect(calls).toBe(4);
  });

  it('ends with its signal, before and during', async () => {
    const url = await start(() => {});
    const http = createEgress({ baseUrl: url, settings: demo });
    await expect(http(get({ signal: AbortSignal.abort() }))).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect(http(get({ signal: AbortSignal.timeout(20) }))).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('refuses a path that could name a host', async () => {
    const http = createEgress({ baseUrl: 'https://halo.example', settings: {} });
    await expect(http(get({ path: '//evil.example/' }))).rejects.toMatchObject({ code: 'INTERNAL' });
    await expect(http(get({ path: 'https://evil.example/' }))).rejects.toMatchObject({ code: 'INTERNAL' });
  });
});
