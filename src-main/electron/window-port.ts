import { type BrowserWindow, type IpcMainEvent, ipcMain } from 'electron';
import type { Port } from '../../src-shared/wire/port.ts';
import { maxWindowMessage } from '../max-window-message.ts';
import { appOrigin } from './app-protocol.ts';

/** The one channel between the preload script and this process. */
export const channel = 'bulkhead:port';

export interface WindowPortOptions {
  readonly window: BrowserWindow;
  onWindow(port: Port): void;
  log(text: string): void;
}

/**
 * The window's page as a port. Any frame of any page could send on the channel, so a message counts only when it comes
 * from the main frame of our window while that shows our origin. Each load of the page is a connection of its own: it
 * begins with the page's first message and closes when the page goes.
 */
export function serveWindowPort({ window, onWindow, log }: WindowPortOptions): () => void {
  const { webContents } = window;
  let current: Connection | undefined;

  const hear = (event: IpcMainEvent, text: unknown): void => {
    if (!isOurPage(event, window)) return log('window: a message from a foreign frame was refused');
    const message = parse(text);
    if (message === undefined) {
      log('window: a malformed message closed the connection');
      return end();
    }
    if (current === undefined) {
      current = connection(window, end);
      onWindow(current.port);
    }
    current.hear(message.value);
  };
  function end(): void {
    const ended = current;
    current = undefined;
    ended?.close();
  }

  ipcMain.on(channel, hear);
  webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) end();
  });
  webContents.on('render-process-gone', end);
  webContents.on('destroyed', end);
  return () => {
    ipcMain.off(channel, hear);
    end();
  };
}

interface Connection {
  readonly port: Port;
  hear(message: unknown): void;
  close(): void;
}

function connection(window: BrowserWindow, end: () => void): Connection {
  const heard: ((message: unknown) => void)[] = [];
  const closed: (() => void)[] = [];
  let isOpen = true;
  return {
    hear: (message) => {
      for (const listener of heard) listener(message);
    },
    close: () => {
      isOpen = false;
      for (const listener of closed) listener();
    },
    port: {
      post: (message) => {
        if (isOpen && !window.isDestroyed()) window.webContents.send(channel, JSON.stringify(message));
      },
      onMessage: (listener) => void heard.push(listener),
      onClose: (listener) => void closed.push(listener),
      close: end,
    },
  };
}

function isOurPage({ sender, senderFrame }: IpcMainEvent, window: BrowserWindow): boolean {
  if (window.isDestroyed() || sender !== window.webContents) return false;
  return senderFrame !== null && senderFrame === window.webContents.mainFrame && senderFrame.origin === appOrigin;
}

function parse(text: unknown): { value: unknown } | undefined {
  if (typeof text !== 'string' || text.length > maxWindowMessage) return undefined;
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
