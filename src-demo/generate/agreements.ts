// What the MSP agreed with its customers, invoiced them and planned with them: contracts, invoices, appointments. Among the
// invoices are those billed to somebody else than was served, among the appointments internal ones (seed traps).
import type { HaloAppointment, HaloContract, HaloInvoice } from '../halopsa/records.ts';
import { createRandom } from '../random.ts';
import { day, demoNow, hour, stamp, workingTime } from './calendar.ts';
import { companies, companyNamed } from './companies.ts';
import type { People } from './people.ts';
import { technicianAgents } from './reference.ts';

// A stream of its own: the rest of the demo stays as it is when this changes.
const seed = 20261121;

export function makeContracts({ sites }: People): HaloContract[] {
  const random = createRandom(seed);
  return companies.map(({ halo, code, people }, at) => {
    const start = demoNow - random.whole(40, 700) * day;
    const perMonth = people * random.pick([18, 22, 27]);
    return {
      id: 401 + at,
      ref: `${code}-SUPPORT`,
      client_id: halo,
      site_id: sites.find((site) => site.client_id === halo)?.id,
      contracttype_name: random.pick(['Managed services', 'Block hours', 'Support by the hour']),
      start_date: stamp(start),
      end_date: stamp(start + 730 * day),
      note: `Support for ${people} people, working days 8 to 18.`,
      periodchargeamount: perMonth,
      // What the MSP itself pays: never to be shown.
      costperperiod: Math.round(perMonth * 0.55),
    };
  });
}

export function makeInvoices(): HaloInvoice[] {
  const dental = companyNamed('meridian-dental').halo;
  const logistics = companyNamed('meridian-logistics').halo;
  const common = invoiceOf(480, demoNow - 20 * day);
  return [
    { id: 7001, client_id: dental, invoicenumber: 'INV-7001', ...common },
    {
      id: 7002,
      client_id: dental,
      invoicenumber: 'INV-7002',
      original_client_id: logistics,
      original_client_name: 'Meridian Logistics',
      ...common,
    },
    { id: 7003, client_id: logistics, invoicenumber: 'INV-7003', client_to_invoice_to_id: dental, ...common },
    { id: 7004, client_id: companyNamed('fernhill-school').halo, invoicenumber: 'INV-7004', ...common },
    ...companies.map(({ halo, people }, at) => ({
      id: 7101 + at,
      client_id: halo,
      invoicenumber: `INV-${7101 + at}`,
      ...invoiceOf(people * 20, demoNow - (21 + (at % 9)) * day),
    })),
  ];
}

export function makeAppointments({ sites }: People): HaloAppointment[] {
  const random = createRandom(seed + 1);
  const timed = (at: number) => {
    const start = workingTime(at);
    return { start_date: stamp(start), end_date: stamp(start + hour), agent_id: random.pick(technicianAgents).id };
  };
  const visits = companies.map(({ halo }, at) => ({
    id: 8001 + at,
    subject: random.pick(['Monthly visit', 'Server maintenance', 'New starter set-up', 'Review meeting']),
    client_id: halo,
    site_id: sites.find((site) => site.client_id === halo)?.id,
    location: 'On site',
    ...timed(demoNow + random.whole(-10, 20) * day),
  }));
  const internal = ['Team meeting', 'Appraisal', 'Dentist, back at noon'].map((subject, at) => ({
    id: 8901 + at,
    subject,
    ...(at === 0 ? { client_id: 0 } : {}),
    ...timed(demoNow + at * day),
  }));
  return [...visits, ...internal];
}

function invoiceOf(total: number, at: number) {
  return {
    invoice_date: stamp(at),
    duedate: stamp(at + 30 * day),
    total,
    amountdue: total,
    currency_code: 'GBP',
    // The MSP's margin, and its cost in the line: never to be shown.
    revenue: Math.round(total * 0.4),
    lines: [
      {
        id: 1,
        item_shortdescription: 'Support',
        qty_order: 4,
        unit_price: total / 4,
        net_amount: total,
        unit_cost: total / 9,
      },
    ],
  };
}
