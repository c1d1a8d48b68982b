import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { contentSecurityPolicy } from '../../src-main/content-security-policy.ts';
import type { Sender } from '../double/remote.ts';
import { launch, type Desktop } from '../double/launch.ts';
import { buildStub } from '../hosts/build-stub.ts';
import { type RunningHost, runHost } from '../hosts/run-host.ts';

/** The built main and preload on the double of `electron`: our wiring, not Electron itself (see test/double/electron.ts). */
let out: string;
let host: RunningHost;
let desktop: Desktop;
let page: Page;
beforeAll(async () => {
  out = await buildStub('desktop');
  host = await runHost({ kind: 'electron', out });
  if (host.desktop === undefined) throw new Error('no desktop');
  desktop = host.desktop;
  page = await host.page();
  await page.getByText('hello').waitFor();
});
afterAll(() => host.stop());

const request = JSON.stringify({ type: 'request', id: 9, name: 'echo', input: 'x' });
const ipc = (from: Sender, ...args: unknown[]): Promise<unknown> =>
  desktop.ask({ ask: 'ipc', channel: 'bulkhead:port', from, args });
const lines = async (start: string): Promise<number> =>
  (await host.control.log()).filter((line) => line.startsWith(start)).length;

describe('index', () => {
  it('turns the sandbox on and registers its scheme before Electron is ready', async () => {
    const records = await desktop.records();
    expect(records.slice(0, 2)).toEqual([
      { what: 'app.enableSandbox', detail: { isReady: false } },
      {
        what: 'protocol.registerSchemesAsPrivileged',
        detail: [{ scheme: 'app', privileges: { standard: true, secure: true } }],
      },
    ]);
  });

  it('shows the first window instead of starting a second application on the same home', async () => {
    const shown = async (): Promise<number> =>
      (await desktop.records()).filter(({ what }) => what === 'window.focus').length;
    const before = await shown();
    const second = launch({ entry: `${out}/main/index.js`, args: ['--home', host.home] });
    expect((await second.ended).code).toBe(0);
    await expect.poll(shown).toBe(before + 1);
    expect(await desktop.ask({ ask: 'windows' })).toBe(1);
  });
});

describe('createWindow', () => {
  it('isolates the page from Node', async () => {
    const made = (await desktop.records()).find(({ what }) => what === 'BrowserWindow');
    expect(made?.detail).toEqual({
      title: 'No customer - Bulkhead',
      webPreferences: {
        preload: '',
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webviewTag: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        spellcheck: false,
        navigateOnDragDrop: false,
        devTools: true,
      },
    });
  });
});

describe('preload', () => {
  it('gives the page two functions, frozen, and nothing else of ours', async () => {
    const seen = await page.evaluate(() => {
      const scope = window as unknown as Record<string, unknown>;
      const bridge = scope['bulkhead'] as Record<string, unknown>;
      const tries = (work: () => void): string => {
        try {
          work();
          return 'done';
        } catch (error) {
          return (error as Error).name;
        }
      };
      return {
        members: Object.entries(bridge).map(([name, value]) => [name, typeof value]),
        isFrozen: Object.isFrozen(bridge),
        replace: tries(() => Object.defineProperty(window, 'bulkhead', { value: 1 })),
        change: tries(() => Object.defineProperty(bridge, 'post', { value: 1 })),
        globals: ['require', 'process', 'module', 'Buffer', 'ipcRenderer', '__toMain', '__fromMain'].filter(
          (name) => scope[name] !== undefined,
        ),
      };
    });
    expect(seen).toEqual({
      members: [
        ['post', 'function'],
        ['onMessage', 'function'],
      ],
      isFrozen: true,
      replace: 'TypeError',
      change: 'TypeError',
      globals: [],
    });
  });

  it('posts text only, and no more than a megabyte of it', async () => {
    const refused = await page.evaluate(() => {
      const post = (window as unknown as { bulkhead: { post(value: unknown): void } }).bulkhead.post;
      return [{}, 1, null, ['x'], 'x'.repeat(1024 * 1024 + 1)].map((value) => {
        try {
          post(value);
          return 'posted';
        } catch (error) {
          return (error as Error).message;
        }
      });
    });
    expect(refused).toEqual(Array.from({ length: 5 }, () => 'Only short text can be posted.'));
  });
});

describe('serveWindowPort', () => {
  it.each(['sub-frame', 'no-frame', 'other-contents', 'other-origin'] as const)(
    'refuses a message from %s',
    async (from) => {
      const before = await lines('window: a message from a foreign frame');
      await ipc(from, request);
      expect(await lines('window: a message from a foreign frame')).toBe(before + 1);
      expect((await host.control.surface()).windows).toBe(1);
    },
  );

  it.each([
    ['what is not text', { type: 'request' }],
    ['what is not JSON', '{'],
    ['too long a text', `"${'x'.repeat(1024 * 1024)}"`],
  ])('closes the connection on %s', async (_what, sent) => {
    await ipc('page', request);
    expect((await host.control.surface()).windows).toBe(1);
    await ipc('page', sent);
    expect((await host.control.surface()).windows).toBe(0);
    await ipc('page', request);
    expect((await host.control.surface()).windows).toBe(1);
  });
});

describe('confinePages', () => {
  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])(
    'prevents %s',
    async (name) => {
      expect(await desktop.ask({ ask: 'contents', name })).toBe(true);
    },
  );

  it('keeps the page where it is when it tries to leave', async () => {
    await page.evaluate(() => {
      window.location.href = 'https://evil.example/';
    });
    await expect.poll(async () => (await desktop.records()).some(({ what }) => what === 'will-navigate')).toBe(true);
    expect(page.url()).toBe('https://bulkhead/index.html');
  });

  it('opens no other window', async () => {
    await page.evaluate(() => void window.open('https://evil.example/'));
    await expect
      .poll(async () => (await desktop.records()).filter(({ what }) => what === 'window.open'))
      .toEqual([{ what: 'window.open', detail: { action: 'deny' } }]);
    await expect
      .poll(
        () =>
          page
            .context()
            .pages()
            .filter((open) => !open.url().startsWith('about:')).length,
      )
      .toBe(1);
  });

  it.each([
    'media',
    'geolocation',
    'notifications',
    'clipboard-read',
    'usb',
    'hid',
    'serial',
    'local-network-access',
    'loopback-network',
    'openExternal',
    'unknown',
  ])('denies the permission %s', async (permission) => {
    expect(await desktop.ask({ ask: 'permission', permission, from: 'app://bulkhead' })).toEqual({
      request: false,
      check: false,
      device: false,
    });
  });

  it('lets our own page, and no other, write text to the clipboard', async () => {
    const asked = { ask: 'permission', permission: 'clipboard-sanitized-write' } as const;
    expect(await desktop.ask({ ...asked, from: 'app://bulkhead' })).toMatchObject({ request: true, check: true });
    for (const from of ['https://evil.example', 'app://bulkhead.evil', 'null']) {
      expect(await desktop.ask({ ...asked, from })).toEqual({ request: false, check: false, device: false });
    }
  });

  it('saves what our own page made, and no other download', async () => {
    expect(await desktop.ask({ ask: 'download', url: 'blob:app://bulkhead/6d0c' })).toBe(false);
    for (const url of ['https://evil.example/a', 'blob:https://evil.example/a', 'app://bulkhead/index.html']) {
      expect(await desktop.ask({ ask: 'download', url })).toBe(true);
    }
  });
});

describe('serveAppScheme', () => {
  const fetched = async (url: string, method = 'GET') =>
    (await desktop.ask({ ask: 'fetch', url, method })) as {
      status: number;
      headers: Record<string, string>;
      body: string;
    };

  it('serves the built window under the one policy', async () => {
    const { status, headers, body } = await fetched('app://bulkhead/');
    expect([status, headers['content-security-policy'], headers['content-type']]).toEqual([
      200,
      contentSecurityPolicy,
      'text/html; charset=utf-8',
    ]);
    expect(body).toContain('<title>stub</title>');
  });

  it.each([
    ['app://bulkhead/../secret.txt', 'GET'],
    ['app://bulkhead/..%2Fsecret.txt', 'GET'],
    ['app://bulkhead/%2e%2e/secret.txt', 'GET'],
    ['app://bulkhead//etc/passwd', 'GET'],
    ['app://bulkhead/assets', 'GET'],
    ['app://other/index.html', 'GET'],
    ['app://bulkhead/index.html', 'POST'],
  ])('refuses %s by %s', async (url, method) => {
    const { status, headers } = await fetched(url, method);
    expect([status, headers['content-security-policy']]).toEqual([404, contentSecurityPolicy]);
  });

  it('runs no inline script and reaches no other host', async () => {
    const seen = await page.evaluate(async () => {
      const violated: string[] = [];
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
        violated.push(effectiveDirective),
      );
      const script = document.createElement('script');
      script.textContent = 'window.injected = true';
      document.body.append(script);
      const image = document.createElement('img');
      image.src = 'https://evil.example/leak.png';
      document.body.append(image);
      const frame = document.createElement('iframe');
      frame.src = 'https://evil.example/';
      document.body.append(frame);
      await fetch('https://evil.example/').catch(() => {});
      for (let tries = 0; new Set(violated).size < 4 && tries < 150; tries++)
        await new Promise((resolve) => setTimeout(resolve, 100));
      return { title: document.title, injected: 'injected' in window, violated: [...new Set(violated)].sort() };
    });
    expect(seen).toEqual({
      title: 'stub',
      injected: false,
      violated: ['connect-src', 'frame-src', 'img-src', 'script-src-elem'],
    });
  });
});

describe('electronHost', () => {
  it('names the customer in the title and in the tray', async () => {
    await host.control.tell({ customer: 'CONTOSO', hue: 210, isProblem: true, pendingApprovals: 0 });
    const records = await desktop.records();
    expect(records.findLast(({ what }) => what === 'setTitle')?.detail).toBe('CONTOSO - Bulkhead');
    expect(records.findLast(({ what }) => what === 'tray.setToolTip')?.detail).toBe('CONTOSO (needs attention)');
    expect(records.findLast(({ what }) => what === 'tray.setContextMenu')?.detail).toEqual([
      'CONTOSO (needs attention)',
      '-',
      'Open Bulkhead',
      'Quit',
    ]);
  });

  it('says what waits for a person everywhere a person may look, and of the call only its title and customer', async () => {
    const state = { customer: 'CONTOSO', hue: 210, isProblem: false };
    const count = async (wanted: string) => (await desktop.records()).filter(({ what }) => what === wanted).length;
    const last = async (wanted: string) => (await desktop.records()).findLast(({ what }) => what === wanted)?.detail;
    const lastAsked = { id: 'ap-1', title: 'Reply to the customer', customer: 'Contoso' };
    await host.control.tell({ ...state, pendingApprovals: 2, lastAsked });
    expect(await last('setTitle')).toBe('(2) CONTOSO - Bulkhead');
    expect(await last('tray.setToolTip')).toBe('CONTOSO\n2 calls wait for a person');
    expect(await last('tray.setContextMenu')).toEqual([
      'CONTOSO',
      '2 calls wait for a person',
      '-',
      'Open Bulkhead',
      'Quit',
    ]);
    expect(await last('app.setBadgeCount')).toBe(2);
    expect(await last('notification.show')).toEqual({
      title: 'Approval needed',
      body: 'Reply to the customer · Contoso',
    });
    await host.control.tell({ ...state, pendingApprovals: 2, lastAsked }); // The same again is no news.
    expect([await count('notification.show'), await count('window.flashFrame')]).toEqual([1, 1]);

    await desktop.ask({ ask: 'notices' });
    expect(await last('loadURL')).toBe('app://bulkhead/index.html#/approvals');
    await desktop.ask({ ask: 'tray', label: '2 calls wait for a person' });
    expect(
      (await desktop.records()).filter(({ detail }) => detail === 'app://bulkhead/index.html#/approvals'),
    ).toHaveLength(2);

    await host.control.tell({ ...state, pendingApprovals: 0 });
    expect([await last('app.setBadgeCount'), await count('notification.close')]).toEqual([0, 1]);
    expect(await last('setTitle')).toBe('CONTOSO - Bulkhead');
  });

  it('passes no permission flag to a utility process, because it would look as if it held', async () => {
    await host.control.spawn({ env: {}, read: [], write: [], mayLoadAddons: false, isConfined: true });
    const forked = (await desktop.records()).find(({ what }) => what === 'utilityProcess.fork');
    expect(forked?.detail).toEqual({
      serviceName: 'Bulkhead worker',
      execArgv: ['--max-old-space-size=128', '--max-semi-space-size=8'],
    });
  });

  it('loads a page that crashes again after a pause, and not once for each crash', async () => {
    const other = await runHost({ kind: 'electron', out });
    const shown = await other.page();
    await shown.getByText('hello').waitFor();
    const loads = async () => (await other.desktop?.records())?.filter(({ what }) => what === 'loadURL').length ?? 0;
    const before = await loads();
    const crash = () => other.desktop?.ask({ ask: 'contents', name: 'render-process-gone' });
    await Promise.all([crash(), crash(), crash()]);
    await expect.poll(loads).toBe(before + 1);
    await shown.getByText('hello').waitFor();
    await other.stop();
  });

  it('ends when its last window closes on a desktop whose tray may not be seen', async () => {
    const other = await runHost({ kind: 'electron', out });
    await other.page();
    await other.desktop?.ask({ ask: 'closeWindow' }).catch(() => {});
    expect((await other.ended).code).toBe(0);
    await other.stop();
  });

  it('quits from the tray, after everything has stopped', async () => {
    const other = await runHost({ kind: 'electron', out });
    await other.desktop?.ask({ ask: 'tray', label: 'Quit' }).catch(() => {});
    expect((await other.ended).code).toBe(0);
    await other.stop();
    rmSync(other.home, { recursive: true, force: true });
  });
});
