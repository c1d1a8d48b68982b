// What Hudu documents of each customer: servers, network, Wi-Fi, people, applications, backups, tenants. Some fields are
// secrets, by the layout's field type or only by what they are called (hudu.md §3.2). All secrets are made up and say so.
import type { HaloAsset, HaloUser } from '../halopsa/records.ts';
import type { HuduRow } from '../hudu/records.ts';
import { textOf } from '../vendor/json.ts';
import type { Company } from './companies.ts';
import { times } from './hudu-companies.ts';
import type { Random } from '../random.ts';

type Value = string | readonly { readonly id: number; readonly url: string; readonly name: string }[];
type Draft = {
  readonly layout: string;
  readonly name: string;
  readonly values: Readonly<Record<string, Value>>;
  readonly more?: object;
};

/** Layouts as `name: label (type), …`. */
const layoutTexts = [
  'Servers: Operating System (Text), IP address (Text), BIOS password (Password), Linked devices (AssetTag), Role (Text)',
  'Network devices: Management address (Website), Firmware (Text), Enable secret (ConfidentialText), Linked devices (AssetTag)',
  'Wi-Fi: SSID (Text), WiFi PSK (Password), Guest SSID (Text), Guest key (Text)',
  'People: Email (Email), Phone (Phone), Job title (Text), Door PIN (Text)',
  'Applications: Vendor (Text), Version (Text), Licence key (Text), Support phone (Phone)',
  'Backups: Product (Text), Destination (Text), Encryption key (ConfidentialText), Last restore test (Date)',
  'Microsoft 365: Tenant domain (Text), Break-glass account (Email), Admin centre (Website)',
];

export const huduLayouts = layoutTexts.map((text, at) => {
  const [name = '', fields = ''] = text.split(': ');
  return {
    id: at + 1,
    name,
    fields: fields.split(', ').map((field, place) => readField(field, (at + 1) * 10 + place)),
  };
});

export type Secrets = { readonly next: (kind: string) => string };

/** Every fake secret of the demo is another one, and has "demo" in it. */
export function createSecrets(random: Random): Secrets {
  let made = 0;
  const words = ['otter', 'basalt', 'copper', 'willow', 'ember', 'quartz', 'heron', 'saddle', 'pepper', 'lantern'];
  return {
    next(kind) {
      made += 1;
      return `demo-${kind}-${random.pick(words)}-${String(made).padStart(4, '0')}`;
    },
  };
}

type Source = {
  readonly random: Random;
  readonly secrets: Secrets;
  readonly company: Company;
  readonly id: number;
  readonly servers: readonly HaloAsset[];
  readonly staff: readonly HaloUser[];
};

/** Six to twelve assets of one customer, from `firstId` up. */
export function makeHuduAssets(source: Source, firstId: number): HuduRow[] {
  const { random, company, id } = source;
  const tag = company.code.replace('-', '');
  const server = source.servers[0];
  const serverName = `${tag}-SRV-01`;
  const link = { id: firstId, url: `/a/${slug(firstId)}`, name: serverName };
  const people = source.staff.slice(0, random.whole(0, 4)).map((user) => person(source, user));
  const drafts: readonly Draft[] = [
    serverDraft(source, serverName, server),
    device(source, `${tag}-FW-01`, 'Firewall', link),
    device(source, `${tag}-SW-01`, 'Core switch', link),
    wireless(source),
    backup(source),
    tenant(source),
    ...(random.chance(0.6) ? [application(source)] : []),
    ...people,
  ];
  return drafts.map((draft, at) => ({
    id: firstId + at,
    company_id: id,
    asset_layout_id: layoutNamed(draft.layout).id,
    name: draft.name,
    slug: slug(firstId + at),
    ...times(random),
    ...draft.more,
    fields: fieldsOf(draft),
  }));
}

function serverDraft({ random, secrets, company }: Source, name: string, halo: HaloAsset | undefined): Draft {
  const card = {
    id: 60_000 + company.halo,
    integrator_id: 2,
    integrator_name: 'ninja',
    link: `https://rmm.example/device/${company.halo}`,
    primary_field: null,
    // What the monitoring tool knows, keys included (hudu.md §3.2).
    data: {
      id: company.halo,
      systemName: name,
      bitlockerRecoveryKey: secrets.next('bitlocker'),
      lastUser: company.aliases[0],
    },
    sync_type: 'device',
    sync_id: company.halo,
    sync_identifier: null,
  };
  return {
    layout: 'Servers',
    name,
    values: {
      'Operating System': random.pick(['Windows Server 2022', 'Windows Server 2019', 'Debian 12']),
      'IP address': `10.${company.halo % 250}.0.10`,
      'BIOS password': secrets.next('bios'),
      Role: random.pick(['Domain controller and files', 'Line of business database', 'Files and print']),
    },
    more: {
      primary_serial: halo?.key_field2 ?? null,
      primary_model: halo?.key_field3 ?? null,
      primary_manufacturer: (halo?.key_field3 ?? '').startsWith('PowerEdge') ? 'Dell' : 'HPE',
      cards: [card],
    },
  };
}

function device({ secrets, company }: Source, name: string, what: string, link: object): Draft {
  return {
    layout: 'Network devices',
    name,
    values: {
      'Management address': `https://10.${company.halo % 250}.0.${what === 'Firewall' ? 1 : 2}`,
      Firmware: what === 'Firewall' ? '7.4.3' : '16.11.0012',
      'Enable secret': secrets.next('enable'),
      'Linked devices': [link] as Value,
    },
    more: { primary_model: what },
  };
}

function wireless({ random, secrets, company }: Source): Draft {
  const ssid = company.id.split('-')[0] ?? '';
  return {
    layout: 'Wi-Fi',
    name: `${random.pick(['Office', 'Staff', 'Main'])} Wi-Fi`,
    values: {
      SSID: `${ssid}-staff`,
      'WiFi PSK': secrets.next('psk'),
      'Guest SSID': `${ssid}-guest`,
      'Guest key': secrets.next('guest'),
    },
  };
}

function backup({ random, secrets }: Source): Draft {
  return {
    layout: 'Backups',
    name: 'Nightly backup',
    values: {
      Product: random.pick(['Veeam', 'Datto', 'Acronis']),
      Destination: random.pick(['NAS in the comms cupboard, copied off site', 'Cloud vault, 90 days']),
      'Encryption key': secrets.next('backup'),
      'Last restore test': `2026-${String(random.whole(1, 10)).padStart(2, '0')}-14`,
    },
  };
}

function tenant({ company }: Source): Draft {
  return {
    layout: 'Microsoft 365',
    name: 'Microsoft 365 tenant',
    values: {
      'Tenant domain': company.domain,
      'Break-glass account': `emergency@${company.domain}`,
      'Admin centre': 'https://admin.example',
    },
  };
}

function application({ random, secrets }: Source): Draft {
  return {
    layout: 'Applications',
    name: random.pick(['Accounts package', 'Rota planner', 'Document store', 'Card terminals']),
    values: {
      Vendor: 'Ledgerline',
      Version: `${random.whole(4, 12)}.2`,
      'Licence key': secrets.next('licence'),
      'Support phone': '01632 960500',
    },
  };
}

function person({ random, secrets }: Source, user: HaloUser): Draft {
  const phone = user.phonenumber ?? '';
  return {
    layout: 'People',
    name: user.name,
    values: {
      Email: user.emailaddress ?? '',
      Phone: phone,
      'Job title': textOf(user['jobtitle']),
      ...(random.chance(0.5) ? { 'Door PIN': secrets.next('pin') } : {}),
    },
    more: { primary_mail: user.emailaddress ?? null },
  };
}

/** The vendor serves asset links as JSON in a string. */
function fieldsOf({ layout, values }: Draft): HuduRow['fields'] {
  return layoutNamed(layout)
    .fields.filter((field) => values[field.label] !== undefined)
    .map(({ id, label, position }) => {
      const value = values[label];
      return { id, label, value: typeof value === 'string' ? value : JSON.stringify(value), position };
    });
}

function layoutNamed(name: string) {
  const found = huduLayouts.find((layout) => layout.name === name);
  if (found === undefined) throw new Error(`no layout is called ${name}`);
  return found;
}

function readField(text: string, id: number) {
  const [, label = '', type = ''] = /^(.*) \((.*)\)$/.exec(text) ?? [];
  return { id, label, field_type: type, position: id % 10 };
}

function slug(id: number): string {
  return ((id * 2_654_435_761) % 281_474_976_710_656).toString(16).padStart(12, '0').slice(-12);
}
