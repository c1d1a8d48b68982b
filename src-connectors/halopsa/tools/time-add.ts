// time_add: time worked on a ticket that the customer is not charged for.
import { timeTool } from '../time-tool.ts';

export const timeAdd = timeTool({
  name: 'time_add',
  title: 'Log time, not billable',
  description:
    'Logs minutes worked on one ticket of the bound customer in HaloPSA, as an internal note; the customer is not charged (for that ' +
    "there is billable_time_add). Plain text only. Answers with the entry's id; refused when the ticket is not provably this " +
    "customer's. Not repeatable safely: look with ticket_get before calling again after an error.",
  risk: 'write',
  isBillable: false,
});
