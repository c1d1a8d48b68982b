import { app, Notification } from 'electron';
import type { Outline } from '../host.ts';

export interface NewsActions {
  /** Whether a person looks at the window now: it says the same, and nothing is put over it. */
  isWatched(): boolean;
  flash(): void;
  /** Brings the window to the calls that wait. */
  review(): void;
}

/**
 * Tells the desktop that calls wait for a person: a number on the icon, and one notice for each new call. Other people see
 * notices too, so one says which tool and for whom and nothing the call holds; and nothing is approved from there.
 */
export function approvalNews({ isWatched, flash, review }: NewsActions): (state: Outline) => void {
  const told = new Set<string>();
  let notice: Notification | undefined;
  return ({ pendingApprovals, lastAsked }) => {
    app.setBadgeCount(pendingApprovals);
    if (pendingApprovals === 0) {
      notice?.close(); // It was answered elsewhere.
      notice = undefined;
      told.clear();
    }
    if (lastAsked === undefined || told.has(lastAsked.id)) return;
    told.add(lastAsked.id);
    if (isWatched()) return;
    flash();
    if (!Notification.isSupported()) return;
    notice?.close(); // Of many at once the last one stands for all.
    notice = new Notification({ title: 'Approval needed', body: `${lastAsked.title} · ${lastAsked.customer}` });
    notice.on('click', review);
    notice.show();
  };
}
