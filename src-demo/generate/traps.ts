// The seed traps of halopsa.md §7 point 7: records that lead from one customer to another by a link a vendor really has.
// Whoever follows a link without checking the owner at its end crosses customers.
import type { HaloAsset, HaloUser } from '../halopsa/records.ts';
import { day, demoNow, hour, stamp } from './calendar.ts';
import { companyNamed } from './companies.ts';
import type { Members, TicketDraft } from './drafts.ts';
import type { People } from './people.ts';

/** An ordinary open ticket of a company's first contact, to build on. */
export type Place = { readonly ticket: Members; readonly user: HaloUser };

export function placeIn(people: People): (company: string) => Place {
  return (id) => {
    const company = companyNamed(id);
    const user = people.users.find((one) => one.client_id === company.halo && one.name !== 'General User');
    if (user === undefined) throw new Error(`nobody works at ${id}`);
    const owner = { client_id: company.halo, site_id: user.site_id, user_id: user.id };
    return {
      user,
      ticket: {
        ...owner,
        status_id: 2,
        tickettype_id: 1,
        priority_id: 3,
        agent_id: 3,
        team: 'Service Desk',
        category_1: 'Other',
      },
    };
  };
}

export function makeTrapTickets(place: (company: string) => Place, people: People): TicketDraft[] {
  const draft = (company: string, age: number, summary: string, details: string, note: string): TicketDraft => {
    const at = demoNow - age;
    const ticket = {
      ...place(company).ticket,
      summary,
      details,
      dateoccurred: stamp(at),
      lastactiondate: stamp(at + hour),
    };
    const opening = { who: 'General User', who_type: 0, outcome_id: 4, note: details, datetime: stamp(at) };
    return {
      at,
      ticket,
      actions: [opening, { who_agentid: 3, outcome_id: 7, hiddenfromuser: true, note, datetime: stamp(at + hour) }],
    };
  };
  const mailOutage = 'Mail delivery delayed for several clients';
  const unknown = (age: number, summary: string, details: string): TicketDraft => {
    const made = draft('meridian-dental', age, summary, details, 'Sender not matched, left with Unknown.');
    return {
      ...made,
      ticket: { ...made.ticket, client_id: 1, site_id: people.sites[0]?.id, user_id: people.users[0]?.id },
    };
  };
  const without = (owner: Members, age: number, summary: string): TicketDraft => {
    const made = draft(
      'meridian-dental',
      age,
      summary,
      'Imported from the old system without a client.',
      'Owner lost in the import.',
    );
    const { client_id: _owner, user_id: _user, ...rest } = made.ticket;
    return { ...made, ticket: { ...rest, ...owner } };
  };
  return [
    {
      ...draft(
        'meridian-dental',
        5 * day,
        mailOutage,
        'Mail to outside is delayed since the morning.',
        'Parent for all affected clients.',
      ),
      key: 'parent',
    },
    {
      ...draft(
        'fernhill-school',
        5 * day - 2 * hour,
        'Fernhill School: mail delayed',
        'Parents do not get our mail.',
        'Head teacher called twice, private number on file.',
      ),
      parent: 'parent',
    },
    {
      ...draft(
        'meridian-dental',
        5 * day - 3 * hour,
        'Meridian Dental Group: recall mails delayed',
        'Recall mails to patients are late.',
        'Queue drained.',
      ),
      parent: 'parent',
    },
    {
      ...draft(
        'meridian-dental',
        12 * day,
        'X-ray viewer crashes on two images',
        'The viewer closes when two images are open.',
        'Same as the viewer problem at Alder Dentistry.',
      ),
      related: ['related'],
    },
    {
      ...draft(
        'alder-dentistry',
        13 * day,
        'Alder Dentistry: viewer crash, vendor case open',
        'Viewer crashes in surgery 1.',
        'Vendor case 88213, licence key on file.',
      ),
      key: 'related',
    },
    {
      ...draft(
        'meridian-logistics',
        20 * day,
        'Duplicate: depot printer offline',
        'The depot printer is offline.',
        'Merged by mistake into the wrong Meridian.',
      ),
      mergedInto: 'merged',
    },
    {
      ...draft(
        'meridian-dental',
        20 * day - hour,
        'Surgery printer offline',
        'The surgery printer is offline.',
        'Merged ticket was about the depot.',
      ),
      key: 'merged',
    },
    without({}, 8 * day, 'Imported: server room key'),
    without({ client_id: 0 }, 9 * day, 'Imported: alarm code change'),
    unknown(
      2 * day,
      'Out of office: Denholm Construction',
      'I am away until Monday. For urgent matters call the Denholm yard office.',
    ),
    unknown(3 * day, 'Invoice 4471 from your supplier', 'Please find our invoice attached.'),
    unknown(6 * day, 'Help', 'my computer does not start, this is Jo from the clinic'),
    unknown(11 * day, 'Fwd: Quote for Acme', 'Forwarding this for the Acme people, which one of them I do not know.'),
  ];
}

/** One of Meridian Logistics' servers that its sister company answers for, with a child of the sister's beneath it. */
export function withTrapAssets(assets: readonly HaloAsset[]): HaloAsset[] {
  const serverOf = (company: string) =>
    assets.find((one) => one.client_id === companyNamed(company).halo && one.assettype_name === 'Server');
  const shared = serverOf('meridian-logistics');
  const nested = serverOf('meridian-dental');
  return assets.map((asset) => {
    if (asset.id === shared?.id)
      return {
        ...asset,
        business_owner_client: 'Meridian Dental Group',
        notes: 'Shared virtual host of both Meridians.',
      };
    return asset.id === nested?.id ? { ...asset, parent_id: shared?.id } : asset;
  });
}
