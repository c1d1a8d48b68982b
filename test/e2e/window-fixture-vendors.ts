/** The made-up vendors of the window fixture: connectors, configured instances, and the customers each vendor knows. */
import type { CustomerView, InstanceView, MappingView } from '../../src-shared/contract/ui.ts';
import type { ConnectorDescription, VendorCustomer } from '../../src-shared/contract/worker.ts';
import { InstanceId } from '../../src-shared/model/ids.ts';

const onPremises = {
  name: 'isOnPremises',
  title: 'It runs in our own network',
  help: 'Allows a private address. Leave it off for a vendor on the internet.',
  kind: 'switch',
} as const;
const authority = {
  name: 'caCertificate',
  title: 'Certificate authority',
  help: 'PEM text of the authority that signs its certificate. Leave it empty for a public one.',
  kind: 'lines',
} as const;

export const fixtureConnectors: ConnectorDescription[] = [
  {
    name: 'halopsa',
    title: 'HaloPSA',
    credentialFields: ['clientId', 'clientSecret'],
    settings: [
      {
        name: 'tenant',
        title: 'Tenant name',
        help: 'The name HaloPSA gave your tenant. Leave it empty when your address is on your own domain.',
        kind: 'text',
      },
      onPremises,
    ],
    baseUrlExample: 'https://yourname.halopsa.com',
    ownerTitle: 'HaloPSA client id',
    ownerPattern: '[1-9][0-9]{0,9}',
  },
  {
    name: 'hudu',
    title: 'Hudu',
    credentialFields: ['apiKey'],
    settings: [onPremises, authority],
    baseUrlExample: 'https://yourname.huducloud.com',
    ownerTitle: 'Hudu company id',
    ownerPattern: '[1-9][0-9]{0,9}',
  },
  {
    name: 'pax8',
    title: 'Pax8',
    credentialFields: ['clientId', 'clientSecret'],
    settings: [onPremises],
    baseUrlExample: 'https://api.pax8.com',
    ownerTitle: 'Pax8 company id',
    ownerPattern: '[0-9a-f-]{36}',
  },
];

const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

export function fixtureInstances(): Omit<InstanceView, 'mapped'>[] {
  return [
    {
      ...instance('halopsa', 'HaloPSA', 'http://127.0.0.1:4801'),
      health: { state: 'healthy', detail: '', at: ago(3) },
      lastUsed: ago(3),
    },
    {
      ...instance('hudu', 'Hudu', 'http://127.0.0.1:4802'),
      health: { state: 'failing', detail: 'Hudu refuses the API key.', at: ago(12) },
      lastUsed: ago(12),
    },
    {
      ...instance('pax8', 'Pax8', 'http://127.0.0.1:4803'),
      hasCredential: false,
      credentialChangedAt: null,
    },
  ];
}

function instance(connector: string, name: string, baseUrl: string): Omit<InstanceView, 'mapped'> {
  return {
    id: InstanceId.parse(`${connector}-main`),
    connector,
    name,
    baseUrl,
    settings: {},
    health: { state: 'unknown', detail: '', at: null },
    lastUsed: null,
    hasCredential: true,
    credentialChangedAt: ago(3 * 24 * 60),
  };
}

/** What is mapped at first: nearly all in HaloPSA, most in Hudu, nobody in Pax8. */
export function fixtureMapping(id: InstanceId, customers: readonly CustomerView[]): Map<string, string> {
  const share = id === 'halopsa-main' ? 97 : id === 'hudu-main' ? 62 : 0;
  const mapped = customers.map((customer, place) => [customer.id, vendorId(place)] as const);
  return new Map(mapped.filter((_, place) => (place * 37) % 100 < share));
}

/**
 * The vendor knows every customer, and besides a double of every thirteenth, a few of nobody's, and one whose name would
 * turn, hide and break out of its place on screen if it could.
 */
export function fixtureSurvey(customers: readonly CustomerView[], mapping: ReadonlyMap<string, string>): MappingView {
  const own = customers.map((customer, place) => vendorCustomer(vendorId(place), customer.name, customer.domain));
  const doubles = customers.flatMap((customer, place) =>
    isDoubled(place) ? [vendorCustomer(`9${vendorId(place)}`, `${customer.name} (old)`, customer.domain, true)] : [],
  );
  return {
    vendorCustomers: [...own, ...doubles, hostile, vendorCustomer('77001', 'Zephyr Yachts', 'zephyr.example')],
    isWhole: true,
    rows: customers.map((customer, place) => {
      const owner = mapping.get(customer.id) ?? null;
      const isFree = owner === null;
      const isUnknown = place % 17 === 5;
      return {
        customer: customer.id,
        owner,
        suggestion:
          isFree && !isUnknown && !isDoubled(place)
            ? { owner: vendorId(place), because: place % 2 === 0 ? ['name', 'domain'] : ['domain'] }
            : null,
        candidates: isFree && isDoubled(place) ? [vendorId(place), `9${vendorId(place)}`] : [],
      };
    }),
  };
}

export const hostile: VendorCustomer = {
  id: '77000',
  name: 'Acme \u202emoc.live\u202c <img src=x onerror=alert(1)>\u200b\n{{name}} $t(nav.main)',
  domains: ['xn--acme.example'],
  otherIds: [],
  isInactive: false,
};

const vendorId = (place: number): string => String(5000 + place);
const isDoubled = (place: number): boolean => place % 13 === 6;

function vendorCustomer(id: string, name: string, domain: string, isInactive = false): VendorCustomer {
  return { id, name, domains: [domain], otherIds: [], isInactive };
}
