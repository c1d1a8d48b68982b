/** The chord that leads to the queue from anywhere. The queue takes the focus once it is drawn; nothing else ever gives it. */
import { create } from 'zustand';

export const useJump = create<{ readonly isWanted: boolean }>(() => ({ isWanted: false }));

export const wantQueue = (): void => useJump.setState({ isWanted: true });
