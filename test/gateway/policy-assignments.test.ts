import { describe, expect, it } from 'vitest';
import { assignmentsOf } from '../../src-gateway/policy/assignments.ts';
import { CustomerId } from '../../src-shared/model/ids.ts';
import { bundleOf } from './enrolment.ts';

const amy = { id: 'amy', roles: ['technician', 'lead'] };
const sam = { id: 'sam', roles: ['technician'] };
const groups = [
  { id: 'regulated', name: 'Regulated', customers: ['acme'] },
  { id: 'small', name: 'Small', customers: ['zenith'] },
];

/** To which customers one is assigned, asked in this order of one and the same policy. */
function assigned(assignments: object[], ...persons: (typeof amy)[]) {
  const isAssigned = assignmentsOf(bundleOf({ policy: { policies: {}, groups, assignments } }));
  return persons.map((person) => ['acme', 'zenith', 'gone'].filter((id) => isAssigned(person, CustomerId.parse(id))));
}

describe('assignmentsOf', () => {
  it('assigns nobody by default', () => {
    expect(assigned([], amy)).toEqual([[]]);
    expect(assigned([{ customers: ['acme'], groups: ['small'], everyCustomer: true }], amy)).toEqual([[]]);
  });

  it('takes any of a person’s roles, and any of those an assignment names', () => {
    expect(assigned([{ roles: ['manager', 'lead'], customers: ['acme'] }], amy, sam)).toEqual([['acme'], []]);
  });

  it('gives the customers of the groups it names, and of no other group', () => {
    expect(assigned([{ technicians: ['amy'], groups: ['small'] }], amy, sam)).toEqual([['zenith'], []]);
    expect(assigned([{ technicians: ['amy'], groups: ['regulated', 'small'] }], amy)).toEqual([['acme', 'zenith']]);
  });

  it('adds up all that speak of a person', () => {
    const both = [
      { technicians: ['amy'], customers: ['acme'] },
      { roles: ['technician'], groups: ['small'] },
    ];
    expect(assigned(both, amy, sam)).toEqual([['acme', 'zenith'], ['zenith']]);
  });

  it('gives every customer the company has to whom it gives every one, and no other', () => {
    const every = [{ technicians: ['amy', 'kim'], everyCustomer: true }];
    expect(assigned(every, amy, sam)).toEqual([['acme', 'zenith'], []]);
  });

  it('never answers for one person what holds for another, whom it was asked about before', () => {
    const both = [
      { technicians: ['amy'], customers: ['acme'] },
      { roles: ['manager'], customers: ['zenith'] },
    ];
    const promoted = { id: 'amy', roles: ['manager'] };
    const stranger = { id: 'kim', roles: ['technician'] };
    expect(assigned(both, amy, stranger, promoted, amy)).toEqual([['acme'], [], ['acme', 'zenith'], ['acme']]);
  });
});
