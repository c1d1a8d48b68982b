/** Gives way: resolves after the messages that have arrived were read and what they asked for was written. */
export const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
