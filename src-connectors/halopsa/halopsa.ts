// The HaloPSA connector: its tools, and what opens for one bound customer.
import { createRestVendor } from '../rest-vendor.ts';
import { canonicalId, isSet, textOf } from '../row.ts';
import { limitOf } from '../throttle.ts';
import type { Connector } from '../vendor.ts';
import { HaloCredential } from './ids.ts';
import { namingLackOf } from './scopes.ts';
import { checkSettings, haloSettings } from './settings.ts';
import { createHaloSession } from './sign-in.ts';
import { documentedLimit, haloStyle } from './style.ts';
import { appointmentList } from './tools/appointment-list.ts';
import { assetGet } from './tools/asset-get.ts';
import { assetList } from './tools/asset-list.ts';
import { assetUpdate } from './tools/asset-update.ts';
import { attachmentAdd } from './tools/attachment-add.ts';
import { attachmentGet } from './tools/attachment-get.ts';
import { attachmentList } from './tools/attachment-list.ts';
import { billableTimeAdd } from './tools/billable-time-add.ts';
import { contactCreate } from './tools/contact-create.ts';
import { contactSearch } from './tools/contact-search.ts';
import { contactUpdate } from './tools/contact-update.ts';
import { contractList } from './tools/contract-list.ts';
import { customerGet } from './tools/customer-get.ts';
import { haloKbGet } from './tools/halo-kb-get.ts';
import { haloKbSearch } from './tools/halo-kb-search.ts';
import { invoiceGet } from './tools/invoice-get.ts';
import { invoiceList } from './tools/invoice-list.ts';
import { siteList } from './tools/site-list.ts';
import { ticketAssign } from './tools/ticket-assign.ts';
import { ticketBreachList } from './tools/ticket-breach-list.ts';
import { ticketClose } from './tools/ticket-close.ts';
import { ticketCreate } from './tools/ticket-create.ts';
import { ticketGet } from './tools/ticket-get.ts';
import { ticketList } from './tools/ticket-list.ts';
import { ticketNoteAdd } from './tools/ticket-note-add.ts';
import { ticketOptionList } from './tools/ticket-option-list.ts';
import { ticketReply } from './tools/ticket-reply.ts';
import { ticketSearch } from './tools/ticket-search.ts';
import { ticketUpdate } from './tools/ticket-update.ts';
import { timeAdd } from './tools/time-add.ts';

export const halopsa: Connector = {
  name: 'halopsa',
  title: 'HaloPSA',
  credentialFields: Object.keys(HaloCredential.shape),
  settings: haloSettings,
  baseUrlExample: 'https://name.halopsa.com',
  owner: { title: 'HaloPSA client id', ids: 'number' },
  tools: [
    ticketList,
    ticketGet,
    ticketSearch,
    ticketBreachList,
    ticketOptionList,
    ticketCreate,
    ticketUpdate,
    ticketAssign,
    ticketNoteAdd,
    ticketReply,
    ticketClose,
    timeAdd,
    billableTimeAdd,
    attachmentList,
    attachmentGet,
    attachmentAdd,
    customerGet,
    siteList,
    contactSearch,
    contactCreate,
    contactUpdate,
    assetList,
    assetGet,
    assetUpdate,
    contractList,
    invoiceList,
    invoiceGet,
    haloKbSearch,
    haloKbGet,
    appointmentList,
  ],
  survey: {
    request: { path: '/Client', query: { includeinactive: true } },
    key: 'clients',
    project: (row) => {
      const id = canonicalId(row['id']);
      const name = textOf(row, 'name', 200);
      if (id === undefined || name === undefined) return undefined;
      return { id, name, domains: [], otherIds: [], isInactive: isSet(row, 'inactive') };
    },
  },
  open({ baseUrl, settings }, powers) {
    checkSettings(settings);
    const session = createHaloSession({ ...powers, baseUrl, tenant: settings['tenant'] || undefined });
    const http = namingLackOf(powers.http, session.lacks);
    return createRestVendor(haloStyle(limitOf(settings, documentedLimit), powers), session, {
      ...powers,
      http,
      baseUrl,
    });
  },
};
