import type { Child } from '../host.ts';
import type { Log } from './log.ts';

/** Milliseconds between two questions. */
const every = 2000;
/** Milliseconds that a process which must always answer may be silent before it is ended. */
const patience = 15_000;

type Ask = (within: { readonly deadlineMs: number }) => Promise<unknown>;

/** Ends a process that does not answer any more; its restart brings one that does. */
export function endIfSilent(child: Child, ask: Ask, log: Log): void {
  const tell = (isAnswering: boolean): void => {
    if (isAnswering) return;
    log('warn', 'process.silent', { process: child.name });
    child.kill();
  };
  void child.exited.then(watchPulse(ask, tell, patience));
}

/**
 * Asks a process now and then whether it still answers. One that is stopped, or stuck on a dead disk, crashes nothing and
 * says nothing: only a question it should answer, within `patienceMs`, shows it. `tell` hears of each change, until the function returned ends it.
 */
export function watchPulse(ask: Ask, tell: (isAnswering: boolean) => void, patienceMs: number): () => void {
  let wasAnswering = true;
  let timer = setTimeout(look, every);
  let isEnded = false;

  function look(): void {
    void ask({ deadlineMs: patienceMs })
      .then(
        () => true,
        () => false, // Whatever else is wrong with it, its own faults are told elsewhere.
      )
      .then((isAnswering) => {
        if (isEnded) return;
        if (isAnswering !== wasAnswering) tell(isAnswering);
        wasAnswering = isAnswering;
        timer = setTimeout(look, every);
      });
  }

  return () => {
    isEnded = true;
    clearTimeout(timer);
  };
}
