// The companies' assets: what each desk, rack and surgery has. Serials and host names are made up.
import type { HaloAsset, HaloUser } from '../halopsa/records.ts';
import { day, demoNow, demoStart, stamp } from './calendar.ts';
import type { Company, Industry } from './companies.ts';
import { companies } from './companies.ts';
import type { People } from './people.ts';
import type { Random } from '../random.ts';

type Kind = { readonly id: number; readonly name: string; readonly tag: string; readonly models: readonly string[] };

const kinds = {
  laptop: {
    id: 5,
    name: 'Laptop',
    tag: 'LT',
    models: ['Latitude 5450', 'ThinkPad T14', 'EliteBook 840', 'Surface Laptop 6'],
  },
  desktop: { id: 6, name: 'Desktop', tag: 'PC', models: ['OptiPlex 7010', 'ThinkCentre M70q', 'ProDesk 400'] },
  server: { id: 7, name: 'Server', tag: 'SV', models: ['PowerEdge T350', 'ProLiant ML110', 'PowerEdge R450'] },
  switch: { id: 8, name: 'Switch', tag: 'SW', models: ['Aruba 2530-24G', 'Catalyst 1200', 'USW-Pro-48'] },
  firewall: { id: 9, name: 'Firewall', tag: 'FW', models: ['FortiGate 60F', 'XGS 107', 'Firebox T45'] },
  printer: { id: 10, name: 'Printer', tag: 'PR', models: ['LaserJet M428', 'ecosys P3155', 'imageRUNNER C3326'] },
  access: { id: 11, name: 'Access Point', tag: 'AP', models: ['U6 Pro', 'Aruba AP22'] },
  special: { id: 12, name: 'Line of business device', tag: 'LB', models: ['Industry device'] },
} as const satisfies Record<string, Kind>;

const special: Readonly<Record<Industry, string>> = {
  dental: 'X-ray acquisition PC',
  law: 'Dictation dock',
  construction: 'Plotter DesignJet T650',
  school: 'Interactive whiteboard 65"',
  hospitality: 'Till terminal',
  clinic: 'Ultrasound workstation',
  logistics: 'Handheld scanner TC52',
  charity: 'Donation card reader',
  retail: 'EPOS terminal',
  finance: 'Cheque scanner',
  manufacturing: 'CNC controller PC',
  property: 'Key cabinet controller',
  media: 'Colour proofing RIP',
};

export function makeAssets(random: Random, people: People): HaloAsset[] {
  const assets: HaloAsset[] = [];
  for (const company of companies) {
    const staff = people.users.filter((user) => user.client_id === company.halo && user.name !== 'General User');
    const sites = people.sites.filter((site) => site.client_id === company.halo);
    const add = (kind: Kind, site: number | undefined, user?: HaloUser) => {
      assets.push(makeAsset(random, company, kind, { id: 300 + assets.length, site, user }));
    };
    for (const user of staff)
      if (random.chance(0.72)) add(random.chance(0.6) ? kinds.laptop : kinds.desktop, user.site_id, user);
    for (const site of sites) {
      for (const kind of [kinds.firewall, kinds.switch, kinds.access, kinds.printer, kinds.special]) add(kind, site.id);
      if (random.chance(0.5)) add(kinds.printer, site.id);
    }
    add(kinds.server, sites[0]?.id);
    if (company.people > 25) add(kinds.server, sites[0]?.id);
  }
  return assets;
}

type Place = { readonly id: number; readonly site: number | undefined; readonly user: HaloUser | undefined };

function makeAsset(random: Random, company: Company, kind: Kind, place: Place): HaloAsset {
  const tag = `${company.code.split('-')[0]}${company.code.split('-')[1]}-${kind.tag}-${String(place.id - 299).padStart(4, '0')}`;
  const model = kind.id === kinds.special.id ? special[company.industry] : random.pick(kind.models);
  return {
    id: place.id,
    inventory_number: tag,
    key_field: tag.replace(/-/g, ''),
    key_field2: serial(random),
    key_field3: model,
    client_id: company.halo,
    site_id: place.site,
    assettype_id: kind.id,
    assettype_name: kind.name,
    ...(place.user === undefined ? {} : { username: place.user.name }),
    warranty_end:
      stamp(demoStart + random.whole(0, Math.floor((demoNow - demoStart) / day) + 700) * day).slice(0, 11) + '00:00:00',
    supplier_name: random.pick(['Broadfield Distribution', 'Ostler Supplies', 'Pennant Technology']),
    ...(kind.id === kinds.server.id
      ? { teamviewerpassword: 'demo-only-remote', ninja_remote_url: `https://rmm.example/remote/${place.id}` }
      : {}),
    ...(random.chance(0.03) ? { inactive: true } : {}),
  };
}

function serial(random: Random): string {
  return Array.from({ length: 7 }, () => random.pick('BCDFGHJKLMNPQRSTVWXYZ0123456789'.split(''))).join('');
}
