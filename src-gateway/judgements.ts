// What the supervisor may ask of the policy without anything happening: what a client app could do, what one call would meet,
// and what the signed-in technician may do in Bulkhead.
import type { gatewayControl } from '../src-shared/contract/gateway.ts';
import { Fault } from '../src-shared/fault.ts';
import { type CustomerRight, Right } from '../src-shared/model/right.ts';
import type { Handlers } from '../src-shared/wire/contract.ts';
import { identify } from './admit.ts';
import type { Claims } from './approvals/claim.ts';
import { explain } from './explain.ts';
import type { Powers } from './powers.ts';
import type { Caller } from './proofs.ts';
import { tryCall } from './try-call.ts';

type Judgements = Pick<Handlers<typeof gatewayControl>, 'explain' | 'tryCall' | 'rights' | 'may'>;

/** `operator` is the caller that stands for the technician; it faults while nobody is enrolled. */
export function judgements(
  powers: Powers,
  look: Claims,
  operator: () => Extract<Caller, { kind: 'operator' }>,
): Judgements {
  const identified = async (caller: Caller) =>
    (await identify.run({ caller, tool: '', arguments: {} }, powers, powers.clock)).verdict;

  function callerOf(name: string): Caller {
    const { tenant } = operator();
    const app = powers.scope
      .clients()
      .find((each) => each.tenant === tenant && each.name === name && each.state !== 'revoked');
    if (app) return { kind: 'client', tokenHash: app.tokenHash };
    throw new Fault('UNKNOWN_CLIENT', 'There is no client app of this name.', 'See `bulkhead client list`.');
  }

  return {
    explain: async ({ client }) => {
      const verdict = await identified(callerOf(client));
      if (verdict.ok) return explain(verdict.value, powers);
      return { client, customer: null, blocked: verdict.error.reason, classes: [], tools: [] };
    },

    tryCall: async ({ tool, arguments: args, client }) => {
      const caller = client === null ? operator() : callerOf(client);
      return tryCall({ caller, tool, arguments: args }, powers, look);
    },

    rights: async () => {
      const verdict = await identified(operator());
      if (!verdict.ok) return { rights: [], bindable: [], crossable: [] };
      const { policy, person, customers } = verdict.value.session;
      const asked = { person, now: powers.now() };
      const those = (right: CustomerRight) =>
        [...customers.keys()].filter((customer) => policy.may(right, { ...asked, customer }).isAllowed);
      return {
        rights: Right.options.filter((right) => policy.may(right, asked).isAllowed),
        bindable: those('bind'),
        crossable: those('cross'),
      };
    },

    may: async ({ right, customer }) => {
      const verdict = await identified(operator());
      if (!verdict.ok) return { isAllowed: false, because: [] };
      const { policy, person } = verdict.value.session;
      const { isAllowed, because } = policy.may(right, {
        person,
        now: powers.now(),
        ...(customer === undefined ? {} : { customer }),
      });
      return { isAllowed, because: [...because] };
    },
  };
}
