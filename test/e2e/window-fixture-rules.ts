/** The policy of the made-up MSP in words: which class runs, asks or is denied, and by which rules. */
import type { OfferedTool, PolicyVerdict } from '../../src-shared/contract/gateway.ts';
import type { Rule } from '../../src-shared/model/approval.ts';
import { Risk } from '../../src-shared/model/risk.ts';

const reads: Rule = { id: 'reads', says: 'Technicians may read what belongs to a customer of theirs.' };
const writes: Rule = { id: 'writes', says: 'Technicians may write notes and fields of a customer of theirs.' };
const mail: Rule = { id: 'mail-asks', says: 'What leaves the company needs the word of one person.' };
const secrets: Rule = { id: 'secrets-ask', says: 'A password is read only when a person says yes.' };
const orders: Rule = { id: 'orders-ask-two', says: 'What costs money needs two people.' };
export const noReveal: Rule = { id: 'no-reveal', says: 'No password is shown in clear to an AI.' };

export const fixtureClasses: Readonly<Record<Risk, { readonly verdict: PolicyVerdict; readonly because: Rule[] }>> = {
  read: { verdict: 'runs', because: [reads] },
  sensitive: { verdict: 'runs', because: [reads] },
  credential: { verdict: 'asks', because: [secrets] },
  write: { verdict: 'runs', because: [writes] },
  external: { verdict: 'asks', because: [mail] },
  spend: { verdict: 'asks-two', because: [orders] },
  destructive: { verdict: 'denied', because: [] },
};

export const fixtureClassList = Risk.options.map((risk) => ({ risk, ...fixtureClasses[risk] }));

/** What the policy says of one tool of a class. */
export function judged(risk: Risk, isAllowed: boolean): Pick<OfferedTool, 'risk' | 'isAllowed' | 'asks' | 'because'> {
  const { verdict, because } = fixtureClasses[risk];
  const mayPass = isAllowed && verdict !== 'denied';
  const asks = { runs: 0, asks: 1, 'asks-two': 2, denied: 0 }[verdict];
  return { risk, isAllowed: mayPass, asks: mayPass ? asks : 0, because: mayPass ? because : [] };
}
