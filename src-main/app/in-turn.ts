/** Runs what it is given one after the other, in the order given, whatever becomes of each. */
export type InTurn = <T>(deed: () => Promise<T>) => Promise<T>;

export function inTurn(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (deed) => {
    const mine = last.then(deed, deed);
    last = mine.catch(() => {}); // Its caller hears of the failure; the next in line must not.
    return mine;
  };
}
