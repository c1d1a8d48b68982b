/** Whoever wants to hear of something, until they do not. */
export interface Listeners<T> {
  add(listener: (told: T) => void): () => void;
  tell(told: T): void;
}

export function makeListeners<T>(): Listeners<T> {
  const all = new Set<(told: T) => void>();
  return {
    add: (listener) => {
      all.add(listener);
      return () => void all.delete(listener);
    },
    tell: (told) => {
      for (const listener of all) listener(told);
    },
  };
}
