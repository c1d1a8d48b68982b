import { z } from 'zod';
import { Grant, PublicKey } from '../model/grant.ts';
import { CustomerId, InstanceId, TenantId } from '../model/ids.ts';
import { LastSigned } from '../model/last-signed.ts';
import { SealedBox, SealKey } from '../seal.ts';
import { call } from '../wire/contract.ts';

/** Where the tenant's key lives: the OS keychain, a passphrase-wrapped file, or nowhere but memory (demo and tests). */
export const KeystoreChoice = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('os') }),
  z.strictObject({ kind: z.literal('file'), path: z.string() }),
  z.strictObject({ kind: z.literal('memory') }),
]);
export type KeystoreChoice = z.infer<typeof KeystoreChoice>;

/** A vendor credential: a few named secret values, for example clientId and clientSecret. */
export const Credential = z.record(z.string().max(40), z.string().max(4000));
export type Credential = z.infer<typeof Credential>;

/** Supervisor to broker, on the control port. No secret value crosses it in either direction, except sealed. */
export const brokerControl = {
  /**
   * Unlocks the tenant's vault, or makes one. Faults: KEYCHAIN_MISSING, KEYCHAIN_LOCKED, KEYSTORE_PASSPHRASE,
   * VAULT_MISMATCH (the key at hand does not open this vault; nothing is regenerated), VAULT_UNREADABLE.
   */
  open: call(
    z.strictObject({ tenant: TenantId, keystore: KeystoreChoice, vaultFile: z.string() }),
    z.strictObject({ sealKey: SealKey, deviceKey: PublicKey, device: z.string().max(80) }),
  ),
  /** The last checkpoint this device signed, for the ledger that is to be opened. Null where none is known of. Fault: VAULT_LOCKED. */
  lastSigned: call(z.void(), LastSigned.nullable()),
  /** Entries of that checkpoint are gone. From then on the next one may be of fewer. Faults: VAULT_LOCKED, VAULT_UNWRITABLE. */
  giveUpSigned: call(z.void(), z.void()),
  /** The gateway's key of this start. Leases under an older one are refused from now on. */
  trustGateway: call(z.strictObject({ grantKey: PublicKey }), z.void()),
  /** Says which worker is at the other end of a link, before the link is handed over. */
  admit: call(
    z.strictObject({
      link: z.string(),
      tenant: TenantId,
      customer: CustomerId,
      instance: InstanceId,
      epoch: z.int().positive(),
    }),
    z.void(),
  ),
  /** Says that a link is a survey's: one instance's credential, no customer's. Operator's deeds only lead here. */
  admitSurvey: call(z.strictObject({ link: z.string(), tenant: TenantId, instance: InstanceId }), z.void()),
  /** Ends a link and everything leased over it. */
  dismiss: call(z.strictObject({ link: z.string() }), z.void()),
  /** Stores a sealed credential for an instance, under the key of each customer mapped to it. Purpose: `tenant/instance`. */
  storeCredential: call(
    z.strictObject({ instance: InstanceId, customers: z.array(CustomerId).max(5000), box: SealedBox }),
    z.strictObject({ fields: z.array(z.string()) }),
  ),
  /** Gives an instance's stored credential to exactly these customers, when its mapping changes. Fault: CREDENTIAL_MISSING. */
  mapCredential: call(z.strictObject({ instance: InstanceId, customers: z.array(CustomerId).max(5000) }), z.void()),
  /** Destroys an instance's stored credential, every customer's copy included. Nothing stored is fine. */
  revokeCredential: call(z.strictObject({ instance: InstanceId }), z.void()),
  /** What is stored, never a value. */
  credentials: call(
    z.void(),
    z.array(z.strictObject({ instance: InstanceId, customers: z.int(), changedAt: z.iso.datetime() })),
  ),
  /** Whether there is a key of a customer's, and so perhaps something sealed under it. */
  hasKey: call(z.strictObject({ customer: CustomerId }), z.boolean()),
  /** Destroys a customer's key: everything sealed under it is gone for good. */
  destroyCustomer: call(z.strictObject({ customer: CustomerId }), z.void()),
};

/** Worker to broker, on a private link the gateway is not on. */
export const brokerLease = {
  /** Faults: GRANT_REFUSED (not this worker's, expired, not signed by this gateway), CREDENTIAL_MISSING, VAULT_LOCKED. */
  lease: call(z.strictObject({ grant: Grant }), z.strictObject({ credential: Credential })),
};

/** Surveying worker to broker, on a private link of its own. */
export const brokerSurvey = {
  /** Faults: CREDENTIAL_MISSING, VAULT_LOCKED. */
  credential: call(z.void(), z.strictObject({ credential: Credential })),
};

/** A key for the bodies of the ledger: base64 of 32 bytes. */
const BodyKey = z.base64().length(44);
/** The same, sealed under a customer's key, or the company's where no customer is named: for whoever keeps it. */
const WrappedKey = z.string().max(200);
const Under = z.strictObject({ under: CustomerId.nullable() });

/** Ledger to broker, on a private link. */
export const brokerSigner = {
  /** Makes a key for bodies under a customer's key, which is made where there is none. Faults: VAULT_LOCKED, VAULT_UNWRITABLE. */
  makeBodyKey: call(Under, z.strictObject({ key: BodyKey, wrapped: WrappedKey })),
  /** Faults: VAULT_LOCKED; KEY_DESTROYED when the customer's key it was sealed under is gone. */
  openBodyKey: call(Under.extend({ wrapped: WrappedKey }), z.strictObject({ key: BodyKey })),
  /**
   * Signs a checkpoint body of this tenant's device, and nothing else. Answers the signed note (C2SP signed-note), once it is kept
   * that it was signed. Faults: VAULT_LOCKED, VAULT_UNWRITABLE, and CHECKPOINT_REFUSED for fewer entries than were signed before,
   * as many others, or anything else.
   */
  signCheckpoint: call(z.strictObject({ body: z.string().max(2000) }), z.strictObject({ note: z.string().max(4000) })),
};
