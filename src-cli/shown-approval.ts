import type { Approval, StandingApproval } from '../src-shared/model/approval.ts';
import { indented, plain, table } from './text.ts';

/**
 * A call that waits, as a person at a terminal reads it before they decide: who, what, where, and what happens if they do
 * nothing. Nothing of its arguments is cut off; all of them are the AI's words.
 */
export function shownApproval(approval: Approval): string {
  const { id, customer, client, technician, tool, title, connector, risk, because, policyVersion } = approval;
  const { needed, approvedBy, expiresAt, repeats, ranAt, fingerprint, state, secrets } = approval;
  const rows = [
    ['who', `${client}, in the name of ${technician.name}`],
    ['what', `${title} (${connector} · ${tool}, ${risk})`],
    ['where', `${customer.code}  ${customer.name}`],
    ...onRows(approval),
    [
      'why asked',
      `${because.map(({ id: rule, says }) => says || rule).join(' ') || 'its risk class'} (policy ${policyVersion})`,
    ],
    ...(needed > 1
      ? [['persons', `${approvedBy.length} of ${needed}: ${approvedBy.map(({ name }) => name).join(', ')}`]]
      : []),
    ...(repeats > 0 ? [['repeated', `${repeats} times`]] : []),
    ...(ranAt ? [['ran before', `the same call ran at ${ranAt}: approved, it runs once more`]] : []),
    ...(secrets.length > 0 ? [['secret', `${secrets.join(', ')}: not shown`]] : []),
    ['fingerprint', fingerprint],
    ['ends', state === 'pending' ? `${expiresAt}: denied, if nobody decides` : state],
  ];
  return [plain(id), table(rows), ...shownArguments(approval.arguments)].join('\n');
}

/** What it acts on. The vendor's text comes last in its row, so that it cannot pass for what Bulkhead says. */
function onRows({ subjects, connector }: Approval): string[][] {
  if (subjects === null) return [['on', 'could not be looked up: look at the vendor before you approve']];
  return subjects.map(({ kind, id, name }) => ['on', `${connector} ${kind} ${id}: ${name ?? 'without a name'}`]);
}

/** What runs without asking: which calls, how many, until when, and the arguments that must be exactly so. */
export function shownStanding(standing: StandingApproval): string {
  const { id, customer, client, tool, title, risk, fixed, free, usesLeft, givenBy, expiresAt } = standing;
  const rows = [
    ['who', client],
    ['what', `${title} (${tool}, ${risk})`],
    ['where', `${customer.code}  ${customer.name}`],
    ['uses left', String(usesLeft)],
    ['ends', expiresAt],
    ['given by', givenBy.name],
    ['free', free.length === 0 ? 'nothing' : plain(free.join(', '))],
    ['fixed', Object.keys(fixed).length === 0 ? 'nothing' : 'these arguments'],
  ];
  return [plain(id), table(rows), ...shownArguments(fixed)].join('\n');
}

/** All of them whole, and none of it at the left edge. */
function shownArguments(args: Approval['arguments']): readonly string[] {
  return Object.entries(args).map(([name, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return `  ${indented(`${plain(name)}: ${text}`, '    ')}`;
  });
}
