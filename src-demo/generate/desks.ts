// The people of the demo MSP who are no agents in its HaloPSA, and who looks after which customers: data for its policy.

export const others = [
  { id: 'tomas.lind', name: 'Tomas Lind', email: 'tomas.lind@northway.example', roles: ['senior-technician'] },
  { id: 'nadia.farouk', name: 'Nadia Farouk', email: 'nadia.farouk@northway.example', roles: ['dispatcher'] },
  { id: 'june.okafor', name: 'June Okafor', email: 'june.okafor@northway.example', roles: ['auditor'] },
  { id: 'nightly.reports', name: 'Nightly reports', email: 'reports@northway.example', roles: ['service-account'] },
];

const regulated = [
  'willowbrook-care',
  'st-agnes-hospice',
  'pemberton-wealth',
  'redwood-insurance',
  'silverdale-pharmacy',
];
const schools = ['fernhill-school', 'willowbrook-primary', 'thornton-college'];

export const whoLooksAfterWhom = {
  timeZone: 'Europe/London',
  groups: [
    { id: 'regulated', name: 'Regulated', customers: regulated },
    { id: 'schools', name: 'Schools', customers: schools },
  ],
  assignments: [
    { technicians: ['amy.kowalski'], roles: ['senior-technician', 'dispatcher', 'manager'], everyCustomer: true },
    { technicians: ['sam.oyelaran'], customers: ['meridian-dental', 'acme-ltd', 'acme-group'], groups: ['schools'] },
    { technicians: ['ravi.menon'], customers: ['denholm-construction', 'denholm-interiors'], groups: ['regulated'] },
    { technicians: ['nightly.reports'], groups: ['schools'] },
  ],
};
