/**
 * An unlocked vault. Each customer's secrets are sealed under that customer's own key, which is unwrapped for one use and
 * dropped. A credential is also kept under a key of its instance, so that a customer mapped later needs no retyping.
 * Keys of the ledger's bodies are sealed here under the same keys, and kept by the ledger.
 *
 * Destroying a customer's key removes it from this file. Backups of the file are the administrator's to destroy.
 */
import { createHmac, type KeyObject, randomBytes } from 'node:crypto';
import type { Credential } from '../src-shared/contract/broker.ts';
import { Fault } from '../src-shared/fault.ts';
import { type CustomerId, InstanceId, type TenantId } from '../src-shared/model/ids.ts';
import type { Scope, StoredCredential, VaultContents } from '../src-shared/model/vault-contents.ts';
import type { DeviceKey } from './device-key.ts';
import { decrypt, encrypt, keyFrom } from './envelope.ts';
import type { SigningRecord } from './signing-record.ts';
import type { VaultStore } from './vault-file.ts';

interface Unlocked {
  readonly contents: VaultContents;
  readonly key: KeyObject;
  readonly device: DeviceKey;
  readonly store: VaultStore;
  readonly signed: SigningRecord;
}

export interface StoredSummary {
  readonly instance: InstanceId;
  readonly customers: number;
  readonly changedAt: string;
}

export class Vault {
  readonly tenant: TenantId;
  readonly device: DeviceKey;
  readonly signed: SigningRecord;
  #scopes: ReadonlyMap<string, Scope>;
  readonly #header: Omit<VaultContents, 'scopes'>;
  readonly #key: KeyObject;
  readonly #store: VaultStore;

  constructor({ contents: { scopes, ...header }, key, device, store, signed }: Unlocked) {
    this.tenant = header.tenant;
    this.device = device;
    this.signed = signed;
    this.#header = header;
    this.#scopes = new Map(Object.entries(scopes));
    this.#key = key;
    this.#store = store;
  }

  /** A customer's credential for an instance. Throws CREDENTIAL_MISSING, or VAULT_UNREADABLE when the file was tampered with. */
  credential(customer: CustomerId, instance: InstanceId): Credential {
    return this.#read(customer, instance);
  }

  /** An instance's credential itself, for its survey: the same one, under no customer's key. Throws like `credential`. */
  instanceCredential(instance: InstanceId): Credential {
    return this.#read(instanceScope(instance), instance);
  }

  /** Stores a credential for exactly these customers; others that had this instance's lose it. */
  storeCredential(
    instance: InstanceId,
    customers: readonly CustomerId[],
    credential: Credential,
    changedAt: string,
  ): void {
    const version = (stored(this.#scopes.get(instanceScope(instance)), instance)?.version ?? 0) + 1;
    this.#spread({ instance, customers, credential, version, changedAt });
  }

  /** Gives an instance's stored credential to exactly these customers. Throws CREDENTIAL_MISSING. */
  mapCredential(instance: InstanceId, customers: readonly CustomerId[]): void {
    const scope = instanceScope(instance);
    const credential = this.#read(scope, instance);
    const { version, changedAt } = stored(this.#scopes.get(scope), instance) ?? missing();
    this.#spread({ instance, customers, credential, version, changedAt });
  }

  /** Removes every copy of an instance's credential, and the key of its own scope. Nothing stored is fine. */
  revokeCredential(instance: InstanceId): void {
    if (![...this.#scopes.values()].some((scope) => stored(scope, instance))) return;
    const scopes = new Map(this.#scopes);
    this.#strip(scopes, instance, new Set());
    scopes.delete(instanceScope(instance));
    this.#keep(scopes);
  }

  /** What is stored, by instance; no values. */
  credentials(): StoredSummary[] {
    const counts = new Map<string, number>();
    for (const [name, { credentials }] of this.#scopes) {
      if (isInstanceScope(name)) continue;
      for (const instance of Object.keys(credentials)) counts.set(instance, (counts.get(instance) ?? 0) + 1);
    }
    return [...this.#scopes].flatMap(([name, { credentials }]) => {
      if (!isInstanceScope(name)) return [];
      return Object.entries(credentials).map(([id, { changedAt }]) => ({
        instance: InstanceId.parse(id),
        customers: counts.get(id) ?? 0,
        changedAt,
      }));
    });
  }

  /**
   * A new key for bodies of the ledger, in a buffer the caller clears, and the same sealed under a customer's key, or the
   * company's where no customer is named. Throws VAULT_UNWRITABLE when that key is not there yet and cannot be kept.
   *
   *   wrapped = id of the scope's key (16 hex digits) "." envelope, about  tenant|scope|@body-key|1
   */
  makeBodyKey(under: CustomerId | null): { key: Buffer; wrapped: string } {
    const name = under ?? ledgerScope;
    const scope = this.#scopes.get(name) ?? this.#newScope(name);
    const scopeKey = this.#unwrap(name, scope);
    if (!this.#scopes.has(name)) this.#keep(new Map(this.#scopes).set(name, scope));
    const key = randomBytes(32);
    return { key, wrapped: `${idOf(scopeKey)}.${encrypt(scopeKey, key, aboutBodyKey(this.tenant, name))}` };
  }

  /**
   * Such a key again, in a buffer the caller clears. Throws KEY_DESTROYED when the key it was sealed under is gone, though
   * there may be a newer one, and VAULT_UNREADABLE when it was changed.
   */
  openBodyKey(under: CustomerId | null, wrapped: string): Buffer {
    const name = under ?? ledgerScope;
    const scope = this.#scopes.get(name) ?? destroyed();
    const scopeKey = this.#unwrap(name, scope);
    const [id, sealed = ''] = wrapped.split('.');
    if (id !== idOf(scopeKey)) destroyed();
    return decrypt(scopeKey, sealed, aboutBodyKey(this.tenant, name));
  }

  hasKey(customer: CustomerId): boolean {
    return this.#scopes.has(customer);
  }

  /** Destroys a customer's key and everything sealed under it. */
  destroyCustomer(customer: CustomerId): void {
    const scopes = new Map(this.#scopes);
    if (scopes.delete(customer)) this.#keep(scopes);
  }

  #read(name: string, instance: InstanceId): Credential {
    const scope = this.#scopes.get(name) ?? missing();
    const credential = stored(scope, instance) ?? missing();
    const key = this.#unwrap(name, scope);
    const place = { tenant: this.tenant, scope: name, instance, version: credential.version };
    return Object.fromEntries(
      Object.entries(credential.fields).map(([field, sealed]) => {
        const plain = decrypt(key, sealed, aboutField(place, field));
        const value = plain.toString();
        plain.fill(0);
        return [field, value];
      }),
    );
  }

  #spread({ instance, customers, credential, version, changedAt }: Spread): void {
    const owners = new Set<string>([...customers, instanceScope(instance)]);
    const scopes = new Map(this.#scopes);
    for (const name of owners) {
      const scope = scopes.get(name) ?? this.#newScope(name);
      const key = this.#unwrap(name, scope);
      const place = { tenant: this.tenant, scope: name, instance, version };
      const fields = sealFields(key, credential, (field) => aboutField(place, field));
      scopes.set(name, { ...scope, credentials: { ...scope.credentials, [instance]: { version, changedAt, fields } } });
    }
    this.#strip(scopes, instance, owners);
    this.#keep(scopes);
  }

  /** Takes an instance's credential from every scope but these. */
  #strip(scopes: Map<string, Scope>, instance: InstanceId, but: ReadonlySet<string>): void {
    for (const [name, scope] of this.#scopes) {
      if (but.has(name) || !stored(scope, instance)) continue;
      const others = Object.entries(scope.credentials).filter(([id]) => id !== instance);
      scopes.set(name, { ...scope, credentials: Object.fromEntries(others) });
    }
  }

  #newScope(name: string): Scope {
    const bytes = randomBytes(32);
    const key = encrypt(this.#key, bytes, aboutKey(this.tenant, name, 1));
    bytes.fill(0);
    return { keyVersion: 1, key, credentials: {} };
  }

  #unwrap(name: string, { key, keyVersion }: Scope): KeyObject {
    return keyFrom(decrypt(this.#key, key, aboutKey(this.tenant, name, keyVersion)));
  }

  /** First the disk, then memory: when the write fails, both still say what was. */
  #keep(scopes: ReadonlyMap<string, Scope>): void {
    this.#store.write({ ...this.#header, scopes: Object.fromEntries(scopes) });
    this.#scopes = scopes;
  }
}

interface Spread {
  readonly instance: InstanceId;
  readonly customers: readonly CustomerId[];
  readonly credential: Credential;
  readonly version: number;
  readonly changedAt: string;
}

interface Place {
  readonly tenant: TenantId;
  readonly scope: string;
  readonly instance: InstanceId;
  readonly version: number;
}

function sealFields(key: KeyObject, credential: Credential, about: (field: string) => string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(credential).map(([field, value]) => {
      const plain = Buffer.from(value);
      const sealed = encrypt(key, plain, about(field));
      plain.fill(0);
      return [field, sealed];
    }),
  );
}

/** Ids may be words every object knows, such as `constructor`. */
function stored(scope: Scope | undefined, instance: InstanceId): StoredCredential | undefined {
  return scope && Object.hasOwn(scope.credentials, instance) ? scope.credentials[instance] : undefined;
}

/** Whose key seals what belongs to no customer. */
const ledgerScope = '@ledger';
const instanceScope = (instance: InstanceId): string => `@instance/${instance}`;
const isInstanceScope = (name: string): boolean => name.startsWith('@instance/');

/** Tells a key from the one that was there before it, and says nothing of it. */
const idOf = (key: KeyObject): string =>
  createHmac('sha256', key).update('bulkhead body key').digest('hex').slice(0, 16);

const aboutKey = (tenant: TenantId, scope: string, keyVersion: number): string => `${tenant}|${scope}|${keyVersion}`;
const aboutBodyKey = (tenant: TenantId, scope: string): string => `${tenant}|${scope}|@body-key|1`;
const aboutField = ({ tenant, scope, instance, version }: Place, field: string): string =>
  `${tenant}|${scope}|${instance}|${field}|${version}`;

function missing(): never {
  throw new Fault(
    'CREDENTIAL_MISSING',
    'No credential is stored for this customer and instance.',
    'Enter it in Connectors.',
  );
}

function destroyed(): never {
  throw new Fault('KEY_DESTROYED', 'The key that this was sealed under was destroyed.');
}
