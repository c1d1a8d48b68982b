import type { Keystore } from './keystore.ts';

/** Keys for as long as the process lives: demo and tests. */
export function memoryKeystore(): Keystore {
  const values = new Map<string, Buffer>();
  return {
    backend: 'memory',
    get: async (account) => {
      const value = values.get(account);
      return value && Buffer.from(value);
    },
    set: async (account, value) => void values.set(account, Buffer.from(value)),
    delete: async (account) => {
      values.get(account)?.fill(0);
      values.delete(account);
    },
  };
}
