/** The calls of the `ui` contract about approvals, over the made-up MSP. */
import type { ui } from '../../src-shared/contract/ui.ts';
import { Fault } from '../../src-shared/fault.ts';
import { type Approval, StandingId } from '../../src-shared/model/approval.ts';
import type { Handlers } from '../../src-shared/wire/contract.ts';
import { amy, type FixtureMsp } from './window-fixture-msp.ts';

type ApprovalCalls =
  | 'approvals'
  | 'approve'
  | 'deny'
  | 'denyApprovals'
  | 'extendApproval'
  | 'withdrawStanding'
  | 'colleagues'
  | 'colleagueIdentity';

const colleagues = [
  { id: 'priya', name: 'Priya Nair', roles: ['senior-technician'] },
  { id: 'sam', name: 'Sam Ortiz', roles: ['manager'] },
];

interface Named {
  readonly id: string;
  readonly fingerprint?: string;
}

const isPending = ({ state }: Approval): boolean => state === 'pending';
/** Until it runs a no takes back what was approved. */
const isUndone = (approval: Approval): boolean =>
  isPending(approval) || (approval.state === 'approved' && !approval.isUsed);

export function approvalHandlers(
  msp: FixtureMsp,
  asked: (name: string, input: unknown) => void,
): Pick<Handlers<typeof ui>, ApprovalCalls> {
  const { desk } = msp;
  /** The one a decision is about, as the gateway looks at it before anything else. */
  const open = ({ id, fingerprint }: Named, isOpen = isPending): Approval => {
    const fault = desk.nextFault;
    desk.nextFault = null;
    if (fault !== null) throw fault;
    const found = desk.approvals.find((each) => each.id === id);
    if (found === undefined) throw new Fault('APPROVAL_UNKNOWN', 'There is no such approval.');
    if (!isOpen(found)) throw new Fault('APPROVAL_OVER', 'It is over.');
    if (fingerprint !== undefined && found.fingerprint !== fingerprint)
      throw new Fault('APPROVAL_CHANGED', 'It is another one by now.');
    return found;
  };
  const person = (identity: string | null) =>
    identity === null ? amy : colleagues.find(({ id }) => identity === `signed:${id}`);
  return {
    approvals: () => {
      if (desk.listFault !== null) throw desk.listFault;
      return { approvals: desk.approvals, standing: desk.standing };
    },
    approve: (input) => {
      asked('approve', input);
      const found = open(input);
      const who = person(input.identity);
      if (who === undefined) throw new Fault('IDENTITY_INVALID', 'This is no identity.');
      if (found.approvedBy.some(({ id }) => id === who.id)) throw new Fault('SAME_PERSON', 'The same person.');
      const at = new Date().toISOString();
      const approvedBy = [...found.approvedBy, { id: who.id, name: who.name, at }];
      if (approvedBy.length < found.needed) return desk.change(found.id, { approvedBy });
      const { standing } = input;
      if (standing !== null)
        desk.stand({
          id: StandingId.parse(found.id.replace('ap-', 'st-')),
          approval: found.id,
          customer: found.customer,
          client: found.client,
          title: found.title,
          risk: found.risk,
          fixed: Object.fromEntries(Object.entries(found.arguments).filter(([name]) => standing.fixed.includes(name))),
          free: Object.keys(found.arguments).filter((name) => !standing.fixed.includes(name)),
          usesLeft: standing.uses,
          expiresAt: new Date(Date.now() + standing.minutes * 60_000).toISOString(),
        });
      return desk.change(found.id, {
        approvedBy,
        state: 'approved',
        decided: { by: { id: who.id, name: who.name }, reason: '', at },
      });
    },
    deny: (input) => {
      asked('deny', input);
      return denied(open(input, isUndone), input.reason);
    },
    denyApprovals: (input) => {
      asked('denyApprovals', input);
      const waiting = desk.approvals.filter(({ id, state }) => state === 'pending' && input.ids.includes(id));
      for (const each of waiting) denied(each, input.reason);
      return { denied: waiting.length };
    },
    extendApproval: (input) => {
      asked('extendApproval', input);
      const found = open(input);
      return desk.change(found.id, {
        extensions: found.extensions + 1,
        expiresAt: new Date(Date.now() + 300_000).toISOString(),
      });
    },
    withdrawStanding: (input) => {
      asked('withdrawStanding', input);
      desk.standing = desk.standing.filter(({ id }) => id !== input.id);
      desk.tell();
    },
    colleagues: (input) => {
      asked('colleagues', input);
      return colleagues;
    },
    colleagueIdentity: ({ id }) => {
      asked('colleagueIdentity', { id });
      return { identity: `signed:${id}` };
    },
  };

  function denied({ id }: Approval, reason: string): Approval {
    desk.standing = desk.standing.filter(({ approval }) => approval !== id);
    return desk.change(id, {
      state: 'denied',
      decided: { by: { id: amy.id, name: amy.name }, reason, at: new Date().toISOString() },
    });
  }
}
