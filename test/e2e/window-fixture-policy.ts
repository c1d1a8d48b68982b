/** The calls of the `ui` contract about policy, stopping, changed tools and cross-customer work, over the made-up MSP. */
import type { ui } from '../../src-shared/contract/ui.ts';
import { Fault } from '../../src-shared/fault.ts';
import type { CrossView } from '../../src-shared/model/cross.ts';
import { deny, type DenialCode, type GateName, gateNames } from '../../src-shared/model/denial.ts';
import type { GateOutcome } from '../../src-shared/model/gate-outcome.ts';
import type { Handlers } from '../../src-shared/wire/contract.ts';
import { fixtureTools } from './window-fixture-data.ts';
import { amy, type FixtureMsp } from './window-fixture-msp.ts';
import { fixtureClasses, fixtureClassList, judged, noReveal } from './window-fixture-rules.ts';

type PolicyCalls =
  | 'explain'
  | 'tryCall'
  | 'stopAi'
  | 'resumeAi'
  | 'toolReviews'
  | 'acceptTool'
  | 'openCross'
  | 'closeCross';

export function policyHandlers(
  msp: FixtureMsp,
  asked: (name: string, input: unknown) => void,
): Pick<Handlers<typeof ui>, PolicyCalls> {
  return {
    explain: ({ client }) => {
      asked('explain', { client });
      const app = msp.state.clients.find(({ name }) => name === client);
      if (app === undefined) throw new Fault('UNKNOWN_CLIENT', 'No such app.');
      const customer = msp.state.binding?.customer.code ?? null;
      const blocked =
        app.state === 'armed' && msp.state.stopped === null ? null : 'It is not allowed for the customer bound now.';
      if (blocked !== null || customer === null)
        return { client, customer: null, blocked: blocked ?? 'No customer is bound.', classes: [], tools: [] };
      return { client, customer, blocked: null, classes: fixtureClassList, tools: explainedTools };
    },
    tryCall: (input) => {
      asked('tryCall', input);
      const offered = explainedTools.find(({ definition }) => definition.name === input.tool);
      const { verdict, because } = fixtureClasses[offered?.risk ?? 'destructive'];
      if (offered?.isAllowed !== true) {
        const { gate, code, reason, remedy } = deny('POLICY_DENIED');
        const denial = { gate, code, reason: offered?.reason ?? reason, remedy };
        return { verdict: 'denied', gates: gatesTo(gate, code), because: offered?.because ?? [], denial };
      }
      const isMine = input.client === null && verdict === 'asks';
      if (verdict === 'runs' || isMine) return { verdict: 'runs', gates: gatesTo('quota'), because, denial: null };
      const gates = gatesTo('quota').map((outcome) =>
        outcome.gate === 'policy' ? { ...outcome, ok: false, code: 'APPROVAL_PENDING' as const } : outcome,
      );
      return { verdict, gates, because, denial: null };
    },
    stopAi: () => {
      asked('stopAi', undefined);
      msp.change({ stopped: { since: new Date().toISOString(), by: amy.name } });
    },
    resumeAi: () => {
      asked('resumeAi', undefined);
      if (!msp.state.rights.includes('resume-ai'))
        throw new Fault('NOT_ALLOWED', 'The policy does not let you resume.');
      msp.change({ stopped: null });
    },
    toolReviews: () => msp.reviews,
    acceptTool: (input) => {
      asked('acceptTool', input);
      const review = msp.reviews.find(({ name }) => name === input.name);
      if (review?.hash !== input.hash)
        throw new Fault('TOOL_CHANGED', 'It is another definition by now.', 'Look again.');
      msp.setReviews(msp.reviews.filter((each) => each !== review));
    },
    openCross: (input) => {
      asked('openCross', input);
      const cross = fixtureCross(msp, input);
      msp.change({ crosses: [...msp.state.crosses, cross] });
      return { code: cross.code, until: cross.until };
    },
    closeCross: (input) => {
      asked('closeCross', input);
      msp.change({ crosses: msp.state.crosses.filter(({ code }) => code !== input.code) });
    },
  };
}

/** Several customers for one app, as `openCross` is asked for it. */
export function fixtureCross(
  msp: FixtureMsp,
  {
    client,
    customers,
    reason,
    minutes,
  }: Pick<CrossView, 'client' | 'reason'> & { customers: string[]; minutes: number },
): CrossView {
  return {
    code: `CROSS-${msp.state.crosses.length + 1}`,
    client,
    customers: msp.customers.filter(({ id }) => customers.includes(id)).map(({ code, name }) => ({ code, name })),
    reason,
    openedBy: amy.name,
    openedAt: new Date().toISOString(),
    until: new Date(Date.now() + minutes * 60_000).toISOString(),
  };
}

/** As a client app meets them: the operator is a person, so for a person's word they are asked less. */
const explainedTools = fixtureTools.map((tool) => {
  if (tool.definition.name === 'password_reveal') return { ...tool, isAllowed: false, asks: 0, because: [noReveal] };
  return tool.isAllowed ? { ...tool, ...judged(tool.risk, true) } : tool;
});

function gatesTo(last: GateName, code?: DenialCode): GateOutcome[] {
  return gateNames.slice(0, gateNames.indexOf(last) + 1).map((gate) => {
    const isStop = gate === last && code !== undefined;
    return { gate, ok: !isStop, ms: 0.02, ...(isStop ? { code } : {}) };
  });
}
