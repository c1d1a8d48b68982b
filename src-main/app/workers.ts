import type { brokerControl } from '../../src-shared/contract/broker.ts';
import { workerControl, type WorkerBinding } from '../../src-shared/contract/worker.ts';
import { Fault } from '../../src-shared/fault.ts';
import { client } from '../../src-shared/wire/client.ts';
import type { Client } from '../../src-shared/wire/contract.ts';
import type { Child, Host } from '../host.ts';
import { workerOptions } from './child-options.ts';

/** Workers that may be alive at once. Beyond it the one opened longest ago ends; its next call opens it again. */
const most = 24;

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
  readonly #open = new Map<string, { readonly child: Child; readonly binding: WorkerBinding }>();

  constructor(host: Pick<Host, 'spawn' | 'link'>) {
    this.#host = host;
  }

  get count(): number {
    return this.#open.size;
  }

  /** Starts and links a worker. `isCurrent` is asked again once it runs: a switch meanwhile ends it before anyone has it. */
  async open(binding: WorkerBinding, peers: Peers, isCurrent: () => boolean): Promise<void> {
    const name = `worker:${binding.tenant}/${binding.customer}/${binding.instance}/${binding.epoch}`;
    if (this.#open.has(name)) this.#end(name); // The gateway asks only when its link is gone; a link is never made twice.
    const child = await this.#host.spawn(workerOptions);
    this.#open.set(name, { child, binding });
    void child.exited.then(() => {
      if (this.#open.get(name)?.child === child) this.#open.delete(name);
      void peers.brokerApi.dismiss({ link: name }).catch(() => {}); // A broker that is gone has forgotten it already.
    });
    try {
      await client(workerControl, child.port).bind(binding);
      const { tenant, customer, instance, epoch } = binding;
      await peers.brokerApi.admit({ link: name, tenant, customer, instance, epoch });
      await this.#host.link({ child, name: 'broker' }, { child: peers.broker, name });
      if (!isCurrent()) throw new Fault('NOT_BOUND', 'The customer was switched while the worker started.');
      await this.#host.link({ child, name: 'gateway' }, { child: peers.gateway, name });
    } catch (thrown) {
      this.#end(name);
      throw thrown;
    }
    this.#evict();
  }

  /** Ends every worker whose binding does not hold any more, and resolves when they are gone. */
  async endStale(isCurrent: (binding: WorkerBinding) => boolean): Promise<void> {
    const stale = [...this.#open].filter(([, { binding }]) => !isCurrent(binding));
    for (const [name] of stale) this.#end(name);
    await Promise.all(stale.map(([, { child }]) => child.exited));
  }

  async endAll(): Promise<void> {
    await this.endStale(() => false);
  }

  #end(name: string): void {
    this.#open.get(name)?.child.kill();
    this.#open.delete(name);
  }

  #evict(): void {
    for (const name of [...this.#open.keys()].slice(0, Math.max(0, this.#open.size - most))) this.#end(name);
  }
}
