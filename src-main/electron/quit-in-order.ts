import { app } from 'electron';
import type { Quit } from '../quit.ts';

/** Electron asks before it quits: the first time we stop everything in order, then let it go. */
export function quitInOrder(quit: Quit): void {
  let isDone = false;
  app.on('before-quit', (event) => {
    if (isDone) return;
    event.preventDefault();
    if (quit.isRunning) return;
    void quit.run().then(() => {
      isDone = true;
      app.quit();
    });
  });
}
