import type { AppState, CustomerView, InstanceView, Problem } from '../../src-shared/contract/ui.ts';
import type { Instance } from '../../src-shared/model/instance.ts';
import type { Host } from '../host.ts';
import { shownSettings } from './checked-instance.ts';
import type { Crew } from './crew.ts';
import type { Facts } from './facts.ts';

export interface ViewPowers {
  readonly host: Host;
  readonly facts: Facts;
  readonly crew: Crew;
  readonly version: string;
  readonly isDemo: boolean;
}

/** What a front end shows, from what the supervisor enforces: there is no second copy that could disagree. */
export async function viewState(powers: ViewPowers): Promise<AppState> {
  const { host, facts, crew, version, isDemo } = powers;
  const usage = await usageOf(crew);
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
    rights: [],
    stopped: null,
    pendingApprovals: 0,
    changedTools: 0,
    crosses: [],
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

export function viewCustomers({ tenancy }: Facts): CustomerView[] {
  return tenancy.bundle.customers.map((customer) => ({
    ...customer,
    mayBind: true,
    mayCross: true,
    vendors: Object.fromEntries(
      tenancy.instances.flatMap(({ name, mapping }) => {
        const owner = mapping[customer.id];
        return owner === undefined ? [] : [[name, owner]];
      }),
    ),
  }));
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
      text: `Nothing can be recorded, so every tool is blocked. ${facts.ledger.problem}`,
      remedy: 'Free disk space or restore write access to the home folder; recording starts again by itself.',
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
  if (facts.interrupted > 0) {
    found.push({
      id: 'interrupted',
      severity: 'warning',
      text: `${facts.interrupted} call(s) were cut short when Bulkhead last ended. A write among them may or may not have happened.`,
      remedy: 'Look at the last calls in the ledger.',
    });
  }
  return found;
}
