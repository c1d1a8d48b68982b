import { Fault } from '../../src-shared/fault.ts';
import type { ClientApp } from '../../src-shared/model/client-app.ts';
import type { Customer } from '../../src-shared/model/customer.ts';
import type { CustomerId } from '../../src-shared/model/ids.ts';
import type { Host } from '../host.ts';
import type { Crew } from './crew.ts';
import { demandStillAsked } from './demand-still-asked.ts';
import { type Desk, writeDesk } from './desk.ts';
import type { Facts } from './facts.ts';
import type { InTurn } from './in-turn.ts';
import type { Recorder } from './recorder.ts';

/** The switch: what a technician does many times a day, and the moment at which two customers are nearest each other. */
export interface Switcher {
  /**
   * Binds a customer by id or code, unless `signal` says that whoever asked has given up, or a release came after. Faults:
   * UNKNOWN_CUSTOMER, CANCELLED, and whatever kept it from being recorded: then nothing is bound.
   */
  bind(idOrCode: string, signal?: AbortSignal): Promise<{ customer: Customer; epoch: number }>;
  /** Counts at once, whatever else is being done at the desk. */
  release(): Promise<void>;
}

export interface SwitcherPowers {
  readonly host: Pick<Host, 'files' | 'now'>;
  readonly facts: Facts;
  readonly crew: Crew;
  readonly recorder: Recorder;
  /** Shared with everything else that widens what the desk allows. */
  readonly turn: InTurn;
}

export function makeSwitcher({ host, facts, crew, recorder, turn }: SwitcherPowers): Switcher {
  let releases = 0;
  return {
    bind: (idOrCode, signal) => {
      const before = releases;
      const demand = (): void => {
        demandStillAsked(signal);
        if (releases > before) throw releasedMeanwhile();
      };
      return turn(() => bind(idOrCode, demand), signal);
    },
    release,
  };

  /**
   * One transaction: end the old binding everywhere, write it down, then begin the new one. A crash or a fault at any
   * point leaves nothing bound. Client apps that have worked for another customer are suspended before anything begins. `demand`
   * throws when nobody wants it any more.
   */
  async function bind(idOrCode: string, demand: () => void): Promise<{ customer: Customer; epoch: number }> {
    demand();
    const customer = facts.knownCustomer(idOrCode);
    const before = facts.switcher?.binding;
    if (before?.customer === customer.id) return { customer, epoch: before.epoch };

    await end(); // Before anything that can fail: whatever happens next, nothing is bound.
    const { clients, crosses } = facts.desk; // As they are now: one may have been revoked meanwhile.
    const isAway = ({ id }: ClientApp): boolean => crosses.some(({ app }) => app === id);
    const followers = clients.map((app) => (isAway(app) ? app : followed(app, customer.id)));
    const suspended = followers.filter(({ state }, index) => state !== clients[index]?.state);
    const epoch = facts.desk.epoch + 1;
    keep({ ...facts.desk, epoch, clients: followers, recents: recent(customer.id, facts.desk.recents) });
    if (before)
      await recorder.byTechnician({
        kind: 'customer.released',
        customer: codeOf(before.customer),
        params: { epoch: before.epoch },
      });
    await Promise.all([
      recorder.byTechnician({
        kind: 'customer.bound',
        customer: customer.code,
        params: { epoch, from: before ? codeOf(before.customer) : null },
      }),
      ...suspended.map(({ name }) =>
        recorder.byTechnician({
          kind: 'client.suspended',
          customer: customer.code,
          params: { client: name, because: 'switch' },
        }),
      ),
    ]);

    demand();
    const since = new Date(host.now()).toISOString();
    facts.change((all) => (all.switcher = { binding: { tenant: all.tenant, customer: customer.id, epoch }, since }));
    await crew.pushScope();
    return { customer, epoch };
  }

  async function release(): Promise<void> {
    releases += 1;
    const before = facts.switcher?.binding;
    if (!before) return;
    await end();
    await recorder.byTechnician({
      kind: 'customer.released',
      customer: codeOf(before.customer),
      params: { epoch: before.epoch },
    });
  }

  /** After this nothing of the old binding can be reached: calls have landed, workers are gone. */
  async function end(): Promise<void> {
    facts.change((all) => (all.switcher = null));
    await crew.pushScope();
    await crew.workers.endStale((binding) => facts.isCurrent(binding));
  }

  function keep(desk: Desk): void {
    writeDesk(host, facts.tenant, desk);
    facts.change((all) => (all.desk = desk));
  }

  function codeOf(id: CustomerId): string | null {
    return facts.customer(id)?.code ?? null;
  }
}

/**
 * A client app after a switch. Pinned ones are not touched, nor those that work on several customers. One that has worked for another customer holds that
 * customer's records in its conversation, so it is suspended until the technician arms it again; one that has worked
 * for nobody yet goes along.
 */
function followed(app: ClientApp, customer: CustomerId): ClientApp {
  if (app.pin || app.state !== 'armed') return app;
  if (app.armedFor === null) return { ...app, armedFor: customer };
  return app.armedFor === customer ? app : { ...app, state: 'suspended' };
}

const releasedMeanwhile = (): Fault =>
  new Fault('CANCELLED', 'The customer was released meanwhile. Nothing is bound.', 'Select the customer again.');

const recent = (customer: CustomerId, before: readonly CustomerId[]): CustomerId[] =>
  [customer, ...before.filter((id) => id !== customer)].slice(0, 8);
