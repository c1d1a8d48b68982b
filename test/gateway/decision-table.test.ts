// Role × risk × customer × moment × client app × tool × one customer or several: every combination against the oracle.
import { beforeAll, describe, expect, it } from 'vitest';
import { CustomerId } from '../../src-shared/model/ids.ts';
import { Risk } from '../../src-shared/model/risk.ts';
import { clients, company, customers, type Moment, moments, roles, tools } from './decision-table/company.ts';
import { expected, type Question } from './decision-table/oracle.ts';
import { issuer, openSession } from './world.ts';

const { policy } = await openSession({
  enrolment: await issuer.enrol({ bundle: company }),
  instances: [],
});

const questions: Question[] = roles.flatMap((role) =>
  Risk.options.flatMap((risk) =>
    customers.flatMap((customer) =>
      (Object.keys(moments) as Moment[]).flatMap((moment) =>
        clients.flatMap((client) =>
          tools.flatMap((tool) =>
            [false, true].map((isCross) => ({ role, risk, customer, moment, client, tool, isCross })),
          ),
        ),
      ),
    ),
  ),
);

const decided = ({ role, customer, moment, ...rest }: Question) =>
  policy.judge({
    ...rest,
    person: { id: role === 'technician' ? 'tess' : `one-${role}`, roles: [role] },
    customer: CustomerId.parse(customer),
    connector: 'halopsa',
    now: moments[moment],
  });

describe('judge', () => {
  let answers: readonly ({ question: Question } & ReturnType<typeof decided>)[] = [];
  beforeAll(() => {
    answers = questions.map((question) => ({ question, ...decided(question) }));
  });

  it('decides as the oracle does in every combination', () => {
    const differing = answers.flatMap(({ question, verdict }) => {
      const wanted = expected(question);
      return verdict === wanted ? [] : [{ question, verdict, wanted }];
    });
    expect(differing).toEqual([]);
    expect(questions.length).toBe(6 * 7 * 3 * 5 * 3 * 2 * 2);
  });

  it('meets every verdict often enough for the table to mean something', () => {
    const counts = Object.groupBy(questions, expected);
    expect(Object.fromEntries(Object.entries(counts).map(([verdict, all]) => [verdict, all.length > 30]))).toEqual({
      runs: true,
      asks: true,
      'asks-two': true,
      denied: true,
    });
  });

  it('names the rules behind every answer but that nothing permits it', () => {
    expect(answers.filter(({ verdict, because }) => verdict !== 'denied' && because.length === 0)).toEqual([]);
    const forbidden = answers.filter(
      ({ question }) => question.customer === 'zenith' && question.risk === 'destructive',
    );
    expect(new Set(forbidden.map(({ because }) => because.some(({ id }) => id === 'regulated-destroys')))).toEqual(
      new Set([true]),
    );
  });

  it('denies a person without a role, of no assignment, whatever is asked', () => {
    const verdicts = new Set(
      Risk.options.map(
        (risk) =>
          policy.judge({
            person: { id: 'nobody', roles: [] },
            customer: CustomerId.parse('acme'),
            tool: 'anything_else',
            connector: 'halopsa',
            risk,
            client: 'assistant',
            isCross: false,
            now: moments['Friday 10:00'],
          }).verdict,
      ),
    );
    expect([...verdicts]).toEqual(['denied']);
  });
});
