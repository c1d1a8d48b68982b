import type { brokerControl } from '../../src-shared/contract/broker.ts';
import type { gatewayControl } from '../../src-shared/contract/gateway.ts';
import { ledgerControl, type Progress } from '../../src-shared/contract/ledger.ts';
import { Fault } from '../../src-shared/fault.ts';
import type { Binding } from '../../src-shared/model/binding.ts';
import type { InstanceId } from '../../src-shared/model/ids.ts';
import type { LastSigned } from '../../src-shared/model/last-signed.ts';
import { client } from '../../src-shared/wire/client.ts';
import type { Client } from '../../src-shared/wire/contract.ts';
import type { Child, ChildOptions, Host } from '../host.ts';
import { type AliveApprovals, noneAlive } from './alive-approvals.ts';
import { brokerOptions, gatewayOptions, ledgerOptions } from './child-options.ts';
import { BrokerSide } from './broker-side.ts';
import type { Facts } from './facts.ts';
import { GatewaySide } from './gateway-side.ts';
import { type Interruptions, makeInterruptions } from './interruptions.ts';
import { Links, type MemberName } from './links.ts';
import { makeListeners } from './listeners.ts';
import type { Log } from './log.ts';
import { Member } from './member.ts';
import { paths } from './paths.ts';
import { watchPulse } from './pulse.ts';
import { makeRecorder } from './recorder.ts';
import { workerBinding } from './worker-binding.ts';
import { Workers } from './workers.ts';

/** Milliseconds a ledger may be silent before the window says so. */
const ledgerPatience = 3000;
/** Milliseconds a process may take until it serves; the keychain's own deadline lies within. */
const startDeadline = 30_000;
/** Milliseconds a person waits for the gateway that comes after one that hung, and the ledger for a broker. */
const nextWithin = 6000;
const silence = 'The ledger does not answer.';

/**
 * The long-lived processes and how they hang together: who is linked to whom, what each is told when it comes up, and
 * what must end when one goes down. Everything here can happen at any time and in any order but the first start's.
 */
export class Crew {
  readonly workers: Workers;
  /** How far the ledger has come with a walk that somebody waits for. */
  readonly progress = makeListeners<Progress & { readonly walk: 'verifying' | 'searching' }>();
  readonly #host: Host;
  readonly #facts: Facts;
  readonly #members: Readonly<Record<MemberName, Member>>;
  readonly #links: Links;
  readonly #broker: BrokerSide;
  readonly #gateway: GatewaySide;
  readonly #interruptions: Interruptions;
  #ledger: Client<typeof ledgerControl> | undefined;
  /** The device that the open ledger is of: its checkpoints are signed with that one's key and no other. */
  #ledgerDevice: string | undefined;
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
    this.#host = host;
    this.#facts = facts;
    this.workers = new Workers(host, (binding) => facts.isMember(binding));
    this.#links = new Links(host, (name) => this.#members[name].child);
    this.#interruptions = makeInterruptions({ facts, crew: this, recorder: makeRecorder(facts, this), log });
    this.#broker = new BrokerSide({ host, facts, log, restock: () => this.onBrokerUp() });
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
        (child) => this.#setUpLedger(child),
        () => this.#ledgerDown(),
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
    await this.#closeLedger();
    await this.#members.ledger.stop();
    await this.#members.broker.stop();
  }

  /** So that the ledger is one whole file, signed to its end. One that hangs is ended all the same; nothing is lost by it. */
  async #closeLedger(): Promise<void> {
    await this.#ledger?.close(undefined, { deadlineMs: 1000 }).catch(() => undefined);
  }

  /** The signed head of everything recorded so far. */
  checkpoint(): Promise<{ entries: number; note: string; isSigned: boolean }> {
    return this.ledger.checkpoint();
  }

  get broker(): Client<typeof brokerControl> {
    return this.#broker.api ?? absent('broker', this.#members.broker.problem);
  }

  get ledger(): Client<typeof ledgerControl> {
    return this.#ledger ?? absent('ledger', this.#members.ledger.problem);
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
      this.#lookForKey();
      void this.#broker.restock();
    }
  }

  async #setUpLedger(child: Child): Promise<void> {
    const api = client(ledgerControl, child.port);
    const { tenant } = this.#facts;
    const file = this.#host.files.path(paths.ledger(tenant));
    const signed = await this.#lastSigned();
    const { name: device, key: deviceKey } = this.#broker.device;
    const opened = await api.open({ tenant, file, device, deviceKey, signed, readOnly: false });
    this.#ledgerDevice = device;
    this.#lookForKey();
    this.#facts.change((facts) => {
      facts.ledger = { ...facts.ledger, entries: opened.entries, problem: null };
      facts.ledgerRemedy = facts.clockBehind = null; // It tells of changes alone, and begins with nothing to tell.
    });
    api.on('grew', ({ entries }) => this.#facts.change((facts) => (facts.ledger = { ...facts.ledger, entries })));
    api.on('covered', ({ entries, isSigned }) =>
      this.#facts.change((facts) => {
        if (isSigned) facts.ledger = { ...facts.ledger, checkpoint: entries };
        facts.isUnsigned = !isSigned;
      }),
    );
    for (const walk of ['verifying', 'searching'] as const) {
      api.on(walk, (progress) => this.progress.tell({ walk, ...progress }));
    }
    api.on('clock', ({ behind }) => this.#facts.change((facts) => (facts.clockBehind = behind)));
    api.on('state', ({ problem, remedy }) =>
      this.#facts.change((facts) => {
        facts.ledger = { ...facts.ledger, problem };
        facts.ledgerRemedy = remedy;
      }),
    );
    const question = { limit: 1, filter: {} };
    void child.exited.then(
      watchPulse(
        (within) => api.page(question, within),
        (isAnswering) => this.#ledgerSilent(!isAnswering),
        ledgerPatience,
      ),
    );
    if (signed && opened.isCut) await this.#recordCut(api, { signed: signed.size, entries: opened.entries });
    this.#ledger = api;
  }

  /** What the ledger must begin with. It is not opened without a broker's answer, which may just be starting again. */
  async #lastSigned(): Promise<LastSigned | null> {
    await this.#upSoon('broker');
    return this.broker.lastSigned(undefined, { deadlineMs: nextWithin });
  }

  /**
   * Nobody else is linked to the ledger yet, so this comes before any other entry, and no checkpoint is signed without it. Told
   * to the broker first, which remembers it until then: after a kill it is recorded once more rather than never.
   */
  async #recordCut(ledger: Client<typeof ledgerControl>, gone: { signed: number; entries: number }): Promise<void> {
    await this.broker.giveUpSigned(undefined, { deadlineMs: nextWithin });
    const params = { alert: 'entries-lost', ...gone };
    await makeRecorder(this.#facts, { ledger }).bySystem({ kind: 'alert', customer: null, params });
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

  #lookForKey(): void {
    const isKeyLost = this.#ledgerDevice !== undefined && this.#ledgerDevice !== this.#broker.device.name;
    if (isKeyLost !== this.#facts.isKeyLost) this.#facts.change((facts) => (facts.isKeyLost = isKeyLost));
  }

  /** A ledger that hangs tells nobody itself. What it told before it hung stays until it tells something else. */
  #ledgerSilent(isSilent: boolean): void {
    const { problem } = this.#facts.ledger;
    if (problem !== (isSilent ? null : silence)) return;
    this.#facts.change((facts) => (facts.ledger = { ...facts.ledger, problem: isSilent ? silence : null }));
  }

  #ledgerDown(): void {
    this.#ledger = undefined;
    this.#facts.change((facts) => {
      facts.ledger = { ...facts.ledger, problem: 'The ledger is starting again.' };
      facts.ledgerRemedy = null;
    });
  }

  #onChange(): void {
    this.#facts.change(() => {});
  }
}

function absent(name: string, problem: Fault | undefined): never {
  throw problem ?? new Fault('STARTING_AGAIN', `The ${name} is starting again.`, 'Try again in a moment.');
}
