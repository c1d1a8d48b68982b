import { Menu, Tray } from 'electron';
import type { Outline } from '../host.ts';
import { gateIcon } from './gate-icon.ts';

export interface TrayActions {
  show(): void;
  /** Brings the window to the calls that wait for a person. */
  review(): void;
  quit(): void;
}

export interface TrayView {
  tell(state: Outline): void;
  close(): void;
}

/**
 * The tray shows whose customer is open; everything it offers is in the window too, for some Linux desktops have no tray.
 * undefined where it cannot be made.
 */
export function openTray({ show, review, quit }: TrayActions): TrayView | undefined {
  let tray: Tray;
  try {
    tray = new Tray(gateIcon({ hue: undefined, isProblem: false }));
  } catch {
    return undefined; // No tray on this desktop: the window says the same.
  }
  tray.on('click', show);
  return {
    tell: ({ customer, hue, isProblem, pendingApprovals }) => {
      const words = trayWords(customer, isProblem);
      const waiting = waitingWords(pendingApprovals);
      tray.setImage(gateIcon({ hue: customer === null ? undefined : hue, isProblem }));
      tray.setToolTip(waiting === undefined ? words : `${words}\n${waiting}`);
      tray.setContextMenu(
        Menu.buildFromTemplate([
          { label: words, enabled: false },
          ...(waiting === undefined ? [] : [{ label: waiting, click: review }]),
          { type: 'separator' },
          { label: 'Open Bulkhead', click: show },
          { label: 'Quit', click: quit },
        ]),
      );
    },
    close: () => tray.destroy(),
  };
}

function waitingWords(count: number): string | undefined {
  if (count === 0) return undefined;
  return count === 1 ? '1 call waits for a person' : `${count} calls wait for a person`;
}

function trayWords(customer: string | null, isProblem: boolean): string {
  const scope = customer ?? 'No customer: tools are blocked';
  return isProblem ? `${scope} (needs attention)` : scope;
}
