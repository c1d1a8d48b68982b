import { type Binding, bindingOf } from '../src-shared/model/binding.ts';
import type { ClientApp } from '../src-shared/model/client-app.ts';
import type { TenantId } from '../src-shared/model/ids.ts';

/** One call that may still return something: whose it is, its binding, and how to stop it. */
interface Flight {
  readonly app: ClientApp | 'operator';
  readonly binding: Binding;
  readonly controller: AbortController;
  readonly landed: Promise<void>;
}

/** What a running call holds: the signal that ends it when its binding or its client app dies, and the duty to land. */
export interface Boarding {
  readonly signal: AbortSignal;
  /** The caller went away: nothing it asked for is wanted any more. */
  readonly leave: () => void;
  /** False from the moment the binding died, whatever the worker still sends. */
  readonly isCurrent: () => boolean;
  readonly land: () => void;
}

/**
 * Who is bound to whom, and which calls run under it. The supervisor replaces a tenant's bindings as a whole; when
 * `replace` resolves, every call under an epoch that is no longer bound has been aborted and has landed, so nothing of
 * the old customer can leave any more.
 */
export class Scope {
  readonly #clients = new Map<TenantId, readonly ClientApp[]>();
  readonly #switchers = new Map<TenantId, Binding>();
  readonly #flights = new Set<Flight>();

  clients(): readonly ClientApp[] {
    return [...this.#clients.values()].flat();
  }

  switcher(tenant: TenantId): Binding | undefined {
    return this.#switchers.get(tenant);
  }

  async replace(tenant: TenantId, clients: readonly ClientApp[], switcher: Binding | null): Promise<void> {
    this.#clients.set(
      tenant,
      clients.filter((app) => app.tenant === tenant),
    );
    if (switcher && switcher.tenant === tenant) this.#switchers.set(tenant, switcher);
    else this.#switchers.delete(tenant);

    const dead = [...this.#flights].filter((flight) => flight.binding.tenant === tenant && !this.#isBound(flight));
    for (const { controller } of dead) controller.abort();
    await Promise.all(dead.map(({ landed }) => landed));
  }

  /** Puts a call in the air under its binding. The caller must `land` it, whatever happens. */
  board(app: ClientApp | 'operator', binding: Binding): Boarding {
    const controller = new AbortController();
    const { promise: landed, resolve } = Promise.withResolvers<void>();
    const flight: Flight = { app, binding, controller, landed };
    this.#flights.add(flight);
    if (!this.#isBound(flight)) controller.abort();
    return {
      signal: controller.signal,
      leave: () => controller.abort(),
      isCurrent: () => this.#isBound(flight),
      land: () => {
        this.#flights.delete(flight);
        resolve();
      },
    };
  }

  /** Whether a call's client app is still armed, and still under the very binding the call was admitted under. */
  #isBound({ app, binding }: Flight): boolean {
    const { tenant, customer, epoch } = binding;
    const known = app === 'operator' ? app : this.#clients.get(tenant)?.find(({ id }) => id === app.id);
    if (!known || (known !== 'operator' && known.state !== 'armed')) return false;
    const current = bindingOf(known, this.#switchers.get(tenant));
    return current?.epoch === epoch && current.customer === customer;
  }
}
