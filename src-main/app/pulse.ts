/** Milliseconds between two questions. */
const every = 2000;

/**
 * Asks a process now and then whether it still answers. One that is stopped, or stuck on a dead disk, crashes nothing and
 * says nothing: only a question it should answer, within `patienceMs`, shows it. `tell` hears of each change, until the function returned ends it.
 */
export function watchPulse(
  ask: (within: { readonly deadlineMs: number }) => Promise<unknown>,
  tell: (isAnswering: boolean) => void,
  patienceMs: number,
): () => void {
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
