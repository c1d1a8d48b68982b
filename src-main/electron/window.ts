import { app, BrowserWindow } from 'electron';
import { appOrigin } from './app-protocol.ts';

export interface WindowParts {
  readonly preload: string;
  readonly title: string;
}

/**
 * The one window. Its page is ours but shows vendors' text, so it is treated as hostile: sandboxed, without Node, unable
 * to leave `app://bulkhead`, to open anything, or to be granted any permission (confine.ts).
 */
export function createWindow({ preload, title }: WindowParts): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 820,
    minWidth: 640,
    minHeight: 480,
    show: false,
    title,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      spellcheck: false, // It would fetch dictionaries, and may send text, elsewhere.
      navigateOnDragDrop: false,
      devTools: !app.isPackaged,
    },
  });
  window.on('page-title-updated', (event) => event.preventDefault()); // The title says whose customer is open.
  window.once('ready-to-show', () => window.show());
  return window;
}

export const startPage = `${appOrigin}/index.html`;

/** The calls that wait for a person. The same document: a window that is open keeps its state. */
export const approvalsPage = `${startPage}#/approvals`;
