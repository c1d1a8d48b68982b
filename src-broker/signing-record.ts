/**
 * What this device signed last, which is how a ledger that was written anew is told from the true one: its own checkpoints lie in
 * the file that was written. Kept beside the vault in a file of its own, because the vault is written whole at each change.
 * Whoever has the file can neither forge it nor, since the vault expects it, take it away; they can put back an older one.
 *
 *   envelope under the tenant's key, about  tenant|@signed|1,  of the JSON text of LastSigned, or of null before the first
 */
import type { KeyObject } from 'node:crypto';
import { Fault } from '../src-shared/fault.ts';
import { LastSigned } from '../src-shared/model/last-signed.ts';
import type { TenantId } from '../src-shared/model/ids.ts';
import { decrypt, encrypt } from './envelope.ts';
import type { VaultStore } from './vault-file.ts';

interface SigningRecordPlace {
  readonly tenant: TenantId;
  readonly key: KeyObject;
  readonly store: Pick<VaultStore, 'readSigned' | 'writeSigned'>;
}

export class SigningRecord {
  readonly #place: SigningRecordPlace;
  #last: LastSigned | null;

  constructor(place: SigningRecordPlace, last: LastSigned | null) {
    this.#place = place;
    this.#last = last;
  }

  get last(): LastSigned | null {
    return this.#last;
  }

  /**
   * To be asked before a checkpoint is signed: on return it is kept. Throws CHECKPOINT_REFUSED for fewer entries than were
   * signed, or as many others, and VAULT_UNWRITABLE. That more entries begin with those that were signed is the ledger's to see.
   */
  advance({ size, root }: Omit<LastSigned, 'isGivenUp'>): void {
    const last = this.#last;
    if (last && !last.isGivenUp) {
      if (size < last.size) throw refused('This device has signed a checkpoint of more entries.');
      if (size === last.size && root !== last.root) throw refused('This device has signed other entries.');
      if (size === last.size) return;
    }
    this.#keep({ size, root, isGivenUp: false });
  }

  /** Entries of the last checkpoint are gone: the next one may be of any. */
  giveUp(): void {
    if (this.#last && !this.#last.isGivenUp) this.#keep({ ...this.#last, isGivenUp: true });
  }

  #keep(last: LastSigned): void {
    write(this.#place, last);
    this.#last = last;
  }
}

/** Throws VAULT_UNREADABLE where a record is expected and none is there that opens. */
export function openSigningRecord(place: SigningRecordPlace, isExpected: boolean): SigningRecord {
  const found = read(place);
  if (found === undefined && isExpected) {
    throw new Fault(
      'VAULT_UNREADABLE',
      'The record of what this device signed last is missing or damaged.',
      'Restore the vault folder from a backup, or move it away and enter the credentials again.',
    );
  }
  if (found === undefined) write(place, null);
  return new SigningRecord(place, found ?? null);
}

function read({ tenant, key, store }: SigningRecordPlace): LastSigned | null | undefined {
  const sealed = store.readSigned();
  if (sealed === undefined) return undefined;
  try {
    return LastSigned.nullable().parse(JSON.parse(decrypt(key, sealed, about(tenant)).toString()));
  } catch {
    return undefined;
  }
}

function write({ tenant, key, store }: SigningRecordPlace, last: LastSigned | null): void {
  store.writeSigned(encrypt(key, Buffer.from(JSON.stringify(last)), about(tenant)));
}

const about = (tenant: TenantId): string => `${tenant}|@signed|1`;

const refused = (message: string): Fault => new Fault('CHECKPOINT_REFUSED', message);
