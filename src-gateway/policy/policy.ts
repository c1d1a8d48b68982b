import type { PolicyVerdict } from '../../src-shared/contract/gateway.ts';
import type { Rule } from '../../src-shared/model/approval.ts';
import type { Bundle } from '../../src-shared/model/bundle.ts';
import type { CustomerId } from '../../src-shared/model/ids.ts';
import type { CustomerRight, Right } from '../../src-shared/model/right.ts';
import { needsPerson, type Risk } from '../../src-shared/model/risk.ts';
import { type Answer, askCedar, mostRules, type Question } from './ask-cedar.ts';
import { assignmentsOf } from './assignments.ts';
import { checkReferences } from './check-references.ts';
import { localTimeIn } from './local-time.ts';
import { Remembered } from './remembered.ts';
import { loadRules } from './rules.ts';

/** Who acts or decides, from a verified identity. */
export interface Person {
  readonly id: string;
  readonly roles: readonly string[];
}

/** What all questions have in common. `now` in milliseconds since 1970. All of it is proven by earlier gates. */
interface Asked {
  readonly person: Person;
  readonly now: number;
}

interface AboutCall extends Asked {
  readonly customer: CustomerId;
  readonly tool: string;
  readonly connector: string;
  /** As the company classes it: the session's `riskOf`. */
  readonly risk: Risk;
  /** The client app's name; `operator` for the person themselves. */
  readonly client: string;
}

export interface CallQuestion extends AboutCall {
  /** Whether it is one of several customers' calls (cross-customer work). */
  readonly isCross: boolean;
}

export interface DecideQuestion extends AboutCall {
  /** Whether the AI acted in this very person's name. */
  readonly isOwn: boolean;
}

export interface RightQuestion extends Asked {
  /** For a right that is of one customer each. */
  readonly customer?: CustomerId;
}

/**
 * `because` names the rules: those that permit a call as it runs or waits, with those that keep it from running without
 * a person; of a denial, those that forbid. Nobody permitting leaves it empty.
 */
export interface Judgement {
  readonly verdict: PolicyVerdict;
  readonly because: readonly Rule[];
}

export interface Permission {
  readonly isAllowed: boolean;
  readonly because: readonly Rule[];
}

export interface Policy {
  judge(question: CallQuestion): Judgement;
  /** Whether a person may approve a call that waits, or (`stand`) calls like it for a while. Never a service account. */
  mayDecide(right: 'approve' | 'stand', question: DecideQuestion): Permission;
  may(right: Right | CustomerRight, question: RightQuestion): Permission;
}

/** The role of a principal that is no person: it calls tools, and approves nothing. */
const serviceAccount = 'service-account';

/**
 * A tenant's policy: default deny, a forbid wins, and whatever cannot be evaluated is a no.
 *
 * A call is judged as if nobody had approved it, then as if one person had, then two: the least that is permitted is how
 * many it needs. What is a person's to do by its class needs one, whatever the policy permits.
 * @throws Fault POLICY_INVALID when anything in it does not parse, fit the schema or name what exists
 */
export function loadPolicy(bundle: Bundle): Policy {
  checkReferences(bundle);
  const rules = loadRules(bundle);
  const localTime = localTimeIn(bundle.policy.timeZone);
  const isAssigned = assignmentsOf(bundle);
  const resources = resourcesOf(bundle, rules.named);
  const answers = new Remembered<Answer>(mostAnswers);

  function ask(action: string, person: Person, about: { customer?: CustomerId | undefined; facts: Facts }): Answer {
    const { customer, facts } = about;
    const resource = customer === undefined ? null : resources.get(customer);
    if (resource === undefined) return no; // Not a customer of this company: no group, no rule could forbid it.
    const context = customer === undefined ? facts : { ...facts, assigned: isAssigned(person, customer) };
    const slice = rules.setFor(action, person.roles);
    const question: Question = { tenant: bundle.tenant.id, person, action, customer: resource, context };
    const read = Object.entries(context).filter(([member]) => slice.reads(member));
    return answers.of({ ...question, context: read }, () => askCedar(rules, slice, question));
  }

  /** Whether any rule for it depends on how many persons approved: else asking with one more gives the same answer. */
  const asksPersons = (risk: Risk, person: Person): boolean => rules.setFor(risk, person.roles).reads('approvals');

  return {
    judge: ({ person, customer, tool, connector, risk, client, isCross, now }) => {
      const facts = { tool, connector, client, cross: isCross, ...localTime(now) };
      let keptBack: readonly Rule[] = [];
      for (let approvals = needsPerson(risk) ? 1 : 0; approvals <= mostApprovals; approvals += 1) {
        const answer = ask(risk, person, { customer, facts: { ...facts, approvals } });
        if (answer.isAllowed) {
          return { verdict: verdictOf(approvals), because: [...answer.because, ...keptBack].slice(0, mostRules) };
        }
        keptBack = answer.because;
        if (answer.isBroken || !asksPersons(risk, person)) break;
      }
      return { verdict: 'denied', because: keptBack };
    },

    mayDecide: (right, { person, customer, tool, connector, risk, client, isOwn, now }) => {
      if (person.roles.includes(serviceAccount)) return permission(no);
      if (right === 'stand' && risk === 'destructive') return permission(no);
      const facts = { tool, connector, client, risk, own: isOwn, ...localTime(now) };
      return permission(ask(right, person, { customer, facts }));
    },

    // A right of one customer asked of the company, or the reverse, does not fit the schema: a no like any other.
    may: (right, { person, customer, now }) =>
      permission(ask(right, person, { customer, facts: { ...localTime(now) } })),
  };
}

/**
 * Answers that are kept. An answer depends on the policies and on what they read of the question, which is short and comes
 * again and again, so each is decided once; another policy is another memory.
 */
const mostAnswers = 10_000;

type Facts = Readonly<Record<string, string | number | boolean>>;

/**
 * Stands for every customer that no rule names: of such a one a rule can see its groups and whether it is assigned, both in
 * the question, so all that agree in these are one question. No customer's id can be like it.
 */
const unnamed = '*';

/** No more than two persons can be asked for. */
const mostApprovals = 2;
const verdictOf = (approvals: number): PolicyVerdict =>
  approvals === 0 ? 'runs' : approvals === 1 ? 'asks' : 'asks-two';

const no: Answer = { isAllowed: false, isBroken: false, because: [] };

const permission = ({ isAllowed, because }: Answer): Permission => ({ isAllowed, because });

/** What a question about each customer says of it. */
function resourcesOf(
  { customers, policy }: Bundle,
  named: ReadonlySet<string>,
): ReadonlyMap<CustomerId, Question['customer']> {
  const groups = policy.groups.map(({ id, customers: members }) => ({ id, members: new Set(members) }));
  return new Map(
    customers.map(({ id }) => [
      id,
      {
        id: named.has(id) ? id : unnamed,
        groups: groups.filter(({ members }) => members.has(id)).map((group) => group.id),
      },
    ]),
  );
}
