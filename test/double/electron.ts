/**
 * A double of the `electron` module: as much of it as Bulkhead names, on Node and Debian's Chromium. It proves our wiring
 * (channels, sender checks, handlers, the order of quitting), and nothing about Electron itself: not its sandbox, its
 * utility processes, its permission prompts or its Chromium. Those need the real binary; see test/electron/smoke.test.ts.
 */
export { app } from './app.ts';
export { BrowserWindow } from './browser-window.ts';
export { ipcMain } from './ipc-main.ts';
export { MessageChannelMain } from './message-channel.ts';
export { protocol } from './protocol.ts';
export { session } from './session.ts';
export { Menu, nativeImage, Notification, Tray } from './shell.ts';
export { utilityProcess } from './utility-process.ts';
