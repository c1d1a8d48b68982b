/**
 * Where the few keys live that open a vault. Values are small (under 200 bytes). Each backend is one file in this folder;
 * none falls back to another.
 */
export interface Keystore {
  /** Recorded in the vault file: a vault is never opened with another backend than made it. */
  readonly backend: 'os' | 'file' | 'memory';
  /** The value in a buffer the caller clears, or undefined when there is none. Throws when that cannot be known. */
  get(account: string): Promise<Buffer | undefined>;
  set(account: string, value: Uint8Array): Promise<void>;
  delete(account: string): Promise<void>;
}
