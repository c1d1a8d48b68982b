// billable_time_add: time worked on a ticket that the customer is charged for, at the rate the MSP has set up.
import { timeTool } from '../time-tool.ts';

export const billableTimeAdd = timeTool({
  name: 'billable_time_add',
  title: 'Log billable time',
  description:
    'Logs minutes worked on one ticket of the bound customer in HaloPSA and charges the customer for all of them, at the rate the ' +
    'MSP has set up; the note itself is internal. Plain text only. For time that is not charged use time_add. Answers with the ' +
    "entry's id; refused when the ticket is not provably this customer's. Never repeat it after an error: it may be charged twice.",
  risk: 'spend',
  afterwards: 'The time may or may not have been charged: look at the ticket with ticket_get before you add it again.',
  isBillable: true,
});
