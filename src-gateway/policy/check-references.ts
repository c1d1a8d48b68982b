import type { Bundle, CallLimit } from '../../src-shared/model/bundle.ts';
import { ClientApp } from '../../src-shared/model/client-app.ts';
import { ToolName } from '../../src-shared/model/ids.ts';
import { invalid } from './invalid.ts';
import { localTimeIn } from './local-time.ts';

/**
 * Everything in a bundle's policy and limits names what exists, and once. A name that leads nowhere is a rule that silently does not
 * hold, so it refuses the whole. Of limits that is so for customers, all of whom are in the bundle. A tool may be another
 * version's, a client app may be added later, and a technician is known only once they sign in: those need only be names
 * that there can be.
 * @throws Fault POLICY_INVALID
 */
export function checkReferences({ customers, policy, quota }: Pick<Bundle, 'customers' | 'policy' | 'quota'>): void {
  const known = new Set(customers.map(({ id }) => id));
  const groups = new Set<string>();
  for (const { id, customers: members } of policy.groups) {
    if (groups.has(id)) throw invalid(`there are two customer groups "${id}".`);
    groups.add(id);
    const stranger = members.find((member) => !known.has(member));
    if (stranger) throw invalid(`the customer group "${id}" names the customer "${stranger}", which does not exist.`);
  }
  policy.assignments.forEach((assignment, at) => {
    const customer = assignment.customers.find((one) => !known.has(one));
    if (customer) throw invalid(`assignment ${at + 1} names the customer "${customer}", which does not exist.`);
    const group = assignment.groups.find((one) => !groups.has(one));
    if (group) throw invalid(`assignment ${at + 1} names the customer group "${group}", which does not exist.`);
  });
  const kept = Object.keys(policy.retention.groups).find((one) => !groups.has(one));
  if (kept !== undefined) throw invalid(`the retention names the customer group "${kept}", which does not exist.`);
  const codes = new Set<string>(customers.map(({ code }) => code));
  quota.limits.forEach(({ per, of }, at) => {
    if (of === null || (per === 'customer' ? codes.has(of) : canBe[per](of))) return;
    throw invalid(
      `limit ${at + 1} names the ${things[per]} "${of}", which ${per === 'customer' ? 'does' : 'can'} not exist.`,
    );
  });
  checkTimeZone(policy.timeZone);
}

const things: Readonly<Record<CallLimit['per'], string>> = {
  technician: 'technician',
  client: 'client app',
  customer: 'customer',
  tool: 'tool',
};

/** Whether there can be one of this name. No app has the names that stand for the person at the desk and for Bulkhead itself. */
const canBe: Readonly<Record<Exclude<CallLimit['per'], 'customer'>, (name: string) => boolean>> = {
  technician: (id) => id !== '',
  client: (name) =>
    name === 'operator' ||
    (ClientApp.shape.name.safeParse(name).success &&
      name === name.trim() &&
      !['operator', 'bulkhead'].includes(name.toLowerCase())),
  tool: (name) => ToolName.safeParse(name).success,
};

/** The one way to ask is to try. */
function checkTimeZone(name: string): void {
  try {
    localTimeIn(name);
  } catch {
    throw invalid(`"${name}" is not a time zone.`);
  }
}
