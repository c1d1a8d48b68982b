// GET /Appointment (halopsa.md §5.10): technicians' calendars. Internal appointments name no customer and come along whoever
// is asked for. The caller's query is untrusted.
import type { Answer } from '../vendor/answer.ts';
import type { View } from '../vendor/rows.ts';
import { askedClients, matching, ordered, wholeTest } from './filter.ts';
import { listAnswer, toText } from './list.ts';
import type { HaloAppointment } from './records.ts';
import type { HaloStore } from './store.ts';
import { noDate } from './views.ts';
import type { Call, World } from './world.ts';

export function listAppointments(world: World, { query }: Call): Answer {
  const { store, faults } = world;
  const clients = askedClients(faults, query);
  const [from, to] = [query.text('start_date'), query.text('end_date')];
  const found = matching(store.appointments.all(), [
    ...(clients.length === 0 ? [] : [({ client_id: owner = 0 }: HaloAppointment) => [0, ...clients].includes(owner)]),
    ...(from === '' ? [] : [({ end_date: end = noDate }: HaloAppointment) => end >= from]),
    ...(to === '' ? [] : [({ start_date: start = noDate }: HaloAppointment) => start <= to]),
    ...wholeTest<HaloAppointment>(query, 'ticket_id', 'ticket_id'),
  ]);
  return listAnswer(faults, query, {
    key: 'appointments',
    rows: ordered(found, query),
    view: (one) => appointmentView(store, one),
    text: (one) => store.text(one, () => toText(appointmentView(store, one))),
    owner: 'client_id',
    asked: clients[0] ?? 0,
    everyone: () => store.appointments.all(),
  });
}

export function appointmentView(store: HaloStore, appointment: HaloAppointment): View {
  return {
    subject: '',
    start_date: noDate,
    end_date: noDate,
    allday: false,
    location: '',
    agent_id: 0,
    agent_name: store.agents.get(appointment.agent_id ?? 0)?.name ?? '',
    client_name: store.clients.get(appointment.client_id ?? 0)?.name ?? '',
    site_name: store.sites.get(appointment.site_id ?? 0)?.name ?? '',
    ticket_id: 0,
    note: '',
    ...appointment,
  };
}
