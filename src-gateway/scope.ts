import { type Binding, bindingOf } from '../src-shared/model/binding.ts';
import type { ClientApp } from '../src-shared/model/client-app.ts';
import type { CrossScope } from '../src-shared/model/cross.ts';
import type { TenantId } from '../src-shared/model/ids.ts';
import type { Member } from './proofs.ts';

type App = ClientApp | 'operator';

/** One call that may still return something: whose it is, whether it still may, and how to stop it. */
interface Flight {
  readonly tenant: TenantId;
  readonly isBound: () => boolean;
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

/** What else holds of a tenant's client apps: which work on several customers, and whether all of them are stopped. */
export interface Limits {
  readonly crosses: readonly CrossScope[];
  readonly isStopped: boolean;
}

/** A cross-customer scope as the gateway keeps it. `endsAt` is by the monotonic clock: a wall clock set back adds nothing. */
interface Crossing {
  readonly scope: CrossScope;
  readonly endsAt: number;
}

export interface Time {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds from any fixed point; only goes forward. */
  readonly clock: () => number;
}

/**
 * Who is bound to whom, and which calls run under it. The supervisor replaces a tenant's bindings as a whole; when
 * `replace` resolves, every call under an epoch that is no longer bound has been aborted and has landed, so nothing of
 * the old customer can leave any more.
 */
export class Scope {
  readonly #time: Time;
  readonly #clients = new Map<TenantId, readonly ClientApp[]>();
  readonly #switchers = new Map<TenantId, Binding>();
  readonly #crossings = new Map<TenantId, readonly Crossing[]>();
  readonly #stopped = new Set<TenantId>();
  readonly #flights = new Set<Flight>();

  constructor(time: Time) {
    this.#time = time;
  }

  clients(): readonly ClientApp[] {
    return [...this.#clients.values()].flat();
  }

  switcher(tenant: TenantId): Binding | undefined {
    return this.#switchers.get(tenant);
  }

  /** Whether no client app of the tenant may call anything. The operator may. */
  isStopped(tenant: TenantId): boolean {
    return this.#stopped.has(tenant);
  }

  /** The cross-customer scope of an app, and whether its time is over. While there is one, nothing else is bound for the app. */
  crossOf(app: App): { readonly scope: CrossScope; readonly isOver: boolean } | undefined {
    if (app === 'operator') return undefined;
    const crossing = this.#crossings.get(app.tenant)?.find(({ scope }) => scope.app === app.id);
    return crossing && { scope: crossing.scope, isOver: this.#isOver(crossing) };
  }

  /** What an app may reach now: its one customer or, in a cross-customer scope, the member whose turn it is. */
  bindingOf(app: App, tenant: TenantId, member?: Member): Binding | undefined {
    const cross = this.crossOf(app);
    if (!cross) return member ? undefined : bindingOf(app, this.switcher(tenant));
    if (cross.isOver || cross.scope.code !== member?.cross) return undefined;
    const found = cross.scope.members.find(
      ({ customer, epoch }) => customer === member.customer && epoch === member.epoch,
    );
    return found && { tenant, ...found };
  }

  /** Whether a call of this app may run, and return, under this binding: the app armed, the binding the current one. */
  isBound(app: App, { tenant, customer, epoch }: Binding): boolean {
    const known = this.#armed(app, tenant);
    if (!known) return false;
    const cross = this.crossOf(known);
    const current = this.bindingOf(known, tenant, cross && { cross: cross.scope.code, customer, epoch });
    return current?.epoch === epoch && current.customer === customer;
  }

  async replace(
    tenant: TenantId,
    clients: readonly ClientApp[],
    switcher: Binding | null,
    { crosses, isStopped }: Limits = { crosses: [], isStopped: false },
  ): Promise<void> {
    this.#clients.set(
      tenant,
      clients.filter((app) => app.tenant === tenant),
    );
    if (switcher && switcher.tenant === tenant) this.#switchers.set(tenant, switcher);
    else this.#switchers.delete(tenant);
    const before = this.#crossings.get(tenant);
    this.#crossings.set(
      tenant,
      crosses.map((scope) => this.#crossing(scope, before)),
    );
    if (isStopped) this.#stopped.add(tenant);
    else this.#stopped.delete(tenant);

    const dead = [...this.#flights].filter((flight) => flight.tenant === tenant && !flight.isBound());
    for (const { controller } of dead) controller.abort();
    await Promise.all(dead.map(({ landed }) => landed));
  }

  /** Puts a call in the air under its binding. The caller must `land` it, whatever happens. */
  board(app: App, binding: Binding): Boarding {
    return this.#board(binding.tenant, () => this.isBound(app, binding));
  }

  /** The same for a call to every member of a cross-customer scope: it ends with the scope. */
  boardCross(app: ClientApp, code: string): Boarding {
    return this.#board(app.tenant, () => {
      const known = this.#armed(app, app.tenant);
      const cross = known && this.crossOf(known);
      return cross?.scope.code === code && !cross.isOver;
    });
  }

  #board(tenant: TenantId, isBound: () => boolean): Boarding {
    const controller = new AbortController();
    const { promise: landed, resolve } = Promise.withResolvers<void>();
    const flight: Flight = { tenant, isBound, controller, landed };
    this.#flights.add(flight);
    if (!isBound()) controller.abort();
    return {
      signal: controller.signal,
      leave: () => controller.abort(),
      isCurrent: isBound,
      land: () => {
        this.#flights.delete(flight);
        resolve();
      },
    };
  }

  /** The app as it is known now, if it may call at all. */
  #armed(app: App, tenant: TenantId): App | undefined {
    if (app === 'operator') return app;
    if (this.isStopped(tenant)) return undefined;
    const known = this.#clients.get(tenant)?.find(({ id }) => id === app.id);
    return known?.state === 'armed' ? known : undefined;
  }

  /** One that is told again keeps its end; one from a clock that was ahead lasts no longer than it was opened for. */
  #crossing(scope: CrossScope, before: readonly Crossing[] | undefined): Crossing {
    const until = Date.parse(scope.until);
    const left = Math.min(until - this.#time.now(), until - Date.parse(scope.openedAt));
    const endsAt = this.#time.clock() + left;
    const known = before?.find((each) => each.scope.code === scope.code)?.endsAt ?? endsAt;
    return { scope, endsAt: Math.min(known, endsAt) };
  }

  /** By either clock: the monotonic one may stand still while the machine sleeps, the wall clock may be set back. */
  #isOver({ scope, endsAt }: Crossing): boolean {
    return !(this.#time.clock() < endsAt) || !(this.#time.now() < Date.parse(scope.until));
  }
}
