/**
 * The operating system's keychain: Keychain on macOS, Credential Manager on Windows, Secret Service on Linux.
 *
 * On Linux the library falls back to the kernel keyring by itself, which forgets everything at reboot. The pin below
 * forbids that; it must sit under `linux` (at the top level the library ignores it in silence). Only `getSecret` is used to
 * read: it is documented to reject when the store cannot be read, so "locked" is never mistaken for "nothing there".
 */
import { Fault } from '../../src-shared/fault.ts';
import type { Keystore } from './keystore.ts';

/** The part of `@napi-rs/keyring` used here. */
export interface Keyring {
  readonly AsyncEntry: new (
    service: string,
    account: string,
    options: { linux: { store: 'secret-service' } },
  ) => KeyringEntry;
}

interface KeyringEntry {
  getSecret(): Promise<number[] | null>;
  setSecret(secret: Uint8Array): Promise<void>;
  deleteCredential(): Promise<boolean>;
}

const service = 'Bulkhead';

export interface KeyringPowers {
  /** Called at first use, so that a machine without the native module fails only when it asks for this keystore. */
  readonly load: () => Promise<Keyring>;
  /** Told that a wait was given up. Its native thread waits on, and would hold up the end of the process. */
  readonly onAbandoned: () => void;
}

/** Milliseconds an answer may take. A longer wait is a prompt nobody sees. */
const patience = 10_000;

export function osKeystore({ load, onAbandoned }: KeyringPowers, deadline = patience): Keystore {
  const use = async <T>(account: string, act: (entry: KeyringEntry) => Promise<T>): Promise<T> => {
    const entry = await openEntry(load, account);
    return answered(act(entry), deadline, onAbandoned);
  };
  return {
    backend: 'os',
    get: async (account) => {
      const bytes = await use(account, (entry) => entry.getSecret());
      if (bytes === null) return undefined;
      const value = Buffer.from(bytes);
      bytes.fill(0);
      return value;
    },
    set: (account, value) => use(account, (entry) => entry.setSecret(value)),
    delete: async (account) => void (await use(account, (entry) => entry.deleteCredential())),
  };
}

/** The constructor connects to the keychain. It throws when there is none, for example without D-Bus. */
async function openEntry(load: () => Promise<Keyring>, account: string): Promise<KeyringEntry> {
  try {
    const { AsyncEntry } = await load();
    return new AsyncEntry(service, account, { linux: { store: 'secret-service' } });
  } catch {
    throw missing();
  }
}

/** The library's own abort signal does not interrupt a waiting prompt, so the wait is left behind instead. */
async function answered<T>(answer: Promise<T>, deadline: number, onAbandoned: () => void): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      onAbandoned();
      reject(locked('did not answer in time; it may be waiting for a password'));
    }, deadline);
  });
  try {
    return await Promise.race([answer, timeout]);
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw isGone(error) ? missing() : locked('is locked, or refused access');
  } finally {
    clearTimeout(timer);
  }
}

/** The service went away after the connection was made. */
function isGone(error: unknown): boolean {
  return error instanceof Error && /DBus error|ServiceUnknown|NoReply|Disconnected/i.test(error.message);
}

const choices =
  'choose another keystore with BULKHEAD_KEYSTORE=file:<path>, or try Bulkhead with --demo (keys in memory only)';

const missing = (): Fault =>
  new Fault(
    'KEYCHAIN_MISSING',
    'This computer offers no keychain to this user.',
    `Start a keychain service (on Linux a Secret Service such as GNOME Keyring or KWallet, on the session D-Bus), ${choices}.`,
  );

const locked = (state: string): Fault =>
  new Fault(
    'KEYCHAIN_LOCKED',
    `The operating system's keychain ${state}.`,
    `Unlock the keychain and start again, ${choices}.`,
  );
