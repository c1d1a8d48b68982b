import { brokerControl } from '../../src-shared/contract/broker.ts';
import { asFault } from '../../src-shared/fault.ts';
import { client } from '../../src-shared/wire/client.ts';
import type { Client } from '../../src-shared/wire/contract.ts';
import type { Child, Host } from '../host.ts';
import type { Facts } from './facts.ts';
import type { Log } from './log.ts';
import { openVault } from './open-vault.ts';
import { paths } from './paths.ts';
import { endIfSilent } from './pulse.ts';

/** Milliseconds for a broker to take in whose grants it may honour, which it does from memory. */
const trustDeadline = 5000;

export interface BrokerPowers {
  readonly host: Pick<Host, 'files'>;
  readonly facts: Facts;
  readonly log: Log;
  /** What must be brought to a fresh broker; asked for again until it works. */
  readonly restock: () => Promise<void>;
}

/**
 * The supervisor's side of the broker: brings each fresh one up, tells it whose grants it may honour, and ends one that hangs.
 * It asks a person, for a passphrase or at the keychain, only while its vault is opened; from then on silence is a fault.
 */
export class BrokerSide {
  readonly #powers: BrokerPowers;
  #api: Client<typeof brokerControl> | undefined;
  #grantKey = '';
  #device = { name: '', key: '' };
  #sealKey = '';

  constructor(powers: BrokerPowers) {
    this.#powers = powers;
  }

  get api(): Client<typeof brokerControl> | undefined {
    return this.#api;
  }

  /** The public key of the gateway whose grants count. */
  get grantKey(): string {
    return this.#grantKey;
  }

  /** The name and the public key that its signatures are checked with. */
  get device(): { readonly name: string; readonly key: string } {
    return this.#device;
  }

  get sealKey(): string {
    return this.#sealKey;
  }

  async setUp(child: Child): Promise<void> {
    const { host, facts } = this.#powers;
    const api = client(brokerControl, child.port);
    const { tenant, keystore } = facts;
    const vaultFile = host.files.path(paths.vault(tenant));
    const { sealKey, device, deviceKey } = await openVault(api, { tenant, keystore, vaultFile });
    this.#sealKey = sealKey;
    this.#device = { name: device, key: deviceKey };
    for (let told = ''; told !== this.#grantKey; ) {
      told = this.#grantKey; // Another gateway may come up meanwhile, and finds no broker to tell.
      await api.trustGateway({ grantKey: told }, { deadlineMs: trustDeadline });
    }
    this.#api = api;
    endIfSilent(child, (within) => api.lastSigned(undefined, within), this.#powers.log);
  }

  down(): void {
    this.#api = undefined;
  }

  /**
   * Tells the broker whose grants it may honour from now on. One that is silent keeps no gateway from coming up: it reads this
   * once it goes on, and one that starts anew is told then.
   */
  async trust(grantKey: string): Promise<void> {
    this.#grantKey = grantKey;
    await this.#api?.trustGateway({ grantKey }, { deadlineMs: trustDeadline }).catch((thrown: unknown) => {
      const { code } = asFault(thrown);
      if (code !== 'DEADLINE' && code !== 'PORT_CLOSED') throw thrown;
      this.#powers.log('warn', 'broker.trust', { fault: code });
    });
  }

  /** Again until it works: what it needs besides the broker, the ledger above all, may be down as well just now. */
  async restock(): Promise<void> {
    const api = this.#api;
    for (let pause = 100; api && this.#api === api; pause = Math.min(5000, pause * 2)) {
      try {
        return await this.#powers.restock();
      } catch (thrown) {
        this.#powers.log('warn', 'broker.restock', { fault: asFault(thrown).code });
      }
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
