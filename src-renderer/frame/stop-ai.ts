/** Stopping all AI work and letting it go on, for the scope bar, its chord and the banner. Stopping asks nothing: it only narrows. */
import { create } from 'zustand';
import { api, useApp, within } from '../api/app.ts';
import { faultWords, type FaultWords } from '../api/fault-words.ts';

interface Stopping {
  readonly isBusy: boolean;
  /** What could not be done, and why. */
  readonly failed: (FaultWords & { readonly deed: 'stop' | 'resume' }) | null;
}

export const useStopping = create<Stopping>(() => ({ isBusy: false, failed: null }));

/** Ends every AI call. Says so loudly when it could not. */
export async function stopAi(): Promise<void> {
  if (useApp.getState().state?.stopped === null) await run('stop');
}

/** Lets AI work go on. True when it does. */
export const resumeAi = (): Promise<boolean> => run('resume');

async function run(deed: 'stop' | 'resume'): Promise<boolean> {
  if (useStopping.getState().isBusy) return false;
  useStopping.setState({ isBusy: true, failed: null });
  try {
    await (deed === 'stop' ? api().stopAi(undefined, within(10_000)) : api().resumeAi(undefined, within(10_000)));
    return true;
  } catch (thrown) {
    useStopping.setState({ failed: { ...faultWords(thrown), deed } });
    return false;
  } finally {
    useStopping.setState({ isBusy: false });
  }
}
