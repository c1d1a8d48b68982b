// The HaloPSA connector: its tools, and what opens for one bound customer.
import { Fault } from '../../src-shared/fault.ts';
import { createRestVendor } from '../rest-vendor.ts';
import { canonicalId, isSet, textOf } from '../row.ts';
import { limitOf } from '../throttle.ts';
import type { Connector } from '../vendor.ts';
import { HaloCredential, RecordId } from './ids.ts';
import { createHaloSession } from './sign-in.ts';
import { documentedLimit, haloStyle } from './style.ts';
import { assetGet } from './tools/asset-get.ts';
import { assetList } from './tools/asset-list.ts';
import { contactSearch } from './tools/contact-search.ts';
import { customerGet } from './tools/customer-get.ts';
import { ticketGet } from './tools/ticket-get.ts';
import { ticketList } from './tools/ticket-list.ts';
import { ticketNoteAdd } from './tools/ticket-note-add.ts';
import { ticketSearch } from './tools/ticket-search.ts';

export const halopsa: Connector = {
  name: 'halopsa',
  title: 'HaloPSA',
  credentialFields: Object.keys(HaloCredential.shape),
  settings: [
    {
      name: 'tenant',
      title: 'Tenant',
      help: 'The name of a hosted tenant, as in https://name.halopsa.com. Leave empty on your own host.',
      kind: 'text',
    },
    {
      name: 'privateNoteOutcome',
      title: 'Outcome of private notes',
      help: 'The id of the outcome that stands for an internal note. Leave empty for 7, which new tenants have.',
      kind: 'text',
    },
  ],
  baseUrlExample: 'https://name.halopsa.com',
  owner: { title: 'HaloPSA client id', ids: 'number' },
  tools: [ticketList, ticketGet, ticketSearch, customerGet, contactSearch, assetList, assetGet, ticketNoteAdd],
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
    const outcome = settings['privateNoteOutcome'] || undefined;
    if (outcome !== undefined && !RecordId.safeParse(Number(outcome)).success) {
      const words = 'The setting privateNoteOutcome is not an outcome id.';
      throw new Fault('BINDING_INVALID', words, 'Correct the setting in Connectors.');
    }
    const session = createHaloSession({ ...powers, baseUrl, tenant: settings['tenant'] || undefined });
    const style = haloStyle(limitOf(settings, documentedLimit), powers);
    return createRestVendor(style, session, { ...powers, baseUrl });
  },
};
