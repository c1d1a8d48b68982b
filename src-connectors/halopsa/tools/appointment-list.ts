// appointment_list: when technicians are at or with the customer.
import { z } from 'zod';
import { listTool } from '../../list-tool.ts';
import { untrusted } from '../../untrusted.ts';
import { appointmentFrom, appointmentMembers, appointmentOwner } from '../appointment.ts';
import { listLimits } from '../limits.ts';

const Day = z.iso.date().max(10);

export const appointmentList = listTool({
  connector: 'halopsa',
  name: 'appointment_list',
  title: 'List appointments',
  description:
    "Lists the bound customer's appointments in HaloPSA between two days, at most 50 a page: id, subject, start, end, technician, site. " +
    `Internal appointments of the MSP are left out. ${untrusted}`,
  risk: 'read',
  input: {
    from: Day.describe('The first day, such as 2026-11-01.'),
    to: Day.describe('The last day, such as 2026-11-30.'),
  },
  record: z.strictObject(appointmentMembers),
  owner: appointmentOwner,
  ownerParameter: 'client_id',
  request: ({ from, to }) => ({
    path: '/Appointment',
    query: { start_date: `${from}T00:00:00`, end_date: `${to}T23:59:59` },
  }),
  rows: 'appointments',
  project: appointmentFrom,
  limits: listLimits,
});
