// Certificates, proxies, and answers that are not JSON.
import { readFileSync } from 'node:fs';
import { createServer as createPlain, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createSecure } from 'node:https';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createEgress, type HttpRequest } from '../../src-connectors/egress.ts';

const pem = (name: string): string => readFileSync(join(import.meta.dirname, 'keys', name), 'utf8');
const identity = { key: pem('vendor.key.pem'), cert: pem('vendor.cert.pem') };
const trusting = { demo: 'true', caCertificate: identity.cert };

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

async function listening(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  open.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return (server.address() as AddressInfo).port;
}
const answer: RequestListener = (_, reply) => void reply.setHeader('content-type', 'application/json').end('{"a":1}');
const vendor = (options = {}) => listening(createSecure({ ...identity, ...options }, answer));
const get = (more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  path: '/x',
  headers: {},
  maxBytes: 1000,
  signal: new AbortController().signal,
  ...more,
});
const refused = { code: 'VENDOR_DOWN', message: 'The vendor could not be reached.' };

describe('createEgress over TLS', () => {
  it('believes the authority the administrator named', async () => {
    const http = createEgress({ baseUrl: `https://127.0.0.1:${await vendor()}`, settings: trusting });
    expect(await http(get())).toMatchObject({ status: 200, json: { a: 1 } });
  });

  it('refuses a certificate no public authority signed, whatever the environment says', async () => {
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    open.push(() => delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']);
    const http = createEgress({ baseUrl: `https://127.0.0.1:${await vendor()}`, settings: { demo: 'true' } });
    await expect(http(get())).rejects.toMatchObject(refused);
  });

  it('refuses a certificate of another name', async () => {
    const resolve = async () => [{ address: '127.0.0.1', family: 4 }];
    const baseUrl = `https://other.example:${await vendor()}`;
    await expect(createEgress({ baseUrl, settings: trusting, resolve })(get())).rejects.toMatchObject(refused);
  });

  it('speaks TLS 1.2 and newer only', async () => {
    const port = await vendor({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' });
    const http = createEgress({ baseUrl: `https://127.0.0.1:${port}`, settings: trusting });
    await expect(http(get())).rejects.toMatchObject(refused);
  });
});

describe('createEgress through a proxy', () => {
  it('asks it to connect, checks the vendor’s certificate itself and keeps the tunnel', async () => {
    const behind = await vendor();
    const asked: string[] = [];
    const proxy = createPlain().on('connect', (request: IncomingMessage, socket: Socket) => {
      asked.push(`${request.url} ${request.headers.authorization ?? '-'}`);
      const onward = connect(behind, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        onward.pipe(socket).pipe(onward);
      });
    });
    const settings = { caCertificate: identity.cert, proxy: `http://127.0.0.1:${await listening(proxy)}` };
    const http = createEgress({ baseUrl: 'https://vendor.example', settings });
    expect(await http(get({ headers: { authorization: 'Bearer secret' } }))).toMatchObject({ json: { a: 1 } });
    await http(get());
    expect(asked).toEqual(['vendor.example:443 -']);
    await expect(createEgress({ baseUrl: 'https://other.example', settings })(get())).rejects.toMatchObject(refused);
  });

  it.each(['socks5://127.0.0.1:1', 'http://user:pass@127.0.0.1:1', 'not a URL', 'http://127.0.0.1:1/path'])(
    'refuses %s as one',
    (proxy) => {
      const make = () => createEgress({ baseUrl: 'https://vendor.example', settings: { proxy } });
      expect(make).toThrow(expect.objectContaining({ code: 'BINDING_INVALID' }));
    },
  );
});

describe('createEgress where any answer is accepted', () => {
  const start = async (listener: RequestListener) => {
    const baseUrl = `http://127.0.0.1:${await listening(createPlain(listener))}`;
    return createEgress({ baseUrl, settings: { demo: 'true' } });
  };

  it('keeps the bytes of a file, up to the bound', async () => {
    const http = await start((_, reply) => void reply.setHeader('content-type', 'text/plain').end('a file'));
    expect(await http(get({ accept: 'any' }))).toMatchObject({ json: undefined, bytes: Buffer.from('a file') });
    await expect(http(get({ accept: 'any', maxBytes: 5 }))).rejects.toMatchObject({ code: 'VENDOR_TOO_LARGE' });
    await expect(http(get())).rejects.toMatchObject({ code: 'VENDOR_DOWN' });
  });

  it('says where a redirect leads and does not follow it', async () => {
    const http = await start((_, reply) => void reply.writeHead(302, { location: 'https://store.example/f' }).end());
    expect(await http(get({ accept: 'any' }))).toMatchObject({ status: 302, location: 'https://store.example/f' });
  });

  it('refuses packed answers, which could unpack to anything', async () => {
    const http = await start((_, reply) => void reply.setHeader('content-encoding', 'gzip').end('x'));
    await expect(http(get({ accept: 'any' }))).rejects.toMatchObject({ code: 'VENDOR_DOWN' });
  });

  it('sends a body with PUT and none with DELETE, and repeats neither', async () => {
    const seen: string[] = [];
    const http = await start((request, reply) => {
      request.setEncoding('utf8');
      let body = '';
      request.on('data', (text: string) => (body += text));
      request.on('end', () => {
        seen.push(`${request.method} ${body}`);
        if (seen.length === 1) return void reply.setHeader('content-type', 'application/json').end('1');
        reply.destroy();
      });
    });
    await http(get({ method: 'PUT', body: '{"quantity":3}' }));
    await expect(http(get({ method: 'PUT', body: '{"quantity":4}' }))).rejects.toMatchObject(refused);
    await expect(http(get({ method: 'DELETE' }))).rejects.toMatchObject(refused);
    expect(seen).toEqual(['PUT {"quantity":3}', 'PUT {"quantity":4}', 'DELETE ']);
  });
});
