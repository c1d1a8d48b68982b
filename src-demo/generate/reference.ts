// The reference lists of Northway's Halo tenant and its agents. Agents carry fake secrets, as the vendor's do
// (halopsa.md §5.11): a reader must project them away.

export const agents = [
  { id: 1, name: 'Bulkhead API', initials: 'API', email: 'api@northway.example', team: 'Service Desk' },
  { id: 3, name: 'Amy Kowalski', initials: 'AK', email: 'amy.kowalski@northway.example', team: 'Service Desk' },
  { id: 4, name: 'Sam Oyelaran', initials: 'SO', email: 'sam.oyelaran@northway.example', team: 'Service Desk' },
  { id: 5, name: 'Dana Whitfield', initials: 'DW', email: 'dana.whitfield@northway.example', team: 'Service Desk' },
  { id: 6, name: 'Ravi Menon', initials: 'RM', email: 'ravi.menon@northway.example', team: 'Infrastructure' },
  { id: 8, name: 'Helen Strand', initials: 'HS', email: 'helen.strand@northway.example', team: 'Infrastructure' },
  { id: 9, name: 'Leo Petrov', initials: 'LP', email: 'leo.petrov@northway.example', team: 'Projects' },
].map((agent) => ({
  ...agent,
  inactive: false,
  password: 'demo-only-hash',
  new_access_token: 'demo-only-token',
  new_refresh_token: 'demo-only-token',
}));

/** Agents who work on tickets. */
export const technicianAgents = agents.filter((agent) => agent.id !== 1);

export const technicians = [
  {
    id: 'amy.kowalski',
    name: 'Amy Kowalski',
    email: 'amy.kowalski@northway.example',
    roles: ['technician', 'administrator'],
  },
  { id: 'sam.oyelaran', name: 'Sam Oyelaran', email: 'sam.oyelaran@northway.example', roles: ['technician'] },
  { id: 'ravi.menon', name: 'Ravi Menon', email: 'ravi.menon@northway.example', roles: ['technician'] },
  { id: 'helen.strand', name: 'Helen Strand', email: 'helen.strand@northway.example', roles: ['manager'] },
];

export const statuses = [
  { id: 1, name: 'New', shortname: 'New', type: 0 },
  { id: 2, name: 'In Progress', shortname: 'InProg', type: 0 },
  { id: 4, name: 'With User', shortname: 'User', type: 0 },
  { id: 5, name: 'With Supplier', shortname: 'Supp', type: 0 },
  { id: 8, name: 'Resolved', shortname: 'Res', type: 0 },
  { id: 9, name: 'Closed', shortname: 'Closed', type: 0 },
];

export const priorities = [
  { id: '7c0d7a0e-4a07-4d60-9d1a-000000000001', priorityid: 1, name: 'Critical', slaid: 1, fixtime: 4 },
  { id: '7c0d7a0e-4a07-4d60-9d1a-000000000002', priorityid: 2, name: 'High', slaid: 1, fixtime: 8 },
  { id: '7c0d7a0e-4a07-4d60-9d1a-000000000003', priorityid: 3, name: 'Medium', slaid: 1, fixtime: 24 },
  { id: '7c0d7a0e-4a07-4d60-9d1a-000000000004', priorityid: 4, name: 'Low', slaid: 1, fixtime: 72 },
];

export const ticketTypes = [
  { id: 1, name: 'Incident', use: 'ticket' },
  { id: 2, name: 'Change Request', use: 'ticket' },
  { id: 3, name: 'Service Request', use: 'ticket' },
  { id: 21, name: 'Alert', use: 'ticket' },
];

export const teams = [
  { id: 1, name: 'Service Desk' },
  { id: 2, name: 'Infrastructure' },
  { id: 3, name: 'Projects' },
];

export const outcomes = [
  { id: 1, outcome: 'First User Email', buttonname: 'First Email', hidden: true },
  { id: 2, outcome: 'Email User', buttonname: 'Email User', hidden: false },
  { id: 4, outcome: 'Email Received', buttonname: 'Email Received', hidden: true },
  { id: 5, outcome: 'Phone Call', buttonname: 'Phone Call', hidden: false },
  { id: 7, outcome: 'Private Note', buttonname: 'Private Note', hidden: false },
  { id: 9, outcome: 'Resolve', buttonname: 'Resolve', hidden: false },
];
