import { contextBridge, ipcRenderer } from 'electron';

/**
 * All that the page can reach of us: text out, text in, on one channel. The page shows vendors' text and is not trusted;
 * whoever it is, the main process checks every message again. This never grows.
 */
const channel = 'bulkhead:port';
/** The same limit as in src-main/max-window-message.ts. */
const maxLength = 1024 * 1024;

contextBridge.exposeInMainWorld(
  'bulkhead',
  Object.freeze({
    post(text: unknown): void {
      if (typeof text !== 'string' || text.length > maxLength) throw new TypeError('Only short text can be posted.');
      ipcRenderer.send(channel, text);
    },
    onMessage(listener: (text: string) => void): void {
      if (typeof listener !== 'function') throw new TypeError('A listener is needed.');
      ipcRenderer.on(channel, (_event, text: unknown) => {
        if (typeof text === 'string') listener(text);
      });
    },
  }),
);
