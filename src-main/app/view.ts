import type { AppState, CustomerView, InstanceView, Problem } from '../../src-shared/contract/ui.ts';
import type { CrossScope, CrossView } from '../../src-shared/model/cross.ts';
import type { Instance } from '../../src-shared/model/instance.ts';
import { spanWords } from '../../src-shared/span-words.ts';
import type { Host } from '../host.ts';
import { shownSettings } from './checked-instance.ts';
import type { Crew } from './crew.ts';
import type { Facts } from './facts.ts';
import type { Shown } from './rights.ts';
import { brokenWords } from './verify-ledger.ts';

export interface ViewPowers {
  readonly host: Host;
  readonly facts: Facts;
  readonly crew: Crew;
  readonly version: string;
  readonly isDemo: boolean;
}

/** What a front end shows, from what the supervisor enforces: there is no second copy that could disagree. */
export async function viewState(powers: ViewPowers, shownRights: () => Promise<Shown>): Promise<AppState> {
  const { host, facts, crew, version, isDemo } = powers;
  const [usage, { rights }] = await Promise.all([usageOf(crew), shownRights()]);
  // Nothing is awaited from here on: what is shown together was true together.
  const { bundle, identity, instances } = facts.tenancy;
  const bound = facts.switcher && facts.customer(facts.switcher.binding.customer);
  return {
    version,
    host: host.kind,
    isDemo,
    tenant: { id: bundle.tenant.id, name: bundle.tenant.name },
    technician: { id: identity.sub, name: identity.name, email: identity.email, roles: [...identity.roles] },
    policy: { version: bundle.version, issuedAt: bundle.issuedAt, expires: bundle.expires },
    mcpUrl: facts.mcpUrl,
    binding:
      bound && facts.switcher
        ? { customer: bound, epoch: facts.switcher.binding.epoch, since: facts.switcher.since }
        : null,
    recents: [...facts.desk.recents],
    customerCount: bundle.customers.length,
    rights: [...rights],
    stopped: facts.desk.stopped,
    pendingApprovals: facts.waiting.length,
    changedTools: facts.toolPins.reviews.length,
    crosses: facts.desk.crosses.map((scope) => viewCross(scope, facts)),
    clients: facts.desk.clients.map(({ id, name, state, pin, addedAt }) => ({
      id,
      name,
      state,
      pin: pin ? (facts.customer(pin.customer)?.code ?? null) : null,
      lastUsed: facts.lastUsed.get(id) ?? null,
      addedAt,
    })),
    instances: instances.map((instance) => viewInstance(instance, facts)),
    ledger: facts.ledger,
    usage,
    keystore: facts.keystore.kind,
    backlog: 0,
    processes: crew.views(),
    problems: problems(powers),
  };
}

export function viewCustomers({ tenancy }: Facts, { bindable, crossable }: Shown): CustomerView[] {
  return tenancy.bundle.customers.map((customer) => ({
    ...customer,
    mayBind: bindable.has(customer.id),
    mayCross: crossable.has(customer.id),
    vendors: Object.fromEntries(
      tenancy.instances.flatMap(({ name, mapping }) => {
        const owner = mapping[customer.id];
        return owner === undefined ? [] : [[name, owner]];
      }),
    ),
  }));
}

function viewCross({ code, app, members, reason, openedBy, openedAt, until }: CrossScope, facts: Facts): CrossView {
  const customers = members.flatMap(({ customer }) => facts.customer(customer) ?? []);
  return {
    code,
    client: facts.desk.clients.find(({ id }) => id === app)?.name ?? '',
    customers: customers.map(({ code, name }) => ({ code, name })),
    reason,
    openedBy,
    openedAt,
    until,
  };
}

const closed = { state: 'unknown', detail: 'No credential is stored.', at: null } as const;
const unused = { state: 'unknown', detail: 'Not used since Bulkhead started.', at: null } as const;

function viewInstance(instance: Instance, facts: Facts): InstanceView {
  const { id, connector, name, baseUrl, mapping } = instance;
  return {
    id,
    connector,
    name,
    baseUrl,
    settings: shownSettings(instance),
    health: facts.credentials.has(id) ? (facts.health.get(id) ?? facts.surveyed.get(id) ?? unused) : closed,
    lastUsed: facts.instanceUsed.get(id) ?? null,
    mapped: Object.keys(mapping).length,
    hasCredential: facts.credentials.has(id),
    credentialChangedAt: facts.credentials.get(id) ?? null,
  };
}

async function usageOf(crew: Crew): Promise<AppState['usage']> {
  try {
    return await crew.gateway.usage(undefined, { deadlineMs: 1000 });
  } catch {
    return null; // The gateway is starting again, or hangs; the window says so through its problems.
  }
}

function problems({ host, facts, crew }: ViewPowers): Problem[] {
  const { bundle, identity } = facts.tenancy;
  const found: Problem[] = crew.problems().map(({ name, fault }) => ({
    id: `process-${name}`,
    severity: 'blocking',
    text: fault.message,
    remedy: fault.remedy ?? 'Run `bulkhead doctor` to see what is wrong.',
  }));
  if (facts.ledger.problem !== null) {
    found.push({
      id: 'ledger',
      severity: 'blocking',
      text: facts.ledger.problem,
      remedy: facts.ledgerRemedy ?? 'Run `bulkhead doctor` to see what is wrong.',
    });
  }
  if (facts.broken !== null) found.push({ id: 'broken', severity: 'blocking', ...brokenWords(facts.broken) });
  if (facts.clockBehind !== null) {
    found.push({
      id: 'clock',
      severity: 'warning',
      text: `The clock is ${spanWords(facts.clockBehind)} behind the last entry of the ledger: it was ahead once, or is behind now. Until it has caught up, entries carry both times.`,
      remedy:
        'Check the clock. If it is right, there is nothing to do: recording goes on. If not, set it, and let the system keep it.',
    });
  }
  if (facts.isUnsigned) {
    found.push({
      id: 'checkpoint',
      severity: 'warning',
      text: 'The last checkpoint of the ledger is not signed: what was recorded since the one before could be rewritten unseen.',
      remedy: facts.isKeyLost
        ? 'The key that signs was in memory only, and ended with the broker that held it. Stop Bulkhead and start it again: then all of it is signed with a new key.'
        : 'It is signed as soon as the broker answers. If this stays, run `bulkhead doctor`.',
    });
  }
  if (identity.exp * 1000 <= host.now() || Date.parse(bundle.expires) <= host.now()) {
    found.push({
      id: 'enrolment',
      severity: 'blocking',
      text: "The sign-in or the company's policy has expired on this device, or the clock is wrong.",
      remedy: 'Check the clock, then sign in again.',
    });
  }
  if (facts.toolPins.isLost) {
    found.push({
      id: 'tools',
      severity: 'blocking',
      text: 'The file of the tools that were accepted is gone, so every tool is blocked.',
      remedy: 'Restore tools.json from a backup, or review the tools again.',
    });
  }
  if (facts.interrupted > 0) {
    found.push({
      id: 'interrupted',
      severity: 'warning',
      text: `${facts.interrupted} call(s) were cut short when Bulkhead, or a part of it, ended. A write among them may or may not have happened.`,
      remedy: 'Look at them in the ledger, where their outcome is “interrupted”, and at what they were to change.',
    });
  }
  return found;
}
