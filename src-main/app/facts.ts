import type { KeystoreChoice } from '../../src-shared/contract/broker.ts';
import type { ConnectorDescription } from '../../src-shared/contract/worker.ts';
import { Fault } from '../../src-shared/fault.ts';
import type { Approval, StandingApproval } from '../../src-shared/model/approval.ts';
import type { Binding } from '../../src-shared/model/binding.ts';
import type { Enrolment } from '../../src-shared/model/bundle.ts';
import type { ClientApp } from '../../src-shared/model/client-app.ts';
import type { Customer } from '../../src-shared/model/customer.ts';
import type { InstanceId, TenantId } from '../../src-shared/model/ids.ts';
import type { Health, Instance } from '../../src-shared/model/instance.ts';
import type { ToolDefinition } from '../../src-shared/model/tool.ts';
import type { VerifiedEnrolment } from '../../src-shared/verify-enrolment.ts';
import type { Desk } from './desk.ts';
import { noToolPins, type ToolPins } from './tool-pins.ts';

/** What is enrolled on this device, verified. */
export interface Tenancy extends VerifiedEnrolment {
  readonly enrolment: Enrolment;
  readonly instances: readonly Instance[];
}

/** What verifying the ledger found wrong: at which entry, or 0 where it is something about the whole file. */
export interface Broken {
  readonly seq: number;
  readonly problem: string;
  readonly isUnreadable: boolean;
}

/**
 * What the supervisor knows, in one place. Only this folder's own deeds change it, each through `change`, which tells
 * whoever shows it. It is the supervisor's word on what is bound: broker and workers are checked against this, not
 * against what the gateway says.
 */
export class Facts {
  tenancy: Tenancy;
  desk: Desk;
  tools: readonly ToolDefinition[] = [];
  connectors: readonly ConnectorDescription[] = [];
  /** Which of the tools people have accepted. */
  toolPins: ToolPins = noToolPins;
  /** The calls that wait for a person, as the gateway last told them; and how often it did. */
  waiting: readonly Approval[] = [];
  approvalChanges = 0;
  /** What people approved that has not run yet, and what they approved for a while: both end with their gateway. */
  unused: readonly Approval[] = [];
  standing: readonly StandingApproval[] = [];
  switcher: { readonly binding: Binding; readonly since: string } | null = null;
  /** What the gateway tells of an instance: by this gate 4 decides. */
  health = new Map<InstanceId, Health>();
  /** What the last survey of an instance met: shown while the gateway has nothing to tell. */
  surveyed = new Map<InstanceId, Health>();
  lastUsed = new Map<string, string>();
  /** When a call last went out to an instance's vendor. */
  instanceUsed = new Map<InstanceId, string>();
  credentials = new Map<InstanceId, string>();
  ledger: { entries: number; checkpoint: number | null; problem: string | null } = {
    entries: 0,
    checkpoint: null,
    problem: null,
  };
  /** What to do about the ledger's problem, when the ledger itself knows. */
  ledgerRemedy: string | null = null;
  /** What the last verify found wrong, until a later one finds the ledger whole. */
  broken: Broken | null = null;
  /** Seconds by which the clock is behind the last entry of the ledger. */
  clockBehind: number | null = null;
  /** The ledger's last checkpoint could not be signed. */
  isUnsigned = false;
  /** The key that this ledger is signed with ended with its broker: it was in a keystore in memory. */
  isKeyLost = false;
  interrupted = 0;
  mcpUrl: string | null = null;
  readonly keystore: KeystoreChoice;
  readonly #listeners = new Set<() => void>();
  #isTelling = false;

  constructor(tenancy: Tenancy, desk: Desk, keystore: KeystoreChoice) {
    this.tenancy = tenancy;
    this.desk = desk;
    this.keystore = keystore;
  }

  get tenant(): TenantId {
    return this.tenancy.enrolment.tenant;
  }

  /** Makes a change and tells every listener, at most about thirty times a second. */
  change(deed: (facts: Facts) => void): void {
    deed(this);
    if (this.#isTelling) return;
    this.#isTelling = true;
    setTimeout(() => {
      this.#isTelling = false;
      for (const listener of this.#listeners) listener();
    }, 30);
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  customer(idOrCode: string): Customer | undefined {
    return this.tenancy.bundle.customers.find(({ id, code }) => id === idOrCode || code === idOrCode);
  }

  /** @throws Fault UNKNOWN_CUSTOMER */
  knownCustomer(idOrCode: string): Customer {
    const customer = this.customer(idOrCode);
    if (customer) return customer;
    throw new Fault('UNKNOWN_CUSTOMER', 'There is no customer of this id or code.', 'See `bulkhead customer list`.');
  }

  /** @throws Fault UNKNOWN_INSTANCE */
  knownInstance(id: InstanceId): Instance {
    const instance = this.tenancy.instances.find((each) => each.id === id);
    if (instance) return instance;
    throw new Fault('UNKNOWN_INSTANCE', 'There is no connector instance of this id.', 'See `bulkhead connector list`.');
  }

  client(name: string): ClientApp | undefined {
    return this.desk.clients.find((app) => app.name === name && app.state !== 'revoked');
  }

  /** Whether it is one of several customers that a client app works on together. */
  isMember({ customer, epoch }: Pick<Binding, 'customer' | 'epoch'>): boolean {
    return this.desk.crosses.some(({ members }) =>
      members.some((one) => one.customer === customer && one.epoch === epoch),
    );
  }

  /** Whether anything that may work is bound to exactly this customer at exactly this epoch. */
  isCurrent({ tenant, customer, epoch }: Binding): boolean {
    const isThis = (other: { customer: string; epoch: number } | null | undefined): boolean =>
      other?.epoch === epoch && other.customer === customer;
    if (tenant !== this.tenant) return false;
    if (isThis(this.switcher?.binding)) return true;
    const { clients, crosses, stopped } = this.desk;
    if (stopped) return false; // The operator follows the switcher; nobody else may work.
    const armed = clients.filter(({ state }) => state === 'armed');
    return (
      armed.some(({ pin }) => isThis(pin)) ||
      crosses.some(({ app, members }) => armed.some(({ id }) => id === app) && members.some(isThis))
    );
  }
}
