import { demandStillAsked } from './demand-still-asked.ts';

/**
 * Runs what it is given one after the other, in the order given, whatever becomes of each. With a signal, a deed whose caller
 * gave up while it waited is not begun: those before it can take a minute.
 */
export type InTurn = <T>(deed: () => Promise<T>, signal?: AbortSignal) => Promise<T>;

export function inTurn(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (deed, signal) => {
    const begin = () => {
      demandStillAsked(signal);
      return deed();
    };
    const mine = last.then(begin, begin);
    last = mine.catch(() => {}); // Its caller hears of the failure; the next in line must not.
    return mine;
  };
}
