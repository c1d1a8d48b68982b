import { Fault } from '../../src-shared/fault.ts';
import type { ClientApp } from '../../src-shared/model/client-app.ts';
import { type CrossScope, CrossScope as CrossScopeSchema } from '../../src-shared/model/cross.ts';
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

/** Client apps that may work on several customers at once: for a reason, for a while, and recorded for each of them. */
export interface Crosses {
  /**
   * Also arms the app, which is a right of its own where it is not armed. Faults: NOT_ALLOWED, UNKNOWN_CLIENT, CLIENT_PINNED, UNKNOWN_CUSTOMER, CROSS_TOO_FEW, CROSS_OPEN,
   * CROSS_LIMIT, CLIENT_CHANGED (it was suspended or revoked meanwhile), CANCELLED, and whatever kept it from being recorded or written: then nothing is open.
   */
  open(asked: Asked, signal?: AbortSignal): Promise<CrossScope>;
  /** Counts at once. Fault: UNKNOWN_CROSS. */
  close(code: string): Promise<void>;
  /** Ends those whose time is over, and every other when its time comes. For the start. */
  watch(): Promise<void>;
  unwatch(): void;
}

export interface Asked {
  readonly client: string;
  /** Ids or codes. */
  readonly customers: readonly string[];
  readonly reason: string;
  readonly minutes: number;
}

export interface CrossPowers {
  readonly host: Pick<Host, 'files' | 'now'>;
  readonly facts: Facts;
  readonly crew: Crew;
  readonly recorder: Recorder;
  /** Shared with everything else that widens what the desk allows. */
  readonly turn: InTurn;
}

/** Scopes that may be open at one time. */
const most = 20;

export function makeCrosses({ host, facts, crew, recorder, turn }: CrossPowers): Crosses {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    open: (asked, signal) => turn(() => open(asked, signal), signal),
    close,
    watch: endOver,
    unwatch: () => clearTimeout(timer),
  };

  async function open({ client, customers, reason, minutes }: Asked, signal?: AbortSignal): Promise<CrossScope> {
    const app = openable(client);
    const members = [...new Set(customers.map((each) => facts.knownCustomer(each)))];
    if (members.length < 2) {
      throw new Fault('CROSS_TOO_FEW', 'These are not two customers.', 'For one customer, bind it.');
    }
    await Promise.all(members.map(({ id }) => demandRight(crew, 'cross', id)));
    if (app.state !== 'armed') await demandRight(crew, 'manage-client-apps');

    const { desk } = facts;
    const lastCross = desk.lastCross + 1;
    const opened = host.now();
    const scope = CrossScopeSchema.parse({
      code: `CROSS-${lastCross}`,
      app: app.id,
      members: members.map(({ id }, index) => ({ customer: id, epoch: desk.epoch + index + 1 })),
      reason,
      openedBy: facts.tenancy.identity.name,
      openedAt: new Date(opened).toISOString(),
      until: new Date(opened + minutes * 60_000).toISOString(),
    });
    await Promise.all(
      members.map(({ code }, index) =>
        recorder.byTechnician({
          kind: 'customer.bound',
          customer: code,
          cross: scope.code,
          params: {
            cross: scope.code,
            client,
            epoch: scope.members[index]?.epoch,
            reason,
            until: scope.until,
            customers: members.length,
          },
        }),
      ),
    );
    demandStillAsked(signal);
    demandUnchanged(facts, app);
    const epoch = desk.epoch + members.length;
    const clients = facts.desk.clients.map((each) =>
      each.id === app.id ? { ...each, state: 'armed' as const } : each,
    );
    const next: Desk = { ...facts.desk, epoch, clients, lastCross, crosses: [...facts.desk.crosses, scope] };
    writeDesk(host, facts.tenant, next);
    facts.change((all) => (all.desk = next));
    await crew.pushScope();
    waitForNext();
    return scope;
  }

  /** An app that may be opened: known, following the switcher, and not open yet. */
  function openable(name: string): ClientApp {
    const app = facts.client(name);
    if (!app) throw new Fault('UNKNOWN_CLIENT', 'There is no client app of this name.', 'See `bulkhead client list`.');
    if (app.pin) {
      throw new Fault('CLIENT_PINNED', 'This client app is pinned to one customer.', 'Add another one for this.');
    }
    if (facts.desk.crosses.some((scope) => scope.app === app.id)) {
      throw new Fault('CROSS_OPEN', 'This client app works on several customers already.', 'Close that scope first.');
    }
    if (facts.desk.crosses.length >= most) {
      throw new Fault('CROSS_LIMIT', `There are ${most} such scopes open, the most there can be.`, 'Close one first.');
    }
    return app;
  }

  async function close(code: string): Promise<void> {
    const ended = facts.desk.crosses.filter((scope) => scope.code === code);
    if (ended.length === 0) {
      throw new Fault('UNKNOWN_CROSS', 'There is no open scope of this code.', 'See `bulkhead cross list`.');
    }
    await end(ended, 'closed');
  }

  async function endOver(): Promise<void> {
    const now = host.now();
    // Asked as "is still good": one that was opened in what is now the future is of a clock that was set back.
    const isGood = ({ openedAt, until }: CrossScope): boolean => Date.parse(openedAt) <= now && now < Date.parse(until);
    const ended = facts.desk.crosses.filter((scope) => !isGood(scope));
    try {
      if (ended.length > 0) await end(ended, 'time');
    } finally {
      waitForNext();
    }
  }

  /** It counts at once; if it cannot be written or recorded it still counts, and the caller hears of it. */
  async function end(ended: readonly CrossScope[], because: 'closed' | 'time'): Promise<void> {
    const desk = withoutCrosses(facts.desk, ended);
    facts.change((all) => (all.desk = desk));
    const told = crew.pushScope();
    const unwritten = faultOf(() => writeDesk(host, facts.tenant, desk));
    await told;
    await crew.workers.endStale((binding) => facts.isCurrent(binding));
    if (unwritten) throw unwritten;
    const record = because === 'time' ? recorder.bySystem : recorder.byTechnician;
    await recordReleases(record, facts, { ended, because });
    for (const { code, app } of ended) {
      const client = desk.clients.find(({ id }) => id === app)?.name ?? app;
      await record({
        kind: 'client.suspended',
        customer: null,
        cross: code,
        params: { client, because: 'cross-ended' },
      });
    }
  }

  function waitForNext(): void {
    clearTimeout(timer);
    const ends = facts.desk.crosses.map(({ until }) => Date.parse(until));
    if (ends.length === 0) return;
    // One that fails has counted all the same, and what failed shows as the ledger's or the disk's problem.
    timer = setTimeout(() => void endOver().catch(() => {}), Math.max(10, Math.min(...ends) - host.now()));
  }
}
