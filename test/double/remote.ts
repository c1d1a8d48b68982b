import { isPrevented } from './event.ts';
import { recorded } from './record.ts';

/** What a test may ask of the running double, over the IPC channel of the process it started. */
export type Ask =
  | { readonly ask: 'records' }
  | { readonly ask: 'windows' }
  | { readonly ask: 'address' }
  /** Emits an event of `app`; answers whether it was prevented. */
  | { readonly ask: 'app'; readonly name: string }
  /** Emits an event of the first window's contents; answers whether it was prevented. */
  | { readonly ask: 'contents'; readonly name: string }
  /** A message on an IPC channel, from a frame of the test's making. */
  | { readonly ask: 'ipc'; readonly channel: string; readonly from: Sender; readonly args: readonly unknown[] }
  | { readonly ask: 'permission'; readonly permission: string; readonly from: string }
  | { readonly ask: 'download'; readonly url: string }
  | { readonly ask: 'fetch'; readonly url: string; readonly method?: string }
  | { readonly ask: 'tray'; readonly label: string }
  | { readonly ask: 'notices' }
  | { readonly ask: 'closeWindow' };

export type Sender = 'page' | 'sub-frame' | 'no-frame' | 'other-contents' | 'other-origin';

export function serveRemote(): void {
  if (process.send === undefined) return;
  process.on('message', (message: { id: number } & Ask) => {
    void answer(message).then((value) => process.send?.({ id: message.id, value }));
  });
  process.channel?.unref(); // A test that listens keeps nobody alive.
}

/** Imported late: this file is loaded while those are. */
async function answer(message: Ask): Promise<unknown> {
  const { app } = await import('./app.ts');
  const { allWindows } = await import('./browser-window.ts');
  const { session } = await import('./session.ts');
  const [window] = allWindows();
  switch (message.ask) {
    case 'records':
      return recorded();
    case 'windows':
      return allWindows().length;
    case 'address':
      return (await import('./chromium.ts')).debuggingAddress();
    case 'app':
      return isPrevented(app, message.name, {});
    case 'contents':
      return window && isPrevented(window.webContents, message.name, { url: 'https://evil.example/' });
    case 'ipc':
      return send(message.channel, message.from, message.args);
    case 'permission':
      return session.defaultSession.ask(message.permission, message.from);
    case 'download':
      return isPrevented(session.defaultSession, 'will-download', {}, { getURL: () => message.url });
    case 'fetch':
      return fetched(message.url, message.method);
    case 'tray':
      return (await import('./shell.ts')).chooseInTray(message.label);
    case 'notices':
      return (await import('./shell.ts')).clickNotices();
    case 'closeWindow':
      return window?.end();
  }
}

async function send(channel: string, from: Sender, args: readonly unknown[]): Promise<void> {
  const { allWindows, WebContents } = await import('./browser-window.ts');
  const { ipcMain } = await import('./ipc-main.ts');
  const contents = allWindows()[0]?.webContents;
  if (contents === undefined) throw new Error('no window');
  const { mainFrame } = contents;
  const events = {
    page: { sender: contents, senderFrame: mainFrame },
    'sub-frame': { sender: contents, senderFrame: { url: mainFrame.url, origin: mainFrame.origin } },
    'no-frame': { sender: contents, senderFrame: null },
    'other-contents': { sender: new WebContents(), senderFrame: mainFrame },
    'other-origin': { sender: contents, senderFrame: foreignFrame },
  };
  if (from === 'other-origin') Object.defineProperty(contents, 'mainFrame', { value: events[from].senderFrame });
  ipcMain.emit(channel, events[from], ...args);
  if (from === 'other-origin') Object.defineProperty(contents, 'mainFrame', { value: mainFrame });
}

/** The main frame while it shows another site. */
const foreignFrame = { url: 'https://evil.example/', origin: 'https://evil.example' };

async function fetched(url: string, method = 'GET'): Promise<unknown> {
  const { serve } = await import('./protocol.ts');
  const response = await serve(url, method);
  if (response === undefined) return null;
  return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
}
