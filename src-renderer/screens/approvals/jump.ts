/** What leads to the queue from anywhere: a chord, the badge, the navigation. Whatever else is shown there gives way to it. */
import { create } from 'zustand';

export const useJump = create<{ readonly isWanted: boolean; readonly takesFocus: boolean }>(() => ({
  isWanted: false,
  takesFocus: false,
}));

/** The queue, and the focus in it once it is drawn. Nothing else ever gives it the focus. */
export const wantQueue = (): void => useJump.setState({ isWanted: true, takesFocus: true });
/** The queue in sight. The focus stays on what led there. */
export const wantQueueShown = (): void => useJump.setState({ isWanted: true, takesFocus: false });
