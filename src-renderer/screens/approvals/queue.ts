/** The order of the queue. It depends on nothing that changes while a call waits, so no row moves under a hand. */
import type { Approval } from '../../../src-shared/model/approval.ts';
import type { Risk } from '../../../src-shared/model/risk.ts';

/** The calls of one customer and one risk class. */
export interface QueueGroup {
  readonly key: string;
  readonly customer: Approval['customer'];
  readonly risk: Risk;
  /** Whether the group above is of another customer. */
  readonly isFirst: boolean;
  /** The one asked first comes first. */
  readonly members: readonly Approval[];
}

/** What could hurt most comes first. */
const order: readonly Risk[] = ['destructive', 'spend', 'credential', 'external', 'write', 'sensitive', 'read'];

/** Who looks at the queue. */
export interface Looking {
  /** The request on the card: when it ends meanwhile it stays in its place until they look away. */
  readonly kept: string | null;
  /** The customer they have bound, whose calls come first. */
  readonly bound: string | null;
}

/** What waits, by customer (the bound one, then by name) and then by risk. */
export function queueGroups(approvals: readonly Approval[], { kept, bound }: Looking): readonly QueueGroup[] {
  const rows = approvals
    .filter(({ id, state }) => state === 'pending' || id === kept)
    .toSorted((one, other) => mine(other) - mine(one) || before(one, other));
  const groups = [...Map.groupBy(rows, ({ customer, risk }) => `${customer.id} ${risk}`)].flatMap(([key, members]) => {
    const [first] = members;
    return first === undefined ? [] : [{ key, customer: first.customer, risk: first.risk, members }];
  });
  return groups.map((group, place) => ({
    ...group,
    isFirst: groups[place - 1]?.customer.id !== group.customer.id,
  }));

  function mine({ customer }: Approval): number {
    return customer.id === bound ? 1 : 0;
  }
}

/** What ended, newest first. */
export function decidedOrder(approvals: readonly Approval[]): readonly Approval[] {
  return approvals
    .filter(({ state }) => state !== 'pending')
    .toSorted((one, other) => endOf(other).localeCompare(endOf(one)) || one.id.localeCompare(other.id));
}

/** The one that waits after this one in the queue; the first one when it is the last. Null when no other waits. */
export function nextWaiting(groups: readonly QueueGroup[], id: string | null): Approval | null {
  const rows = groups.flatMap(({ members }) => members);
  const place = rows.findIndex((row) => row.id === id);
  const waiting = [...rows.slice(place + 1), ...rows.slice(0, Math.max(0, place))];
  return waiting.find((row) => row.id !== id && row.state === 'pending') ?? null;
}

const endOf = ({ decided, askedAt }: Approval): string => decided?.at ?? askedAt;

function before(one: Approval, other: Approval): number {
  return (
    one.customer.name.localeCompare(other.customer.name) ||
    one.customer.id.localeCompare(other.customer.id) ||
    order.indexOf(one.risk) - order.indexOf(other.risk) ||
    one.askedAt.localeCompare(other.askedAt) ||
    one.id.localeCompare(other.id)
  );
}
