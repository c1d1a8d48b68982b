// Northway's customers as Pax8 knows them, with their contacts. Three are there and not mapped: one that its `externalId`
// gives away, one that only its name and website do, and one that is there twice under one name. One more left long ago.
import type { Random } from '../random.ts';
import type { Pax8Company, Pax8Contact } from '../pax8/records.ts';
import { day, demoNow } from './calendar.ts';
import type { Company } from './companies.ts';
import { companies, companyNamed } from './companies.ts';
import type { MakeId } from './pax8-ids.ts';
import type { People } from './people.ts';

/** Customers without a Pax8 id in `customers`. */
export const unmappedAtPax8: readonly string[] = ['wexcombe-council', 'yarrow-media', 'tarn-outdoor'];
const twice = 'tarn-outdoor';
const withoutExternalId: readonly string[] = ['yarrow-media', twice, 'harbour-trust', 'thornton-college'];
/** Pax8 sends this one its own invoices. */
export const billedByPax8 = 'harbour-trust';

export type Pax8Customer = {
  readonly company: Company;
  readonly record: Pax8Company;
  /** Its Microsoft tenant. */
  readonly tenant: string;
};
export type Pax8Customers = {
  readonly customers: readonly Pax8Customer[];
  readonly customer: (id: string) => Pax8Customer;
  readonly records: { readonly companies: readonly Pax8Company[]; readonly contacts: readonly Pax8Contact[] };
};

export function makeCustomers(random: Random, id: MakeId, people: People): Pax8Customers {
  const customers = companies.map((company) => ({
    company,
    record: makeCompany(random, company, { id: id('company'), status: 'Active' }),
    tenant: id('tenant'),
  }));
  const others = [
    makeCompany(random, companyNamed(twice), { id: id('company'), status: 'Inactive' }),
    {
      ...makeCompany(random, companyNamed('ashdown-opticians'), { id: id('company'), status: 'Deleted' }),
      name: 'Harrow Lane Furniture',
      externalId: '63',
      website: 'harrowlane.example',
    },
  ];
  return {
    customers,
    customer: (name) => {
      const found = customers.find(({ company }) => company.id === name);
      if (found === undefined) throw new Error(`${name} is not at Pax8`);
      return found;
    },
    records: {
      companies: [...customers.map(({ record }) => record), ...others],
      contacts: customers.flatMap((one) => makeContacts(random, id, one, people)),
    },
  };
}

function makeCompany(random: Random, company: Company, given: Pick<Pax8Company, 'id' | 'status'>): Pax8Company {
  const town = random.pick(['Aldbury', 'Brackenford', 'Dunmere', 'Farleigh', 'Kirkwell', 'Lowmoor']);
  return {
    id: given.id,
    name: company.name,
    address: {
      street: `${random.whole(1, 90)} ${random.pick(['High Street', 'Station Road', 'Mill Lane', 'The Parade'])}`,
      city: town,
      stateOrProvince: random.pick(['Westshire', 'Northmoor']),
      postalCode: `ZZ${random.whole(1, 9)} ${random.whole(1, 9)}AA`,
      country: 'GB',
    },
    phone: `01632 960${random.whole(100, 999)}`,
    website: company.domain,
    ...(withoutExternalId.includes(company.id) ? {} : { externalId: String(company.halo) }),
    billOnBehalfOfEnabled: company.id === billedByPax8,
    selfServiceAllowed: random.chance(0.1),
    orderApprovalRequired: random.chance(0.2),
    status: given.status,
    updatedDate: new Date(demoNow - random.whole(20, 500) * day).toISOString().replace('.000', ''),
  };
}

function makeContacts(random: Random, id: MakeId, { company, record }: Pax8Customer, people: People): Pax8Contact[] {
  const staff = people.users.filter((user) => user.client_id === company.halo && user.name !== 'General User');
  const kinds = ['Admin', 'Billing', 'Technical'] as const;
  // A small company's first contact is everything at once.
  const roles = staff.length < 15 ? [kinds] : kinds.map((kind) => [kind]);
  return roles.map((types, at) => {
    const [firstName = '', ...rest] = (staff[at]?.name ?? '').split(' ');
    return {
      id: id('contact'),
      companyId: record.id,
      firstName,
      lastName: rest.join(' '),
      email: String(staff[at]?.emailaddress),
      phone: String(staff[at]?.phonenumber),
      createdDate: new Date(demoNow - random.whole(300, 900) * day).toISOString().slice(0, 10),
      types: types.map((type) => ({ type, primary: true })),
    };
  });
}
