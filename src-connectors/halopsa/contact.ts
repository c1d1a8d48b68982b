// A contact: one of the customer's people (the vendor's `Users`). Left out on purpose: portal access, passwords, linked
// accounts and sites, and custom fields.
import { z } from 'zod';
import { Fault } from '../../src-shared/fault.ts';
import { scoped, type ToolContext } from '../define.ts';
import type { OwnerSelector } from '../naming.ts';
import { narrow } from '../narrow.ts';
import { isSet, type Row, textOf, wholeOf } from '../row.ts';
import type { ToolCall } from '../vendor.ts';
import { RecordId } from './ids.ts';
import { ShortText } from './text.ts';

export const contactOwner: OwnerSelector = {
  owner: 'client_id',
  also: ['client.id', 'site.client_id'],
  within: ['client_id', 'client.id', 'site.client_id'],
};

const short = z.string().max(300);

export const contactMembers = {
  id: RecordId,
  name: short,
  email: short.optional(),
  phone: short.optional(),
  mobile: short.optional(),
  site: short.optional(),
  siteId: z.int().optional(),
  isImportant: z.boolean(),
  isInactive: z.boolean(),
};

export function contactFrom(row: Row) {
  return {
    id: wholeOf(row, 'id') ?? 0,
    name: textOf(row, 'name', 300) ?? '',
    email: textOf(row, 'emailaddress', 300),
    phone: textOf(row, 'phonenumber', 300),
    mobile: textOf(row, 'mobilenumber', 300),
    site: textOf(row, 'site_name', 300),
    siteId: wholeOf(row, 'site_id_int') ?? wholeOf(row, 'site_id'),
    isImportant: isSet(row, 'isimportantcontact'),
    isInactive: isSet(row, 'inactive'),
  };
}

/** The contact that an argument `contactId` names. */
export const contactOf = {
  key: 'users',
  probe: { path: '/Users', ownerParameter: 'client_id' },
  called: { kind: 'contact', by: ['name', 'emailaddress'] },
  id: ({ contactId }: { readonly contactId?: number | undefined }) => contactId ?? 0,
  request: ({ contactId }: { readonly contactId?: number | undefined }) => ({ path: `/Users/${contactId}` }),
} as const;

export const ContactId = RecordId.describe('The contact id, from contact_search.');

/** What a caller may say of a contact. */
export const contactArguments = {
  firstName: ShortText(100).describe('First name.'),
  lastName: ShortText(100).describe('Last name.'),
  email: z.email().max(254).optional().describe('E-mail address.'),
  phone: ShortText(40).optional().describe('Phone number.'),
  mobile: ShortText(40).optional().describe('Mobile number.'),
};

/** The only members of a contact that are ever written. Among the others some merge, move, anonymise or reset passwords (§5.3). */
export const writtenContact = {
  name: z.string(),
  firstname: z.string(),
  surname: z.string(),
  emailaddress: z.string(),
  phonenumber: z.string(),
  mobilenumber: z.string(),
  site_id_int: RecordId,
};

/**
 * Replies go to the address kept with a contact, so an address must be one of the customer's: at a domain that one of its
 * active contacts has already, and where that is a mail provider's, the very address. Fault: INVALID_ARGUMENTS for any other.
 */
export async function requireKnownDomain(email: string, context: ToolContext, call: ToolCall): Promise<void> {
  const domain = domainOf(email);
  const isTheirs = (row: Row): boolean => {
    const known = textOf(row, 'emailaddress', 254) ?? '';
    if (isSet(row, 'inactive') || domainOf(known) !== domain) return false;
    return !mailProviders.has(domain) || known.toLowerCase() === email.toLowerCase();
  };
  const request = scoped({ path: '/Users' }, context.owner, 'client_id');
  for (let page = 1; page <= mostPages; page += 1) {
    const { rows, isFull } = await context.vendor.page({ ...request, page }, 'users', call);
    const { proven } = narrow(rows, contactOwner, context);
    if (proven.some(({ record }) => isTheirs(record))) return;
    if (!isFull) break;
  }
  const words = `None of this customer's contacts has such an address at ${domain}. A technician can add the first one in HaloPSA.`;
  throw new Fault('INVALID_ARGUMENTS', words);
}

const domainOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1).toLowerCase();
const mostPages = 20;

/** Where anybody may have an address: that a contact has one there says nothing of another. */
const mailProviders: ReadonlySet<string> = new Set([
  ...[
    'gmail.com',
    'googlemail.com',
    'outlook.com',
    'hotmail.com',
    'hotmail.co.uk',
    'live.com',
    'live.co.uk',
    'msn.com',
  ],
  ...[
    'yahoo.com',
    'yahoo.co.uk',
    'ymail.com',
    'aol.com',
    'icloud.com',
    'me.com',
    'mac.com',
    'proton.me',
    'protonmail.com',
  ],
  ...['gmx.com', 'gmx.net', 'gmx.de', 'web.de', 't-online.de', 'orange.fr', 'free.fr', 'wanadoo.fr', 'laposte.net'],
  ...[
    'btinternet.com',
    'sky.com',
    'talktalk.net',
    'virginmedia.com',
    'comcast.net',
    'verizon.net',
    'att.net',
    'cox.net',
  ],
  ...['mail.com', 'zoho.com', 'fastmail.com', 'hey.com', 'tutanota.com', 'yandex.com', 'mail.ru', 'qq.com', '163.com'],
]);
