import type { Approval } from '../src-shared/model/approval.ts';
import { plain, table } from './text.ts';

/**
 * A call that waits, as a person at a terminal reads it before they decide: who, what, where, and what happens if they do
 * nothing. Nothing of its arguments is cut off; all of them are the AI's words.
 */
export function shownApproval(approval: Approval): string {
  const { id, customer, client, technician, tool, title, connector, risk, because, policyVersion } = approval;
  const { needed, approvedBy, expiresAt, repeats, fingerprint, state } = approval;
  const rows = [
    ['who', `${client}, in the name of ${technician.name}`],
    ['what', `${title} (${connector} · ${tool}, ${risk})`],
    ['where', `${customer.code}  ${customer.name}`],
    [
      'why asked',
      `${because.map(({ id: rule, says }) => says || rule).join(' ') || 'its risk class'} (policy ${policyVersion})`,
    ],
    ...(needed > 1
      ? [['persons', `${approvedBy.length} of ${needed}: ${approvedBy.map(({ name }) => name).join(', ')}`]]
      : []),
    ...(repeats > 0 ? [['repeated', `${repeats} times`]] : []),
    ['fingerprint', fingerprint],
    ['ends', state === 'pending' ? `${expiresAt}: denied, if nobody decides` : state],
  ];
  return [plain(id), table(rows), ...Object.entries(approval.arguments).map(shownArgument)].join('\n');
}

function shownArgument([name, value]: readonly [string, unknown]): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `  ${plain(name)}: ${text.split(/\r?\n/).map(plain).join('\n    ')}`;
}
