import { createHash, randomBytes } from 'node:crypto';
import { app, type BrowserWindow, MessageChannelMain, session, type UtilityProcess } from 'electron';
import { Fault } from '../../src-shared/fault.ts';
import type { Child, Host, Outline } from '../host.ts';
import { controlSocket } from '../node/control-socket.ts';
import { homeFiles } from '../node/home-files.ts';
import type { Quit } from '../quit.ts';
import type { RendererFiles } from '../node/renderer-files.ts';
import { approvalNews } from './approval-news.ts';
import { setAppMenu } from './app-menu.ts';
import { serveAppScheme } from './app-protocol.ts';
import { confineSession } from './confine.ts';
import { openTray } from './tray.ts';
import { spawnUtilityChild } from './utility-child.ts';
import { approvalsPage, createWindow, startPage } from './window.ts';
import { serveWindowPort } from './window-port.ts';

export interface ElectronHostOptions {
  readonly home: string;
  /** The folder of the running bundle. */
  readonly folder: string;
  readonly preload: string;
  readonly files: RendererFiles;
  readonly quit: Quit;
}

/** Milliseconds before a page whose process ended is loaded again: one that crashes as it loads must not take the machine. */
const reloadPause = 1000;

/** The desktop host. Electron must be ready. */
export function electronHost(options: ElectronHostOptions): Host {
  const { platform } = process;
  const files = homeFiles(options.home);
  const running = new Map<Child, UtilityProcess>();
  const randomHex = (bytes: number): string => randomBytes(bytes).toString('hex');
  let outline: Outline = { customer: null, isProblem: false, pendingApprovals: 0 };
  let tellWindow: () => void = () => {};
  let tellTray: () => void = () => {};
  let tellDesktop: (state: Outline) => void = () => {};

  process.on('exit', () => {
    for (const child of running.keys()) child.kill();
  });

  return {
    kind: 'electron',
    platform,
    pid: process.pid,
    files,
    now: Date.now,
    randomHex,
    sha256Hex: (text) => createHash('sha256').update(text).digest('hex'),

    spawn: async (childOptions) => {
      const [child, utility] = await spawnUtilityChild(childOptions, options.folder);
      running.set(child, utility);
      void child.exited.then(() => running.delete(child));
      return child;
    },

    link: async (first, second) => {
      const [one, other] = [running.get(first.child), running.get(second.child)];
      if (one === undefined || other === undefined) {
        throw new Fault('LINK_FAILED', `The ${first.child.name} and the ${second.child.name} could not be linked.`);
      }
      const { port1, port2 } = new MessageChannelMain();
      one.postMessage({ link: first.name }, [port1]);
      other.postMessage({ link: second.name }, [port2]);
    },

    serveWindow: async ({ onWindow, log }) => {
      confineSession(session.defaultSession);
      setAppMenu(platform);
      serveAppScheme(options.files);
      let window: BrowserWindow | undefined;
      const load = (into: BrowserWindow, page: string): void =>
        void into.loadURL(page).catch(() => log('window: the page could not be loaded'));

      const open = (page = startPage): void => {
        const opened = createWindow({ preload: options.preload, title: title(outline) });
        window = opened;
        const stop = serveWindowPort({ window: opened, onWindow, log });
        opened.on('closed', () => {
          stop();
          if (window === opened) window = undefined;
        });
        let timer: NodeJS.Timeout | undefined;
        opened.webContents.on('render-process-gone', () => {
          log('window: its process ended; it is loaded again');
          clearTimeout(timer);
          timer = setTimeout(() => {
            if (!opened.isDestroyed()) load(opened, startPage);
          }, reloadPause);
        });
        load(opened, page);
      };
      const show = (): void => {
        if (window === undefined || window.isDestroyed()) return open();
        if (window.isMinimized()) window.restore();
        window.show();
        window.focus();
      };

      const review = (): void => {
        if (window === undefined || window.isDestroyed()) return open(approvalsPage);
        load(window, approvalsPage);
        show();
      };

      const tray = openTray({ show, review, quit: () => app.quit() });
      tellDesktop = approvalNews({
        isWatched: () => window?.isFocused() === true,
        flash: () => window?.flashFrame(true),
        review,
      });
      tellTray = () => tray?.tell(outline);
      tellWindow = () => {
        window?.setTitle(title(outline));
      };
      tellTray();
      // On Linux a tray that was made may still not be seen; there, without a window, nobody could reach us.
      const keepsRunning = tray !== undefined && platform !== 'linux';
      app.on('window-all-closed', () => {
        if (!keepsRunning && !options.quit.isRunning) app.quit();
      });
      app.on('activate', show);
      return {
        windowUrl: new URL('/', startPage).href,
        mintUrl: () => null,
        show,
        close: async () => {
          tray?.close();
          window?.destroy();
        },
      };
    },

    serveControl: (onConnection) => controlSocket({ files, platform, randomHex, onConnection }),

    onQuit: (handler) => options.quit.add(handler),
    quit: () => app.quit(),
    tell: (state) => {
      outline = state;
      tellWindow();
      tellTray();
      tellDesktop(state);
    },
  };
}

function title({ customer, pendingApprovals }: Outline): string {
  const waiting = pendingApprovals === 0 ? '' : `(${pendingApprovals}) `;
  return `${waiting}${customer ?? 'No customer'} - Bulkhead`;
}
