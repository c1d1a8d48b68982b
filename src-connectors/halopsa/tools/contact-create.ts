// contact_create: one more of the customer's people, at a site that is proven the customer's: at the vendor the site decides
// whose contact it is.
import { z } from 'zod';
import { changeTool } from '../../change-tool.ts';
import { memberOf } from '../../row.ts';
import {
  contactArguments,
  contactFrom,
  contactMembers,
  contactOwner,
  requireKnownDomain,
  writtenContact,
} from '../contact.ts';
import { changeLimits } from '../limits.ts';
import { SiteId, siteOf, siteOwner } from '../site.ts';

export const contactCreate = changeTool({
  connector: 'halopsa',
  name: 'contact_create',
  title: 'Create a contact',
  description:
    'Creates one contact of the bound customer in HaloPSA at one of its sites, without any access to the portal. ' +
    'An e-mail address must be at a domain that a contact of this customer has already. Plain text only. ' +
    "Answers with the new contact; refused when the site is not provably this customer's. Not repeatable safely: use contact_search " +
    'before calling again after an error.',
  risk: 'write',
  input: { ...contactArguments, siteId: SiteId },
  record: z.strictObject(contactMembers),
  owner: contactOwner,
  create: { ownerMember: 'client_id', read: (id) => ({ path: `/Users/${id}` }), key: 'users' },
  references: [{ target: siteOf, owner: siteOwner, isNamed: () => true }],
  prepare: async ({ input: { email } }, context, call) => {
    if (email !== undefined) await requireKnownDomain(email, context, call);
  },
  path: () => '/Users',
  key: 'users',
  element: z.strictObject({
    ...writtenContact,
    emailaddress: writtenContact.emailaddress.optional(),
    phonenumber: writtenContact.phonenumber.optional(),
    mobilenumber: writtenContact.mobilenumber.optional(),
  }),
  build: ({ input: { firstName, lastName, email, phone, mobile, siteId } }) => ({
    name: `${firstName} ${lastName}`,
    firstname: firstName,
    surname: lastName,
    site_id_int: siteId,
    ...(email === undefined ? {} : { emailaddress: email }),
    ...(phone === undefined ? {} : { phonenumber: phone }),
    ...(mobile === undefined ? {} : { mobilenumber: mobile }),
  }),
  confirm: (_saved, { input: { email, siteId } }, after) => {
    if (after === undefined) return undefined;
    const contact = contactFrom(after);
    const isAsSent = contact.siteId === siteId && (email === undefined || memberOf(after, 'emailaddress') === email);
    return isAsSent ? contact : undefined;
  },
  limits: changeLimits,
});
