// Knowledge articles: general ones, ones restricted to a customer, and ones two customers share (a seed trap). Some came
// out of one customer's ticket and still point at it.
import type { HaloArticle } from '../halopsa/records.ts';
import { day, demoNow, stamp } from './calendar.ts';
import { companyNamed } from './companies.ts';

type Text = readonly [string, string, string, readonly string[]];

const articles: readonly Text[] = [
  ['VPN reset for users', 'Remove the profile, restart, import the profile again and sign in with MFA.', 'vpn', []],
  ['New starter checklist', 'Account, mailbox, groups, laptop image, MFA, welcome sheet.', 'onboarding', []],
  [
    'What to do after a phishing click',
    'Reset password, revoke sessions, check rules and forwarding, purge the mail.',
    'security',
    [],
  ],
  [
    'Imaging server restart order',
    'Stop the viewer service, restart the database, then the image store.',
    'x-ray',
    ['meridian-dental', 'alder-dentistry'],
  ],
  [
    'Castle Street surgery: cupboard and rack layout',
    'Rack is behind reception, key with the practice manager.',
    'site',
    ['meridian-dental'],
  ],
  ['Depot scanner roaming settings', 'Minimum rate 12, roaming threshold -70.', 'wi-fi', ['meridian-logistics']],
  ['Site cabin router set-up', 'APN, antenna, failover order for Denholm cabins.', '5g', ['denholm-construction']],
  [
    'Term start checklist',
    'Pupil accounts, web filter groups, whiteboard test.',
    'school',
    ['fernhill-school', 'willowbrook-primary'],
  ],
  ['Court bundle lock release', 'Ask the partner first, then release in the console.', 'documents', ['alder-legal']],
  [
    'Acme shared tenant notes',
    'Acme Ltd and Acme Group use separate tenants since the split.',
    'microsoft 365',
    ['acme-ltd', 'acme-group'],
  ],
];

/** `sourceTicket` is the customer's ticket that the X-ray article came out of. */
export function makeArticles(sourceTicket: number): HaloArticle[] {
  return articles.map(([name, description, tags, access], at) => {
    const clients = access.map((id) => companyNamed(id));
    return {
      id: 71 + at,
      name,
      description,
      tag_string: tags,
      view_count: 3 * at + 4,
      date_created: stamp(demoNow - (400 - at * 20) * day),
      date_edited: stamp(demoNow - (90 - at * 5) * day),
      showforall: clients.length === 0,
      kbentryclientaccess: clients.map((one, place) => ({
        id: at * 10 + place + 1,
        client_id: one.halo,
        client_name: one.name,
      })),
      ...(tags === 'x-ray'
        ? { ticket_id: sourceTicket, internalmemoagent: 'Written after the Alder Dentistry outage.' }
        : {}),
    };
  });
}
