import type { brokerControl } from '../../src-shared/contract/broker.ts';
import type { gatewayControl } from '../../src-shared/contract/gateway.ts';
import type { ledgerControl } from '../../src-shared/contract/ledger.ts';
import { Fault } from '../../src-shared/fault.ts';
import type { Binding } from '../../src-shared/model/binding.ts';
import type { InstanceId } from '../../src-shared/model/ids.ts';
import type { Client } from '../../src-shared/wire/contract.ts';
import type { Child, ChildOptions, Host } from '../host.ts';
import { type AliveApprovals, noneAlive } from './alive-approvals.ts';
import { brokerOptions, gatewayOptions, ledgerOptions } from './child-options.ts';
import { BrokerSide } from './broker-side.ts';
import type { Facts } from './facts.ts';
import { GatewaySide } from './gateway-side.ts';
import { type Interruptions, makeInterruptions } from './interruptions.ts';
import { LedgerSide } from './ledger-side.ts';
import { Links, type MemberName } from './links.ts';
import type { Log } from './log.ts';
import { Member } from './member.ts';
import { makeRecorder } from './recorder.ts';
import { workerBinding } from './worker-binding.ts';
import { Workers } from './workers.ts';

/** Milliseconds a process may take until it serves; the keychain's own deadline lies within. */
const startDeadline = 30_000;
/** Milliseconds a person waits for the gateway that comes after one that hung, and the ledger for a broker. */
const nextWithin = 6000;

/**
 * The long-lived processes and how they hang together: who is linked to whom, what each is told when it comes up, and
 * what must end when one goes down. Everything here can happen at any time and in any order but the first start's.
 */
export class Crew {
  readonly workers: Workers;
  readonly #facts: Facts;
  readonly #members: Readonly<Record<MemberName, Member>>;
  readonly #links: Links;
  readonly #broker: BrokerSide;
  readonly #ledger: LedgerSide;
  readonly #gateway: GatewaySide;
  readonly #interruptions: Interruptions;
  /** Called whenever the broker is up afresh: with the memory keystore it has forgotten every credential. */
  onBrokerUp: () => Promise<void> = async () => {};
  /** Called with what waited for people, or was approved by them, in a gateway that ended. Never rejects. */
  onApprovalsLost: (lost: AliveApprovals) => Promise<void> = async () => {};

  constructor(
    host: Host,
    facts: Facts,
    log: Log,
    options: { version: string; mcpPort: number; keychain: Readonly<Record<string, string>> },
  ) {
    this.#facts = facts;
    this.workers = new Workers(host, (binding) => facts.isMember(binding));
    this.#links = new Links(host, (name) => this.#members[name].child);
    this.#interruptions = makeInterruptions({ facts, crew: this, recorder: makeRecorder(facts, this), log });
    this.#broker = new BrokerSide({ host, facts, log, restock: () => this.onBrokerUp() });
    this.#ledger = new LedgerSide({
      host,
      facts,
      brokerSoon: () => this.#upSoon('broker'),
      broker: () => this.broker,
      device: () => this.#broker.device,
    });
    this.#gateway = new GatewaySide(
      {
        host,
        facts,
        log,
        version: options.version,
        ledger: () => this.ledger,
        trust: (grantKey) => this.#broker.trust(grantKey),
        openWorker: (wanted) => this.#openWorker(wanted),
        noneRuns: () => this.#interruptions.noneRuns(),
        link: (child) => this.#links.makeEarly('gateway', child),
      },
      options.mcpPort,
    );
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
        onUp: () => this.#up(name),
        onDown,
        onChange: () => this.#onChange(),
      });
    this.#members = {
      broker: member(
        'broker',
        () => brokerOptions(host, facts.tenant, { keystore: facts.keystore, keychain: options.keychain }),
        (child) => this.#broker.setUp(child),
        () => this.#brokerDown(),
      ),
      ledger: member(
        'ledger',
        () => ledgerOptions(host, facts.tenant),
        (child) => this.#ledger.setUp(child),
        () => this.#ledger.down(),
      ),
      gateway: member(
        'gateway',
        () => gatewayOptions,
        (child) => this.#gateway.setUp(child),
        () => this.#gatewayDown(),
      ),
    };
  }

  /** Brings everything up in the order of who needs whom. Faults are those of the member that could not. */
  async start(): Promise<void> {
    for (const name of ['broker', 'ledger', 'gateway'] as const) await this.#members[name].start();
    this.#interruptions.watch();
  }

  endCalls(): Promise<void> {
    return this.#gateway.endCalls();
  }

  /** Ends everything: first who could cause entries, last who writes them. */
  async stop(): Promise<void> {
    this.#interruptions.end();
    await this.#members.gateway.stop();
    await this.workers.endAll();
    await this.#ledger.close();
    await this.#members.ledger.stop();
    await this.#members.broker.stop();
  }

  /** The signed head of everything recorded so far. */
  checkpoint(): Promise<{ entries: number; note: string; isSigned: boolean }> {
    return this.ledger.checkpoint();
  }

  get broker(): Client<typeof brokerControl> {
    return this.#broker.api ?? absent('broker', this.#members.broker.problem);
  }

  get ledger(): Client<typeof ledgerControl> {
    return this.#ledger.api ?? absent('ledger', this.#members.ledger.problem);
  }

  /** How far the ledger has come with a walk that somebody waits for. */
  get progress(): LedgerSide['progress'] {
    return this.#ledger.progress;
  }

  get gateway(): Client<typeof gatewayControl> {
    return this.#gateway.api ?? absent('gateway', this.#members.gateway.problem);
  }

  /**
   * The gateway after one that did not answer: that one is ended, as at a switch, for it must keep nobody from switching.
   * Faults while no other is up in time.
   */
  async gatewayAfter(silent: Client<typeof gatewayControl>): Promise<Client<typeof gatewayControl>> {
    await this.#gateway.endSilent(silent);
    await this.#upSoon('gateway');
    return this.gateway;
  }

  /** Resolves when the member is up, or has had its time. */
  async #upSoon(name: MemberName): Promise<void> {
    const { promise: isLate, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, nextWithin);
    await Promise.race([this.#members[name].up(), isLate]);
    clearTimeout(timer);
  }

  /** The broker's process while it is up, for links. */
  get brokerChild(): Child | undefined {
    return this.#members.broker.child;
  }

  /** This device's name, and its public key: base64url of 32 bytes. */
  get device(): { readonly name: string; readonly key: string } {
    return this.#broker.device;
  }

  get sealKey(): string {
    return this.#broker.sealKey;
  }

  views(): { name: string; pid: number | null; restarts: number; state: 'up' | 'starting' | 'down' }[] {
    return Object.entries(this.#members).map(([name, member]) => ({ name, ...member.view() }));
  }

  problems(): { name: string; fault: Fault }[] {
    return Object.entries(this.#members).flatMap(([name, { problem }]) => (problem ? [{ name, fault: problem }] : []));
  }

  pushScope(): Promise<void> {
    return this.#gateway.pushScope();
  }

  pushTenancy(): Promise<void> {
    return this.#gateway.pushTenancy();
  }

  /** A member counts as up: it is linked to whoever else is. Its caller does not wait for what a broker must be told anew. */
  async #up(name: MemberName): Promise<void> {
    // Windows ask what waits for people when it changes; while no gateway answered they could not.
    if (name === 'gateway') this.#facts.change((facts) => (facts.approvalChanges += 1));
    await this.#links.make();
    if (name === 'broker') {
      this.#ledger.lookForKey();
      void this.#broker.restock();
    }
  }

  async #openWorker(wanted: Binding & { instance: InstanceId }): Promise<void> {
    const binding = workerBinding(this.#facts, wanted, this.#broker.grantKey);
    const { gateway, broker } = { gateway: this.#members.gateway.child, broker: this.#members.broker.child };
    if (!gateway || !broker) throw new Fault('WORKER_UNAVAILABLE', 'A part of Bulkhead is starting again.');
    await this.workers.open(binding, { gateway, broker, brokerApi: this.broker }, () => this.#facts.isCurrent(wanted));
  }

  /** A worker trusts one gateway's key and holds one broker's link: both are for its life, so it ends with either. */
  #brokerDown(): void {
    this.#broker.down();
    void this.workers.endAll();
  }

  #gatewayDown(): void {
    this.#gateway.down();
    const { waiting, unused, standing } = this.#facts;
    this.#facts.change((facts) => {
      Object.assign(facts, noneAlive);
      facts.approvalChanges += 1;
    });
    void this.onApprovalsLost({ waiting, unused, standing });
    void this.workers.endAll();
  }

  #onChange(): void {
    this.#facts.change(() => {});
  }
}

function absent(name: string, problem: Fault | undefined): never {
  throw problem ?? new Fault('STARTING_AGAIN', `The ${name} is starting again.`, 'Try again in a moment.');
}
