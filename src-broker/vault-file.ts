/**
 * What a vault file holds. Whoever can write it may damage or remove, which is noticed or harmless; they cannot read, and
 * cannot move a secret to where it was not stored, because every ciphertext is bound to its place (see envelope.ts).
 *
 * A scope is one customer (its id), one instance (`@instance/<id>`: a customer id has no `@`), or `@ledger`.
 *   scope key:  envelope under the tenant's key,  about  tenant|scope|keyVersion
 *   field:      envelope under the scope's key,   about  tenant|scope|instance|field|version
 *   body key:   envelope under the scope's key,   about  tenant|scope|@body-key|1  (kept by the ledger, not in this file)
 *   check:      envelope under the tenant's key,  about  tenant|@check|v           (so that nobody can say it is an older file)
 *
 * Since `v` 2 a vault has a signing record beside it (see signing-record.ts).
 */
import { Fault } from '../src-shared/fault.ts';
import { VaultContents } from '../src-shared/model/vault-contents.ts';
import { readFileIfThere, writeFileAtomic } from '../src-shared/node/atomic-file.ts';
import { whyRefused } from '../src-shared/node/why-refused.ts';

/** Where contents are kept between starts. */
export interface VaultStore {
  /** Undefined when there is no vault yet. Throws VAULT_UNREADABLE. */
  read(): VaultContents | undefined;
  /** On the disk when it returns (see atomic-file.ts for a power cut). Throws VAULT_UNWRITABLE; then the old contents stand. */
  write(contents: VaultContents): void;
  /** The signing record, sealed. Undefined when there is none. Throws VAULT_UNREADABLE. */
  readSigned(): string | undefined;
  /** As `write`. */
  writeSigned(sealed: string): void;
}

export function vaultFile(path: string): VaultStore {
  const signedPath = `${path.replace(/\.json$/, '')}.signed`;
  return {
    read: () => {
      const text = readText(path);
      try {
        return text === undefined ? undefined : VaultContents.parse(JSON.parse(text));
      } catch {
        throw unreadable();
      }
    },
    write: (contents) => writeText(path, `${JSON.stringify(contents)}\n`),
    readSigned: () => readText(signedPath),
    writeSigned: (sealed) => writeText(signedPath, `${sealed}\n`),
  };
}

/** For keys that live in memory only: nothing is read from the disk and nothing written. */
export const noFile: VaultStore = {
  read: () => undefined,
  write: () => {},
  readSigned: () => undefined,
  writeSigned: () => {},
};

function readText(path: string): string | undefined {
  try {
    return readFileIfThere(path);
  } catch (error) {
    const { why, remedy } = whyRefused(error);
    throw new Fault('VAULT_UNREADABLE', `The vault file cannot be read: ${why}.`, remedy);
  }
}

function writeText(path: string, text: string): void {
  try {
    writeFileAtomic(path, text);
  } catch (error) {
    const { why, remedy } = whyRefused(error);
    throw new Fault('VAULT_UNWRITABLE', `The vault file cannot be written: ${why}.`, remedy);
  }
}

const unreadable = (): Fault =>
  new Fault('VAULT_UNREADABLE', 'The vault file is damaged.', 'Restore it from a backup.');
