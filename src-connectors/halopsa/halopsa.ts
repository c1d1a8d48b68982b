// The HaloPSA connector: its tools, and what opens for one bound customer.
import { Fault } from '../../src-shared/fault.ts';
import type { Connector } from '../vendor.ts';
import { createHaloApi } from './api.ts';
import { HaloClientId, HaloCredential, RecordId } from './ids.ts';
import { createHaloSession } from './session.ts';
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
  tools: [ticketList, ticketGet, ticketSearch, customerGet, contactSearch, assetList, assetGet, ticketNoteAdd],
  open({ owner, baseUrl, settings }, powers) {
    const outcome = settings['privateNoteOutcome'];
    if (!HaloClientId.safeParse(owner).success) {
      throw invalid('The mapping of this customer is not a HaloPSA client id.', 'Correct the mapping in Connectors.');
    }
    if (outcome !== undefined && !RecordId.safeParse(Number(outcome)).success) {
      throw invalid('The setting privateNoteOutcome is not an outcome id.', 'Correct the setting in Connectors.');
    }
    const session = createHaloSession({ ...powers, baseUrl, tenant: settings['tenant'] || undefined });
    return createHaloApi(session, powers);
  },
};

const invalid = (words: string, remedy: string): Fault => new Fault('BINDING_INVALID', words, remedy);
