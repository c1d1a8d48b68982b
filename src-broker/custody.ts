/**
 * What the broker does for each of its peers: the supervisor opens the vault and says who is who, workers lease a
 * credential with a grant, a worker that surveys reads its instance's, the ledger has its checkpoints signed and gets keys
 * for what it seals. Only the supervisor is trusted, and not with secrets.
 */
import type { KeyObject } from 'node:crypto';
import type { z } from 'zod';
import {
  type brokerControl,
  brokerLease,
  brokerSigner,
  brokerSurvey,
  Credential,
  type KeystoreChoice,
} from '../src-shared/contract/broker.ts';
import { Fault } from '../src-shared/fault.ts';
import type { TenantId } from '../src-shared/model/ids.ts';
import { makeSealKey, type SealedBox } from '../src-shared/seal.ts';
import type { Handlers } from '../src-shared/wire/contract.ts';
import type { Port } from '../src-shared/wire/port.ts';
import { serve } from '../src-shared/wire/serve.ts';
import { grantCheck } from './grant-check.ts';
import { publicKeyFrom } from './device-key.ts';
import type { Keystore } from './keystore/keystore.ts';
import { makeLinks } from './links.ts';
import { openVault } from './open-vault.ts';
import { signCheckpoint } from './sign-checkpoint.ts';
import type { Vault } from './vault.ts';
import { noFile, vaultFile } from './vault-file.ts';

export interface Powers {
  openKeystore(choice: KeystoreChoice): Keystore;
  /** Milliseconds since 1970. */
  now(): number;
}

export interface Custody {
  readonly control: Handlers<typeof brokerControl>;
  arrive(link: string, port: Port): void;
}

/** Field names a connector may declare. */
const StorableCredential = Credential.refine((fields) => {
  const names = Object.keys(fields);
  return names.length > 0 && names.every((name) => /^[A-Za-z][A-Za-z0-9_.-]{0,39}$/.test(name));
});

export function makeCustody({ openKeystore, now }: Powers): Custody {
  let isOpening = false;
  let unlocked: { readonly vault: Vault; readonly sealKey: string; readonly unseal: Unseal } | undefined;
  let gatewayKey: KeyObject | undefined;

  const held = (): NonNullable<typeof unlocked> => {
    if (!unlocked) throw new Fault('VAULT_LOCKED', 'The vault is not open.');
    return unlocked;
  };
  const links = makeLinks({
    lease: (admitted, port) => {
      const check = grantCheck(admitted);
      serve(
        brokerLease,
        {
          lease: ({ grant }) => {
            check(grant, gatewayKey, now());
            const { vault } = held();
            requireTenant(vault, admitted.tenant);
            return { credential: vault.credential(admitted.customer, admitted.instance) };
          },
        },
        port,
      );
    },
    survey: ({ tenant, instance }, port) => {
      const read = (): Credential => {
        const { vault } = held();
        requireTenant(vault, tenant);
        return vault.instanceCredential(instance);
      };
      serve(brokerSurvey, { credential: () => ({ credential: read() }) }, port);
    },
    signer: (port) => {
      serve(
        brokerSigner,
        {
          makeBodyKey: ({ under }) => {
            const { key, wrapped } = held().vault.makeBodyKey(under);
            return { key: asText(key), wrapped };
          },
          openBodyKey: ({ under, wrapped }) => ({ key: asText(held().vault.openBodyKey(under, wrapped)) }),
          signCheckpoint: ({ body }) => ({ note: signCheckpoint(body, held().vault) }),
        },
        port,
      );
    },
  });

  const control: Handlers<typeof brokerControl> = {
    open: async ({ tenant, keystore: choice, vaultFile: path }) => {
      if (isOpening || unlocked) throw new Fault('VAULT_OPEN', 'The vault is already open, or being opened.');
      isOpening = true;
      try {
        const store = choice.kind === 'memory' ? noFile : vaultFile(path);
        const vault = await openVault({ tenant, keystore: openKeystore(choice), store });
        const { sealKey, open } = await makeSealKey();
        unlocked = { vault, sealKey, unseal: open };
        return { sealKey, deviceKey: vault.device.publicBytes.toString('base64url'), device: vault.device.device };
      } finally {
        isOpening = false;
      }
    },
    lastSigned: () => held().vault.signed.last,
    giveUpSigned: () => held().vault.signed.giveUp(),
    trustGateway: ({ grantKey }) => {
      gatewayKey = undefined; // A key that cannot be read still ends the old one.
      gatewayKey = publicKeyFrom(grantKey);
    },
    admit: ({ link, ...admission }) => {
      if (unlocked) requireTenant(unlocked.vault, admission.tenant);
      links.admit(link, admission);
    },
    admitSurvey: ({ link, ...admission }) => {
      if (unlocked) requireTenant(unlocked.vault, admission.tenant);
      links.admitSurvey(link, admission);
    },
    dismiss: ({ link }) => links.dismiss(link),
    storeCredential: async ({ instance, customers, box }) => {
      const { vault, unseal } = held();
      const credential = await openBox(unseal, box, `${vault.tenant}/${instance}`);
      vault.storeCredential(instance, customers, credential, new Date(now()).toISOString());
      return { fields: Object.keys(credential) };
    },
    mapCredential: ({ instance, customers }) => held().vault.mapCredential(instance, customers),
    revokeCredential: ({ instance }) => held().vault.revokeCredential(instance),
    credentials: () => held().vault.credentials(),
    hasKey: ({ customer }) => held().vault.hasKey(customer),
    destroyCustomer: ({ customer }) => held().vault.destroyCustomer(customer),
  };
  return { control, arrive: links.arrive };
}

/** A key as it crosses to the ledger. Clears the bytes. */
function asText(key: Buffer): string {
  const text = key.toString('base64');
  key.fill(0);
  return text;
}

type Unseal = (box: SealedBox, purpose: string) => Promise<string>;

/** Opens what a person sealed in the window or a command. Errors say nothing of it: a parser would quote the secret. */
async function openBox(unseal: Unseal, box: SealedBox, purpose: string): Promise<z.infer<typeof StorableCredential>> {
  try {
    return StorableCredential.parse(JSON.parse(await unseal(box, purpose)));
  } catch {
    throw new Fault(
      'CREDENTIAL_INVALID',
      'The sealed credential could not be opened, or has no usable fields.',
      'Enter it again.',
    );
  }
}

function requireTenant(vault: Vault, tenant: TenantId): void {
  if (vault.tenant !== tenant) throw new Fault('TENANT_MISMATCH', "This broker holds another tenant's vault.");
}
