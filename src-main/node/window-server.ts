import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { Fault } from '../../src-shared/fault.ts';
import type { Port } from '../../src-shared/wire/port.ts';
import { websocketPort } from '../../src-shared/wire/websocket-port.ts';
import { loginContentSecurityPolicy } from '../content-security-policy.ts';
import { maxWindowMessage } from '../max-window-message.ts';
import { pageHeaders } from '../page-headers.ts';
import { boundedPort } from './bounded-port.ts';
import type { RendererFiles } from './renderer-files.ts';
import { BrowserSessions, type SessionPowers } from './browser-sessions.ts';
import { continuePage, loginNeededPage, loginPage, loginStyle, ticketRefusedPage } from './login-page.ts';
import { readForm } from './read-form.ts';

const maxWindows = 20;

export interface WindowServerOptions extends SessionPowers {
  /** 0 = any free one. */
  readonly port: number;
  readonly files: RendererFiles;
  isOperator(token: string): boolean;
  /** Counts a log-in that was wrong. True when there were too many within a minute. */
  failedLogIn(): boolean;
  onWindow(port: Port): void;
  log(text: string): void;
}

export interface WindowServer {
  readonly url: string;
  mintUrl(): string;
  close(): Promise<void>;
}

/**
 * The window over loopback HTTP. Every local process and every web page can reach this port, so nothing is served
 * without a log-in, only under our own name (a rebound DNS name has another Host), and the WebSocket only to our own
 * origin. Cookies do not tell ports apart: a browser would bring ours to any other server of this machine, which could then
 * pass for us. So the cookie belongs to a path that only a logged-in browser is told, and goes nowhere else.
 */
export async function windowServer(options: WindowServerOptions): Promise<WindowServer> {
  const sessions = new BrowserSessions(options);
  const server = createServer({
    maxHeaderSize: 8192,
    headersTimeout: 5000,
    requestTimeout: 10_000,
    connectionsCheckingInterval: 1000,
    keepAliveTimeout: 5000,
  });
  server.maxConnections = 100;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxWindowMessage, perMessageDeflate: false });
  const port = await listen(server, options.port);
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  const cookieName = `bulkhead_${port}`;
  const place = `/w/${options.randomHex(16)}/`;

  const inPlace = (path: string): string => (path.startsWith(place) ? path.slice(place.length - 1) : path);
  const isOurs = (request: IncomingMessage): boolean => hosts.includes(request.headers.host ?? '');
  const isOwnOrigin = (request: IncomingMessage): boolean =>
    request.headers.origin === `http://${request.headers.host}`;
  const isLoggedIn = (request: IncomingMessage): boolean =>
    cookies(request, cookieName).some((secret) => sessions.isSession(secret));

  server.on('request', (request, response) => {
    answer(request, response).catch(() => {
      options.log('window: a request could not be answered');
      response.destroy();
    });
  });
  server.on('upgrade', (request, socket: Duplex, head) => {
    socket.on('error', () => socket.destroy());
    const status = upgradeRefusal(request);
    if (status !== undefined)
      return void socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    sockets.handleUpgrade(request, socket, head, (opened) => options.onWindow(windowPort(opened)));
  });

  function upgradeRefusal(request: IncomingMessage): string | undefined {
    if (!isOurs(request)) return '421 Misdirected Request';
    if (inPlace(request.url ?? '') !== '/rpc') return '404 Not Found';
    if (!isOwnOrigin(request)) return '403 Forbidden';
    if (!isLoggedIn(request)) return '401 Unauthorized';
    if (sockets.clients.size >= maxWindows) return '503 Service Unavailable';
    return undefined;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isOurs(request)) return send(response, 421, 'text/plain', 'This server answers only under its own address.\n');
    const url = URL.parse(request.url ?? '/', `http://${hosts[0]}`);
    if (url === null) return send(response, 400, 'text/plain', 'Bad address.\n');
    if (url.pathname === '/login') return logIn(request, response, url.searchParams.get('t'));
    if (request.method !== 'GET' && request.method !== 'HEAD') return send(response, 405, 'text/plain', 'Only GET.\n');
    if (url.pathname === '/login.css') return send(response, 200, 'text/css; charset=utf-8', loginStyle);
    if (!isLoggedIn(request)) return send(response, 401, html, loginNeededPage);
    const file = await options.files.read(inPlace(url.pathname));
    if (file === undefined) return send(response, 404, 'text/plain', 'There is no such page.\n');
    return send(response, 200, file.type, file.body);
  }

  async function logIn(request: IncomingMessage, response: ServerResponse, ticket: string | null): Promise<void> {
    response.setHeader('content-security-policy', loginContentSecurityPolicy);
    if (request.method === 'POST') return logInByToken(request, response);
    if (request.method !== 'GET') return send(response, 405, 'text/plain', 'Only GET and POST.\n');
    if (ticket === null) return sendForm(response, 200, null);
    if (!sessions.redeem(ticket)) {
      if (options.failedLogIn()) return tooMany(response);
      return send(response, 403, html, ticketRefusedPage);
    }
    options.log('window: a browser logged in with a one-time address');
    return welcome(request, response);
  }

  async function logInByToken(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isOwnOrigin(request)) return sendForm(response, 403, 'Only this page may log in.');
    const form = await readForm(request);
    const token = form?.get('token');
    if (token === undefined || token === null) return sendForm(response, 400, 'The form did not arrive whole.');
    if (!options.isOperator(token.trim())) {
      if (options.failedLogIn()) return tooMany(response);
      options.log('window: a log-in with a wrong operator token');
      return sendForm(response, 403, 'This is not the operator token.');
    }
    options.log('window: a browser logged in with the operator token');
    return welcome(request, response);
  }

  function welcome(request: IncomingMessage, response: ServerResponse): void {
    response.setHeader('set-cookie', `${cookieName}=${sessions.begin()}; HttpOnly; SameSite=Strict; Path=${place}`);
    if (request.headers['sec-fetch-site'] === 'cross-site') return send(response, 200, html, continuePage(place));
    response.setHeader('location', place);
    return send(response, 303, 'text/plain', 'Logged in.\n');
  }

  return {
    url: `http://${hosts[0]}/`,
    mintUrl: () => `http://${hosts[0]}/login?t=${sessions.mintTicket()}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const opened of sockets.clients) opened.terminate();
      server.closeAllConnections();
      await closed;
    },
  };
}

const html = 'text/html; charset=utf-8';

async function listen(server: Server, port: number): Promise<number> {
  server.listen({ host: '127.0.0.1', port, exclusive: true });
  try {
    await once(server, 'listening');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw new Fault(
      'PORT_TAKEN',
      `The port of the window cannot be opened (${code}).`,
      'Choose another with --window-port.',
    );
  }
  return (server.address() as AddressInfo).port;
}

/** What is wrong is told so; what is right is let in also now, or any program could keep the person out. */
function tooMany(response: ServerResponse): void {
  response.setHeader('retry-after', '60');
  sendForm(response, 429, 'There were too many wrong log-ins within a minute. It is recorded.');
}

function send(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  for (const [name, value] of Object.entries(pageHeaders)) {
    if (!response.hasHeader(name)) response.setHeader(name, value);
  }
  // A request with a body that nobody reads must not keep its connection.
  if (!response.req.complete) response.setHeader('connection', 'close');
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

/** The log-in form. Under `no-referrer` a browser would post it with `Origin: null`, and every log-in would be refused. */
function sendForm(response: ServerResponse, status: number, problem: string | null): void {
  response.setHeader('referrer-policy', 'same-origin');
  send(response, status, html, loginPage(problem));
}

/** Every value of one cookie: another server of this machine may have set more under the same name. */
function cookies(request: IncomingMessage, name: string): string[] {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.filter((pair) => pair.startsWith(`${name}=`)).map((pair) => pair.slice(name.length + 1));
}

function windowPort(socket: WebSocket): Port {
  const port = websocketPort(socket);
  socket.on('error', () => socket.terminate()); // Too large or malformed; 'close' follows.
  const post = (message: unknown): void => {
    if (socket.readyState === socket.OPEN) port.post(message);
  };
  const peer = { waiting: () => socket.bufferedAmount, cutOff: () => socket.terminate() };
  return boundedPort({ ...port, post }, peer);
}
