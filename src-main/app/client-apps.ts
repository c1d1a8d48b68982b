import { Fault } from '../../src-shared/fault.ts';
import { type ClientApp, ClientApp as ClientAppSchema } from '../../src-shared/model/client-app.ts';
import type { Host } from '../host.ts';
import type { Crew } from './crew.ts';
import { demandStillAsked } from './demand-still-asked.ts';
import { demandUnchanged } from './demand-unchanged.ts';
import { type Desk, writeDesk } from './desk.ts';
import { recordReleases, withoutCrosses } from './ended-crosses.ts';
import type { Facts } from './facts.ts';
import { faultOf } from './fault-of.ts';
import type { InTurn } from './in-turn.ts';
import type { Recorder } from './recorder.ts';
import { demandRight } from './rights.ts';

/**
 * LLM tools that may call: adding, arming, suspending, revoking. What widens is done in turn, and on the disk before it counts; what
 * takes away waits for nothing. Whoever lets an app work for a customer must be one who may select that customer, at that moment.
 */
export interface ClientApps {
  /**
   * Faults: CLIENT_EXISTS, CLIENT_LIMIT, UNKNOWN_CUSTOMER, NOT_ALLOWED, CANCELLED. The token is in the answer and is kept nowhere:
   * there is no app when nobody hears the answer.
   */
  add(name: string, pin: string | null, signal?: AbortSignal): Promise<{ app: ClientApp; token: string }>;
  /**
   * `seen` is the code or id the person saw bound. Faults: UNKNOWN_CLIENT, CLIENT_REVOKED, NO_CUSTOMER, SCOPE_CHANGED,
   * NOT_ALLOWED, CLIENT_CHANGED (it was suspended or revoked meanwhile), CANCELLED.
   */
  arm(name: string, seen: string | null, signal?: AbortSignal): Promise<void>;
  suspend(name: string): Promise<void>;
  revoke(name: string): Promise<void>;
}

/** Client apps that are not revoked. With the revoked ones still listed it stays below what one scope message carries. */
const most = 100;

/** What policies, limits and the ledger call the person at the desk, and Bulkhead itself. */
const ownNames = ['operator', 'bulkhead'];

export interface ClientAppsPowers {
  readonly host: Pick<Host, 'files' | 'now' | 'randomHex' | 'sha256Hex'>;
  readonly facts: Facts;
  readonly crew: Crew;
  readonly recorder: Recorder;
  /** Shared with everything else that widens what the desk allows. */
  readonly turn: InTurn;
}

export function makeClientApps({ host, facts, crew, recorder, turn }: ClientAppsPowers): ClientApps {
  return {
    add: (name, pin, signal) => turn(() => add({ name, pin }, signal), signal),
    arm: (name, seen, signal) => turn(() => arm({ name, seen }, signal), signal),
    suspend: (name) => withdraw(name, 'suspended', 'client.suspended'),
    revoke: (name) => withdraw(name, 'revoked', 'client.revoked'),
  };

  async function add(
    { name, pin }: { name: string; pin: string | null },
    signal?: AbortSignal,
  ): Promise<{ app: ClientApp; token: string }> {
    if (facts.client(name) || ownNames.includes(name.trim().toLowerCase())) {
      throw new Fault(
        'CLIENT_EXISTS',
        'There is a client app of this name.',
        'Choose another name, or revoke the old one.',
      );
    }
    if (facts.desk.clients.filter(({ state }) => state !== 'revoked').length >= most) {
      throw new Fault('CLIENT_LIMIT', `There are ${most} client apps, the most there can be.`, 'Revoke one first.');
    }
    const customer = pin === null ? undefined : facts.knownCustomer(pin);
    const armedFor = customer?.id ?? facts.switcher?.binding.customer ?? null;
    if (armedFor !== null) await demandRight(crew, 'bind', armedFor);
    const token = host.randomHex(32);
    const epoch = facts.desk.epoch + 1;
    const app = ClientAppSchema.parse({
      id: `client-${host.randomHex(8)}`,
      tenant: facts.tenant,
      name,
      tokenHash: host.sha256Hex(token),
      state: 'armed',
      pin: customer ? { customer: customer.id, epoch } : null,
      armedFor,
      addedAt: new Date(host.now()).toISOString(),
    });
    await recorder.byTechnician({
      kind: 'client.added',
      customer: customer?.code ?? null,
      params: { client: name, pinned: customer !== undefined },
    });
    demandStillAsked(signal);
    await keep({ ...facts.desk, epoch, clients: [...facts.desk.clients.filter(isKept), app] });
    return { app, token };
  }

  async function arm({ name, seen }: { name: string; seen: string | null }, signal?: AbortSignal): Promise<void> {
    const app = known(name);
    const bound = facts.customer(app.pin?.customer ?? facts.switcher?.binding.customer ?? '');
    if (!bound) throw new Fault('NO_CUSTOMER', 'No customer is selected.', 'Select a customer first.');
    if (seen !== null && seen !== bound.code && seen !== bound.id) {
      throw new Fault(
        'SCOPE_CHANGED',
        'Another customer is bound by now. Nothing was armed.',
        'Look which customer is bound, and arm again.',
      );
    }
    await demandRight(crew, 'bind', bound.id);
    await recorder.byTechnician({ kind: 'client.armed', customer: bound.code, params: { client: name } });
    demandStillAsked(signal);
    demandUnchanged(facts, app);
    await keep(replaced({ ...app, state: 'armed', armedFor: bound.id }));
  }

  /** Taking rights away counts at once; if it cannot be written or recorded it still counts, and the caller hears of it. */
  async function withdraw(
    name: string,
    state: 'suspended' | 'revoked',
    kind: 'client.suspended' | 'client.revoked',
  ): Promise<void> {
    const app = known(name);
    const ended = facts.desk.crosses.filter((scope) => scope.app === app.id);
    const desk = withoutCrosses(replaced({ ...app, state }), ended);
    facts.change((all) => (all.desk = desk));
    const told = crew.pushScope(); // The gateway is told now: a disk that is full must not keep the right alive.
    const unwritten = faultOf(() => writeDesk(host, facts.tenant, desk)); // Nor may a crash while the last calls end.
    await told;
    await crew.workers.endStale((binding) => facts.isCurrent(binding));
    if (unwritten) throw unwritten;
    const bound = facts.customer(app.pin?.customer ?? facts.switcher?.binding.customer ?? '');
    await recorder.byTechnician({
      kind,
      customer: bound?.code ?? null,
      params: { client: name, because: 'technician' },
    });
    await recordReleases(recorder.byTechnician, facts, { ended, because: state });
  }

  function known(name: string): ClientApp {
    const app = facts.client(name);
    if (app) return app;
    if (facts.desk.clients.some((each) => each.name === name)) {
      throw new Fault('CLIENT_REVOKED', 'This client app is revoked, for good.', 'Add it anew; it gets another token.');
    }
    throw new Fault('UNKNOWN_CLIENT', 'There is no client app of this name.', 'See `bulkhead client list`.');
  }

  function replaced(app: ClientApp): Desk {
    return { ...facts.desk, clients: facts.desk.clients.map((each) => (each.id === app.id ? app : each)) };
  }

  async function keep(desk: Desk): Promise<void> {
    writeDesk(host, facts.tenant, desk);
    facts.change((all) => (all.desk = desk));
    await crew.pushScope();
  }

  /** Revoked apps stay on the list for a while so that their end can be seen; beyond fifty the oldest go. */
  function isKept(app: ClientApp, index: number, all: readonly ClientApp[]): boolean {
    const revokedAfter = all.slice(index + 1).filter(({ state }) => state === 'revoked').length;
    return app.state !== 'revoked' || revokedAfter < 50;
  }
}
