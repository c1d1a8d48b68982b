/** The approvals of the made-up MSP, in memory: tests ask, end and count them, and the window follows. */
import { createHash } from 'node:crypto';
import type { CustomerView } from '../../src-shared/contract/ui.ts';
import { type Approval, ApprovalId, StandingId, type StandingApproval } from '../../src-shared/model/approval.ts';
import type { Risk } from '../../src-shared/model/risk.ts';

export interface Asked {
  readonly customer?: string;
  readonly tool?: string;
  readonly title?: string;
  readonly connector?: string;
  readonly risk?: Risk;
  readonly client?: string;
  readonly arguments?: Approval['arguments'];
  readonly because?: Approval['because'];
  readonly needed?: number;
  readonly approvedBy?: Approval['approvedBy'];
  readonly secrets?: Approval['secrets'];
  readonly subjects?: Approval['subjects'];
  readonly repeats?: number;
  readonly ranAt?: Approval['ranAt'];
  readonly mayStand?: boolean;
  /** Seconds from now. */
  readonly expiresIn?: number;
  /** Seconds ago. */
  readonly askedAgo?: number;
}

const amy = { id: 'amy', name: 'Amy Kowalski' };
const sam = { id: 'sam', name: 'Sam Ortiz' };

export class FixtureDesk {
  approvals: Approval[] = [];
  standing: StandingApproval[] = [];
  /** Thrown by the next decision. */
  nextFault: Error | null = null;
  /** Thrown by every question for the list. */
  listFault: Error | null = null;
  #customers: readonly CustomerView[];
  #changed: (pending: number) => void;
  #count = 0;

  constructor(customers: readonly CustomerView[], changed: (pending: number) => void) {
    this.#customers = customers;
    this.#changed = changed;
  }

  reset(): void {
    this.approvals = [];
    this.standing = [];
    this.nextFault = null;
    this.listFault = null;
    this.tell();
  }

  tell(): void {
    this.#changed(this.approvals.filter(({ state }) => state === 'pending').length);
  }

  /** A call that waits: an ordinary write unless said otherwise. */
  ask(asked: Asked = {}): Approval {
    const approval = this.#made(asked);
    this.approvals = [...this.approvals, approval];
    this.tell();
    return approval;
  }

  /** Many at once, as from a client app in a loop: one event for each. */
  storm(count: number, asked: Asked = {}): void {
    for (let place = 0; place < count; place++)
      this.ask({
        ...asked,
        arguments: { customer: 'MERI-7', ticket_id: 48_200 + place, note: `Restarted it, try ${place + 1}.` },
      });
  }

  change(id: string, part: Partial<Approval>): Approval {
    this.approvals = this.approvals.map((each) => (each.id === id ? { ...each, ...part } : each));
    this.tell();
    const found = this.approvals.find((each) => each.id === id);
    if (found === undefined) throw new Error(`no approval ${id}`);
    return found;
  }

  /** Ends one, by Sam where a person did. */
  end(id: string, state: 'approved' | 'denied' | 'expired' | 'withdrawn', reason = ''): Approval {
    const at = new Date().toISOString();
    const by = state === 'approved' || state === 'denied' ? sam : null;
    return this.change(id, {
      state,
      decided: { by, reason, at },
      ...(state === 'approved' ? { approvedBy: [{ ...sam, at }] } : {}),
    });
  }

  /** One of calls like a note, given by Amy. */
  stand(part: Partial<StandingApproval> = {}): StandingApproval {
    const { id, customer, title, tool, risk, epoch } = this.#made({});
    const given = {
      id: StandingId.parse(`st-${hex(++this.#count)}`),
      approval: id,
      customer,
      epoch,
      client: 'Claude Desktop',
      tool,
      title,
      risk,
      fixed: { customer: customer.code, ticket_id: 48_213 },
      free: ['note', 'hidden'],
      usesLeft: 4,
      givenBy: amy,
      givenAt: new Date(Date.now() - 180_000).toISOString(),
      expiresAt: new Date(Date.now() + 720_000).toISOString(),
      ...part,
    };
    this.standing = [...this.standing, given];
    this.tell();
    return given;
  }

  #made(asked: Asked): Approval {
    const id = ApprovalId.parse(`ap-${hex(++this.#count)}`);
    const found = this.#customers.find((each) => each.id === (asked.customer ?? 'meridian-dental'));
    if (found === undefined) throw new Error(`no customer ${asked.customer}`);
    const { code, name } = found;
    return {
      id,
      fingerprint: createHash('sha256').update(id).digest('hex'),
      customer: { id: found.id, code, name },
      epoch: 4,
      client: asked.client ?? 'Claude Desktop',
      technician: amy,
      tool: asked.tool ?? 'ticket_note_add',
      title: asked.title ?? 'Add a note to a ticket',
      connector: asked.connector ?? 'halopsa',
      risk: asked.risk ?? 'write',
      arguments: asked.arguments ?? {
        customer: code,
        ticket_id: 48_213,
        note: 'Restarted the spooler on MD-PRN02 and printed a test page.',
        hidden: true,
      },
      because: asked.because ?? [{ id: 'writes-need-a-person', says: 'Changes in a client’s systems need a person.' }],
      policyVersion: 41,
      needed: asked.needed ?? 1,
      approvedBy: asked.approvedBy ?? [],
      askedAt: new Date(Date.now() - (asked.askedAgo ?? 28) * 1000).toISOString(),
      expiresAt: new Date(Date.now() + (asked.expiresIn ?? 272) * 1000).toISOString(),
      extensions: 0,
      secrets: asked.secrets ?? [],
      subjects: asked.subjects === undefined ? [] : asked.subjects,
      repeats: asked.repeats ?? 0,
      ranAt: asked.ranAt ?? null,
      mayStand: asked.mayStand ?? true,
      state: 'pending',
      isUsed: false,
      decided: null,
    };
  }
}

const hex = (count: number): string => count.toString(16).padStart(16, '0');
