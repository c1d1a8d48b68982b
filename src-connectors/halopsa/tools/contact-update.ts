// contact_update: name, address, numbers and site of one of the customer's people. Nothing that merges, moves to another
// customer, or touches passwords and the portal.
import { z } from 'zod';
import { Fault } from '../../../src-shared/fault.ts';
import { changeTool } from '../../change-tool.ts';
import { memberOf } from '../../row.ts';
import {
  contactArguments,
  contactFrom,
  ContactId,
  contactMembers,
  contactOf,
  contactOwner,
  requireKnownDomain,
  writtenContact,
} from '../contact.ts';
import { RecordId } from '../ids.ts';
import { changeLimits } from '../limits.ts';
import { SiteId, siteOf, siteOwner } from '../site.ts';

export const contactUpdate = changeTool({
  connector: 'halopsa',
  name: 'contact_update',
  title: 'Change a contact',
  description:
    'Changes one contact of the bound customer in HaloPSA: name (first and last together), phone numbers, site, or e-mail address, to ' +
    'which replies to tickets then go; it must be at a domain that a contact of this customer has already. What is left out stays. ' +
    "Plain text only. Answers with the contact afterwards; refused when contact or site is not provably this customer's. Safe to repeat.",
  risk: 'write',
  input: {
    contactId: ContactId,
    ...contactArguments,
    firstName: contactArguments.firstName.optional(),
    lastName: contactArguments.lastName.optional(),
    siteId: SiteId.optional(),
  },
  record: z.strictObject(contactMembers),
  owner: contactOwner,
  target: contactOf,
  references: [{ target: siteOf, owner: siteOwner, isNamed: ({ siteId }) => siteId !== undefined }],
  prepare: async ({ input: { firstName, lastName, email, phone, mobile, siteId } }, context, call) => {
    if ([firstName, lastName, email, phone, mobile, siteId].every((one) => one === undefined))
      throw new Fault('INVALID_ARGUMENTS', 'Nothing to change was given.');
    if ((firstName === undefined) !== (lastName === undefined))
      throw new Fault('INVALID_ARGUMENTS', 'Give first and last name together.');
    if (email !== undefined) await requireKnownDomain(email, context, call);
  },
  path: () => '/Users',
  key: 'users',
  element: z.strictObject(writtenContact).partial().extend({ id: RecordId }),
  build: ({ input: { contactId, firstName, lastName, email, phone, mobile, siteId } }) => ({
    id: contactId,
    ...(firstName === undefined || lastName === undefined
      ? {}
      : { name: `${firstName} ${lastName}`, firstname: firstName, surname: lastName }),
    ...(email === undefined ? {} : { emailaddress: email }),
    ...(phone === undefined ? {} : { phonenumber: phone }),
    ...(mobile === undefined ? {} : { mobilenumber: mobile }),
    ...(siteId === undefined ? {} : { site_id_int: siteId }),
  }),
  isIdempotent: true,
  confirm: (_saved, { input: { firstName, lastName, email, phone, mobile, siteId } }, after = {}) => {
    const isKept = (member: string, wanted: string | undefined): boolean =>
      wanted === undefined || memberOf(after, member) === wanted;
    const contact = contactFrom(after);
    const isAsSent =
      isKept('firstname', firstName) &&
      isKept('surname', lastName) &&
      isKept('emailaddress', email) &&
      isKept('phonenumber', phone) &&
      isKept('mobilenumber', mobile) &&
      (siteId === undefined || contact.siteId === siteId);
    return isAsSent ? contact : undefined;
  },
  limits: changeLimits,
});
