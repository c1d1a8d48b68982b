import type { brokerControl } from '../../src-shared/contract/broker.ts';
import { workerControl, type WorkerBinding } from '../../src-shared/contract/worker.ts';
import { Fault } from '../../src-shared/fault.ts';
import { client } from '../../src-shared/wire/client.ts';
import type { Client } from '../../src-shared/wire/contract.ts';
import type { Child, Host } from '../host.ts';
import { workerOptions } from './child-options.ts';

/**
 * Workers that may be alive at once. Beyond it the one opened longest ago ends, a spare one before all others; its next call
 * opens it again.
 */
const most = 24;
/** Milliseconds a fresh worker, or the broker, may take to answer: one that hangs must not keep its name taken. */
const startDeadline = 4000;

interface Running {
  readonly child: Child;
  readonly binding: WorkerBinding;
  /** The process has ended and the broker has forgotten its link. */
  readonly exited: Promise<void>;
}

interface Peers {
  readonly gateway: Child;
  readonly broker: Child;
  readonly brokerApi: Client<typeof brokerControl>;
}

/**
 * The isolated workers: one process per (tenant, customer, instance, epoch), bound for life before it is linked to
 * anyone. A worker is linked to the gateway and, on a channel the gateway is not on, to the broker.
 */
export class Workers {
  readonly #host: Pick<Host, 'spawn' | 'link'>;
  readonly #open = new Map<string, Running>();
  readonly #opening = new Set<string>();
  readonly #isSpare: (binding: WorkerBinding) => boolean;

  /** `isSpare` says of a binding that many like it are open at once, each for a moment: they must not crowd out others. */
  constructor(host: Pick<Host, 'spawn' | 'link'>, isSpare: (binding: WorkerBinding) => boolean = () => false) {
    this.#host = host;
    this.#isSpare = isSpare;
  }

  get count(): number {
    return this.#open.size;
  }

  /**
   * Starts and links a worker. `isCurrent` is asked again once it runs: a switch meanwhile ends it before anyone has it.
   * One at a time of a name: of two, the one that is not in the list would outlive the switch that is to end it.
   */
  async open(binding: WorkerBinding, peers: Peers, isCurrent: () => boolean): Promise<void> {
    const name = `worker:${binding.tenant}/${binding.customer}/${binding.instance}/${binding.epoch}`;
    if (this.#opening.has(name)) throw new Fault('WORKER_UNAVAILABLE', 'This worker is being started already.');
    this.#opening.add(name);
    try {
      await this.#start(name, binding, peers, isCurrent);
    } finally {
      this.#opening.delete(name);
    }
    this.#evict(name);
  }

  /** Ends every worker whose binding does not hold any more, and resolves when they are gone. */
  async endStale(isCurrent: (binding: WorkerBinding) => boolean): Promise<void> {
    const stale = [...this.#open].filter(([, { binding }]) => !isCurrent(binding));
    await Promise.all(stale.map(([name]) => this.#end(name)));
  }

  async endAll(): Promise<void> {
    await this.endStale(() => false);
  }

  async #start(name: string, binding: WorkerBinding, peers: Peers, isCurrent: () => boolean): Promise<void> {
    // The gateway asks only when its link is gone. The old one ends first, so that its end cannot take the new one's link.
    await this.#end(name);
    const child = await this.#host.spawn(workerOptions);
    const exited = child.exited.then(async () => {
      if (this.#open.get(name)?.child === child) this.#open.delete(name);
      await peers.brokerApi.dismiss({ link: name }, { deadlineMs: 1000 }).catch(() => {}); // A broker that is gone has forgotten it.
    });
    this.#open.set(name, { child, binding, exited });
    try {
      await client(workerControl, child.port).bind(binding, { deadlineMs: startDeadline });
      const { tenant, customer, instance, epoch } = binding;
      await peers.brokerApi.admit({ link: name, tenant, customer, instance, epoch }, { deadlineMs: startDeadline });
      await this.#host.link({ child, name: 'broker' }, { child: peers.broker, name });
      if (!isCurrent()) throw new Fault('NOT_BOUND', 'The customer was switched while the worker started.');
      await this.#host.link({ child, name: 'gateway' }, { child: peers.gateway, name });
    } catch (thrown) {
      await this.#end(name);
      throw thrown;
    }
  }

  /** Resolves when the process is gone and forgotten. Nothing there is fine. */
  async #end(name: string): Promise<void> {
    const ending = this.#open.get(name);
    ending?.child.kill();
    await ending?.exited;
  }

  /** Never the one that was just asked for. */
  #evict(opened: string): void {
    const others = [...this.#open].filter(([name]) => name !== opened);
    const isSpare = ([, { binding }]: (typeof others)[number]): boolean => this.#isSpare(binding);
    const inOrder = [...others.filter(isSpare), ...others.filter((each) => !isSpare(each))];
    for (const [name] of inOrder.slice(0, Math.max(0, this.#open.size - most))) void this.#end(name);
  }
}
