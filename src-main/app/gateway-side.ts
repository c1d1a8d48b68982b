import { gatewayControl, gatewayHost } from '../../src-shared/contract/gateway.ts';
import type { ledgerControl } from '../../src-shared/contract/ledger.ts';
import { asFault } from '../../src-shared/fault.ts';
import type { Binding } from '../../src-shared/model/binding.ts';
import type { InstanceId } from '../../src-shared/model/ids.ts';
import { client } from '../../src-shared/wire/client.ts';
import type { Client } from '../../src-shared/wire/contract.ts';
import { serve } from '../../src-shared/wire/serve.ts';
import type { Child, Host } from '../host.ts';
import type { Facts } from './facts.ts';
import { countUsage } from './count-usage.ts';
import { inTurn } from './in-turn.ts';
import type { Log } from './log.ts';
import { endIfSilent } from './pulse.ts';
import { watchApprovals } from './watch-approvals.ts';

/** Milliseconds for a gateway to end every call of a dead binding; more than its longest wait for the ledger. */
const scopeDeadline = 8000;
/**
 * Milliseconds for the ledger to count, and for a gateway to take in what is enrolled: a second's work, and on a machine that
 * is busy with more it must come to its end once, for each try begins anew. Within what a process may take to start.
 */
const enrolDeadline = 25_000;

export interface GatewayPowers {
  readonly host: Pick<Host, 'now'>;
  readonly facts: Facts;
  readonly log: Log;
  readonly version: string;
  /** Faults while the ledger is away. */
  readonly ledger: () => Client<typeof ledgerControl>;
  /** Tells the broker whose grants it may honour from now on; one that hangs is waited for no longer than a moment. */
  readonly trust: (grantKey: string) => Promise<void>;
  readonly openWorker: (wanted: Binding & { instance: InstanceId }) => Promise<void>;
  /** No gateway can record anything just now: what it left open is over. */
  readonly noneRuns: () => Promise<void>;
  /** Links a gateway that does not count as up yet. Faults: LINK_FAILED. */
  readonly link: (child: Child) => Promise<void>;
}

/**
 * The supervisor's side of the gateway: brings each fresh one up, tells it what holds, and ends one that will not hear.
 * What it is told is read from the facts at the moment of telling.
 */
export class GatewaySide {
  readonly #powers: GatewayPowers;
  /** One at a time: of two, the gateway could take in the later one first. */
  readonly #enrolling = inTurn();
  #port: number;
  #running: { readonly child: Child; readonly api: Client<typeof gatewayControl> } | undefined;

  constructor(powers: GatewayPowers, port: number) {
    this.#powers = powers;
    this.#port = port;
  }

  get api(): Client<typeof gatewayControl> | undefined {
    return this.#running?.api;
  }

  async setUp(child: Child): Promise<void> {
    const { facts, version, trust, openWorker, noneRuns, link } = this.#powers;
    const api = client(gatewayControl, child.port);
    serve(gatewayHost, { openWorker }, child.port);
    const { grantKey } = await api.start({ version });
    await trust(grantKey);
    this.#running = { child, api };
    watchApprovals(api, facts, () => this.api === api);
    api.on('health', ({ instance, health }) => facts.change((all) => all.health.set(instance, health)));
    api.on('instanceSeen', ({ instance, at }) => facts.change((all) => all.instanceUsed.set(instance, at)));
    api.on('clientSeen', ({ client: id, at }) => facts.change((all) => all.lastUsed.set(id, at)));
    await this.#enrolling(() => this.#enrol(api));
    await this.pushScope();
    await noneRuns();
    await link(child); // Before anyone can call: a call that cannot be recorded is denied.
    endIfSilent(child, (within) => api.usage(undefined, within), this.#powers.log);
    const { port, mcpUrl } = await api.listen({ port: this.#port });
    this.#port = port; // A restarted gateway comes back where its clients look for it.
    facts.change((all) => (all.mcpUrl = mcpUrl));
  }

  /** Ends the gateway that `silent` speaks to, if it is still that one. */
  async endSilent(silent: Client<typeof gatewayControl>): Promise<void> {
    const running = this.#running;
    if (running?.api === silent) await ended(running.child);
  }

  down(): void {
    this.#running = undefined;
  }

  /**
   * Ends every call, each with its outcome in the ledger. One that takes long is cut short, and the next start tells it. Who
   * calls now hears that no customer is bound: one that is told that its token is unknown might throw the token away.
   */
  async endCalls(): Promise<void> {
    const { tenant, desk } = this.#powers.facts;
    const clients = desk.clients.map((app) => ({ ...app, pin: null }));
    const nobody = { tenant, clients, switcher: null, crosses: [], isStopped: false };
    await this.api?.scope(nobody, { deadlineMs: 500 }).catch(() => undefined);
  }

  /**
   * Tells the gateway who is bound to whom. When this resolves, nothing of a dead binding can leave any more: the gateway
   * has said so, or it has ended, and is told afresh when it starts again. One that refuses or does not answer is ended.
   */
  async pushScope(): Promise<void> {
    const { tenant, desk, switcher } = this.#powers.facts;
    const scope = {
      tenant,
      clients: desk.clients,
      switcher: switcher?.binding ?? null,
      crosses: desk.crosses,
      isStopped: desk.stopped !== null,
    };
    const running = this.#running;
    await running?.api.scope(scope, { deadlineMs: scopeDeadline }).catch(async (thrown: unknown) => {
      if (asFault(thrown).code !== 'PORT_CLOSED') await ended(running.child);
    });
  }

  /**
   * Tells the gateway what is enrolled, mapped and used, all anew. When this resolves, no call is judged by an old mapping
   * any more: the gateway has said so, or it has ended and is told when it starts again.
   */
  async pushTenancy(): Promise<void> {
    const running = this.#running;
    await this.#enrolling(async () => running && this.#enrol(running.api)).catch(async (thrown: unknown) => {
      this.#powers.log('warn', 'gateway.enrol', { fault: asFault(thrown).code });
      if (running) await ended(running.child);
    });
  }

  async #enrol(api: Client<typeof gatewayControl>): Promise<void> {
    const { host, facts, ledger } = this.#powers;
    const deadline = { deadlineMs: enrolDeadline };
    const usage = await countUsage(ledger(), { now: host.now(), limits: facts.tenancy.bundle.quota.limits, deadline });
    const { tenancy, tools, toolPins } = facts; // Read last: nothing may change between this and the telling.
    const { enrolment, instances } = tenancy;
    const told = { enrolment, tools: [...tools], instances: [...instances], usage, pins: toolPins.pins };
    await api.enrol(told, deadline);
  }
}

async function ended(child: Child): Promise<void> {
  child.kill();
  await child.exited;
}
