import { brokerControl } from '../../src-shared/contract/broker.ts';
import { gatewayControl, gatewayHost } from '../../src-shared/contract/gateway.ts';
import { ledgerControl } from '../../src-shared/contract/ledger.ts';
import { asFault, Fault } from '../../src-shared/fault.ts';
import type { Binding } from '../../src-shared/model/binding.ts';
import type { InstanceId } from '../../src-shared/model/ids.ts';
import { client } from '../../src-shared/wire/client.ts';
import type { Client } from '../../src-shared/wire/contract.ts';
import { serve } from '../../src-shared/wire/serve.ts';
import type { Child, ChildOptions, Host } from '../host.ts';
import { brokerOptions, gatewayOptions, ledgerOptions } from './child-options.ts';
import type { Facts } from './facts.ts';
import { Links, type MemberName } from './links.ts';
import type { Log } from './log.ts';
import { Member } from './member.ts';
import { openVault } from './open-vault.ts';
import { paths } from './paths.ts';
import { watchPulse } from './pulse.ts';
import { workerBinding } from './worker-binding.ts';
import { Workers } from './workers.ts';

/** Milliseconds for a gateway to end every call of a dead binding; more than its longest wait for the ledger. */
const scopeDeadline = 8000;
/** Milliseconds a ledger may be silent before the window says so, and a gateway before it is ended and started anew. */
const ledgerPatience = 3000;
const gatewayPatience = 15_000;
/** Milliseconds a process may take until it serves; the keychain's own deadline lies within. */
const startDeadline = 30_000;
const silence = 'The ledger does not answer.';

/**
 * The long-lived processes and how they hang together: who is linked to whom, what each is told when it comes up, and
 * what must end when one goes down. Everything here can happen at any time and in any order but the first start's.
 */
export class Crew {
  readonly workers: Workers;
  readonly #host: Host;
  readonly #facts: Facts;
  readonly #log: Log;
  readonly #members: Readonly<Record<MemberName, Member>>;
  readonly #links: Links;
  readonly #version: string;
  #port: number;
  #grantKey = '';
  #device = { name: '', key: '' };
  #sealKey = '';
  #broker: Client<typeof brokerControl> | undefined;
  #ledger: Client<typeof ledgerControl> | undefined;
  #gateway: Client<typeof gatewayControl> | undefined;
  #gatewayChild: Child | undefined;
  /** Called whenever the broker is up afresh: with the memory keystore it has forgotten every credential. */
  onBrokerUp: () => Promise<void> = async () => {};

  constructor(
    host: Host,
    facts: Facts,
    log: Log,
    options: { version: string; mcpPort: number; keychain: Readonly<Record<string, string>> },
  ) {
    this.#host = host;
    this.#facts = facts;
    this.#log = log;
    this.#version = options.version;
    this.#port = options.mcpPort;
    this.workers = new Workers(host);
    this.#links = new Links(host, (name) => this.#members[name].child);
    const member = (
      name: MemberName,
      child: () => ChildOptions,
      setUp: (child: Child) => Promise<void>,
      onDown: () => void,
    ) =>
      new Member({
        host,
        log,
        child,
        setUp,
        // A person may be typing the passphrase of a keystore file; nobody is asked anything else.
        setUpDeadline: name === 'broker' && facts.keystore.kind === 'file' ? null : startDeadline,
        onDown,
        onChange: () => this.#onChange(),
      });
    this.#members = {
      broker: member(
        'broker',
        () => brokerOptions(host, facts.tenant, { keystore: facts.keystore, keychain: options.keychain }),
        (child) => this.#setUpBroker(child),
        () => this.#brokerDown(),
      ),
      ledger: member(
        'ledger',
        () => ledgerOptions(host, facts.tenant),
        (child) => this.#setUpLedger(child),
        () => this.#ledgerDown(),
      ),
      gateway: member(
        'gateway',
        () => gatewayOptions,
        (child) => this.#setUpGateway(child),
        () => this.#gatewayDown(),
      ),
    };
  }

  /** Brings everything up in the order of who needs whom. Faults are those of the member that could not. */
  async start(): Promise<void> {
    for (const name of ['broker', 'ledger', 'gateway'] as const) {
      await this.#members[name].start();
      await this.#links.make();
    }
  }

  /** Ends every call, each with its outcome in the ledger. One that takes long is cut short, and the next start tells it. */
  async endCalls(): Promise<void> {
    const nobody = { tenant: this.#facts.tenant, clients: [], switcher: null };
    await this.#gateway?.scope(nobody, { deadlineMs: 500 }).catch(() => undefined);
  }

  /** Ends everything: first who could cause entries, last who writes them. */
  async stop(): Promise<void> {
    await this.#members.gateway.stop();
    await this.workers.endAll();
    await this.#closeLedger();
    await this.#members.ledger.stop();
    await this.#members.broker.stop();
  }

  /** So that the ledger is one whole file, signed to its end. One that hangs is ended all the same; nothing is lost by it. */
  async #closeLedger(): Promise<void> {
    await this.#ledger?.close(undefined, { deadlineMs: 1000 }).catch(() => undefined);
  }

  /** Signs the head of everything recorded so far, and lets the windows know how far that is. */
  async checkpoint(): Promise<{ entries: number; note: string; isSigned: boolean }> {
    const checkpoint = await this.ledger.checkpoint();
    this.#facts.change((facts) => (facts.ledger = { ...facts.ledger, checkpoint: checkpoint.entries }));
    return checkpoint;
  }

  get broker(): Client<typeof brokerControl> {
    return this.#broker ?? absent('broker', this.#members.broker.problem);
  }

  get ledger(): Client<typeof ledgerControl> {
    return this.#ledger ?? absent('ledger', this.#members.ledger.problem);
  }

  get gateway(): Client<typeof gatewayControl> {
    return this.#gateway ?? absent('gateway', this.#members.gateway.problem);
  }

  get sealKey(): string {
    return this.#sealKey;
  }

  views(): { name: string; pid: number | null; restarts: number; state: 'up' | 'starting' | 'down' }[] {
    return Object.entries(this.#members).map(([name, member]) => ({ name, ...member.view() }));
  }

  problems(): { name: string; fault: Fault }[] {
    return Object.entries(this.#members).flatMap(([name, { problem }]) => (problem ? [{ name, fault: problem }] : []));
  }

  /**
   * Tells the gateway who is bound to whom. When this resolves, nothing of a dead binding can leave any more: the gateway
   * has said so, or it has ended, and is told afresh when it starts again. One that refuses or does not answer is ended.
   */
  async pushScope(): Promise<void> {
    const { tenant, desk, switcher } = this.#facts;
    const scope = { tenant, clients: desk.clients, switcher: switcher?.binding ?? null };
    const child = this.#gatewayChild;
    await this.#gateway?.scope(scope, { deadlineMs: scopeDeadline }).catch(async (thrown: unknown) => {
      if (asFault(thrown).code === 'PORT_CLOSED') return;
      child?.kill();
      await child?.exited;
    });
  }

  /** Tells the gateway what is enrolled, mapped and used, all anew. */
  async pushTenancy(): Promise<void> {
    if (!this.#gateway) return;
    const { tenancy, tools } = this.#facts;
    const period = new Date(this.#host.now()).toISOString().slice(0, 7);
    const { calls } = await this.ledger.countCalls({ from: `${period}-01T00:00:00.000Z` });
    await this.#gateway.enrol({
      enrolment: tenancy.enrolment,
      tools: [...tools],
      instances: [...tenancy.instances],
      usage: { period, calls },
    });
  }

  async #setUpBroker(child: Child): Promise<void> {
    const api = client(brokerControl, child.port);
    const { tenant, keystore } = this.#facts;
    const vaultFile = this.#host.files.path(paths.vault(tenant));
    const { sealKey, device, deviceKey } = await openVault(api, { tenant, keystore, vaultFile });
    this.#sealKey = sealKey;
    this.#device = { name: device, key: deviceKey };
    if (this.#grantKey !== '') await api.trustGateway({ grantKey: this.#grantKey });
    this.#broker = api;
    void this.#afterUp().then(() => this.#restock(api));
  }

  /** Again until it works: what it needs besides the broker, the ledger above all, may be down as well just now. */
  async #restock(broker: Client<typeof brokerControl>): Promise<void> {
    for (let pause = 100; this.#broker === broker; pause = Math.min(5000, pause * 2)) {
      try {
        return await this.onBrokerUp();
      } catch (thrown) {
        this.#log('warn', 'broker.restock', { fault: asFault(thrown).code });
      }
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  async #setUpLedger(child: Child): Promise<void> {
    const api = client(ledgerControl, child.port);
    const { tenant } = this.#facts;
    const file = this.#host.files.path(paths.ledger(tenant));
    const { name: device, key: deviceKey } = this.#device;
    const opened = await api.open({ tenant, file, device, deviceKey, readOnly: false });
    this.#facts.change((facts) => {
      facts.ledger = { ...facts.ledger, entries: opened.entries, problem: null };
      facts.interrupted += opened.interrupted.length;
    });
    api.on('grew', ({ entries }) => this.#facts.change((facts) => (facts.ledger = { ...facts.ledger, entries })));
    api.on('state', ({ problem }) => this.#facts.change((facts) => (facts.ledger = { ...facts.ledger, problem })));
    const question = { limit: 1, filter: {} };
    void child.exited.then(
      watchPulse(
        (within) => api.page(question, within),
        (isAnswering) => this.#ledgerSilent(!isAnswering),
        ledgerPatience,
      ),
    );
    this.#ledger = api;
    void this.#afterUp();
  }

  async #setUpGateway(child: Child): Promise<void> {
    const api = client(gatewayControl, child.port);
    serve(gatewayHost, { openWorker: (wanted) => this.#openWorker(wanted) }, child.port);
    const { grantKey } = await api.start({ version: this.#version });
    this.#grantKey = grantKey;
    await this.#broker?.trustGateway({ grantKey });
    this.#gateway = api;
    this.#gatewayChild = child;
    api.on('health', ({ instance, health }) => this.#facts.change((facts) => facts.health.set(instance, health)));
    api.on('clientSeen', ({ client: id, at }) => this.#facts.change((facts) => facts.lastUsed.set(id, at)));
    await this.pushTenancy();
    await this.pushScope();
    await this.#links.make({ gateway: child }); // Before anyone can call: a call that cannot be recorded is denied.
    void child.exited.then(
      watchPulse(
        (within) => api.usage(undefined, within),
        (isAnswering) => {
          if (!isAnswering) child.kill();
        },
        gatewayPatience,
      ),
    );
    const { port, mcpUrl } = await api.listen({ port: this.#port });
    this.#port = port; // A restarted gateway comes back where its clients look for it.
    this.#facts.change((facts) => (facts.mcpUrl = mcpUrl));
    void this.#afterUp();
  }

  async #openWorker(wanted: Binding & { instance: InstanceId }): Promise<void> {
    const binding = workerBinding(this.#facts, wanted, this.#grantKey);
    const { gateway, broker } = { gateway: this.#members.gateway.child, broker: this.#members.broker.child };
    if (!gateway || !broker) throw new Fault('WORKER_UNAVAILABLE', 'A part of Bulkhead is starting again.');
    await this.workers.open(binding, { gateway, broker, brokerApi: this.broker }, () => this.#facts.isCurrent(wanted));
  }

  /** A worker trusts one gateway's key and holds one broker's link: both are for its life, so it ends with either. */
  #brokerDown(): void {
    this.#broker = undefined;
    void this.workers.endAll();
  }

  #gatewayDown(): void {
    this.#gateway = undefined;
    void this.workers.endAll();
  }

  /** A ledger that hangs tells nobody itself. What it told before it hung stays until it tells something else. */
  #ledgerSilent(isSilent: boolean): void {
    const { problem } = this.#facts.ledger;
    if (problem !== (isSilent ? null : silence)) return;
    this.#facts.change((facts) => (facts.ledger = { ...facts.ledger, problem: isSilent ? silence : null }));
  }

  #ledgerDown(): void {
    this.#ledger = undefined;
    this.#facts.change((facts) => (facts.ledger = { ...facts.ledger, problem: 'The ledger is starting again.' }));
  }

  /** Once the member that just came up counts as up. */
  async #afterUp(): Promise<void> {
    await Promise.resolve();
    await new Promise((resolve) => setTimeout(resolve, 0));
    await this.#links.make();
  }

  #onChange(): void {
    this.#facts.change(() => {});
  }
}

function absent(name: string, problem: Fault | undefined): never {
  throw problem ?? new Fault('STARTING_AGAIN', `The ${name} is starting again.`, 'Try again in a moment.');
}
