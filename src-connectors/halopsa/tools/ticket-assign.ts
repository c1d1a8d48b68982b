// ticket_assign: who works on a ticket.
import { z } from 'zod';
import { Fault } from '../../../src-shared/fault.ts';
import { changeTool } from '../../change-tool.ts';
import { memberOf, textOf, wholeOf } from '../../row.ts';
import { RecordId } from '../ids.ts';
import { changeLimits } from '../limits.ts';
import { namesOfOptions } from '../option.ts';
import { TicketId, ticketOf, ticketOwner } from '../ticket.ts';

export const ticketAssign = changeTool({
  connector: 'halopsa',
  name: 'ticket_assign',
  title: 'Assign a ticket',
  description:
    'Assigns one ticket of the bound customer in HaloPSA to a technician, a team or both. The ids come from ticket_option_list. ' +
    "Answers with whom the ticket is assigned to afterwards; refused when the ticket is not provably this customer's. Safe to repeat.",
  risk: 'write',
  input: {
    ticketId: TicketId,
    agentId: RecordId.optional().describe('The technician: from ticket_option_list, kind agent.'),
    teamId: RecordId.optional().describe('From ticket_option_list, kind team.'),
  },
  record: z.strictObject({ ticketId: RecordId, agentId: z.int().optional(), team: z.string().max(300).optional() }),
  owner: ticketOwner,
  target: ticketOf,
  prepare: async ({ input: { agentId, teamId } }, { vendor }, call) => {
    if (agentId === undefined && teamId === undefined)
      throw new Fault('INVALID_ARGUMENTS', 'Neither a technician nor a team was given.');
    return namesOfOptions({ agent: agentId, team: teamId }, vendor, call);
  },
  path: () => '/Tickets',
  key: 'tickets',
  element: z.strictObject({ id: RecordId, agent_id: RecordId.optional(), team: z.string().max(200).optional() }),
  build: ({ input: { ticketId, agentId }, facts: { team } }) => ({
    id: ticketId,
    ...(agentId === undefined ? {} : { agent_id: agentId }),
    ...(team === undefined ? {} : { team }),
  }),
  isIdempotent: true,
  confirm: (_saved, { input: { ticketId, agentId }, facts: { team } }, after = {}) => {
    const isAsSent =
      (agentId === undefined || memberOf(after, 'agent_id') === agentId) &&
      (team === undefined || memberOf(after, 'team') === team);
    if (!isAsSent) return undefined;
    return { ticketId, agentId: wholeOf(after, 'agent_id'), team: textOf(after, 'team', 300) };
  },
  limits: changeLimits,
});
