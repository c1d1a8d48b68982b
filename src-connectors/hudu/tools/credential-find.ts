// credential_find: which password records there are, never what is in them. Hudu has no list without the secrets
// (hudu.md §3.3); sealed.ts takes them out of its answer. The text is looked for here and not by the vendor, whose search
// might look into what is kept back and so tell it letter by letter.
import { z } from 'zod';
import { listTool } from '../../list-tool.ts';
import { isSet } from '../../row.ts';
import { credentialFrom, credentialMembers, credentialOwner } from '../credential.ts';
import { listLimits } from '../limits.ts';
import { untrusted } from '../../untrusted.ts';
import { SearchText } from '../../search-text.ts';

export const credentialFind = listTool({
  connector: 'hudu',
  name: 'credential_find',
  title: 'Find a credential',
  description:
    'Finds password records of the bound customer in Hudu by a part of their name, user name, type, folder or host; without a ' +
    'text, lists them. Comes back: id, name, type, user name, host of the log-in address, folder. Never a password, a code or a ' +
    'description. A page covers 100 records before the text is applied, so follow `next` even from a page without any. ' +
    `credential_reveal shows one, if a person agrees. ${untrusted}`,
  risk: 'sensitive',
  input: { text: SearchText.optional().describe('A part of a name, user name, type, folder or host.') },
  record: z.strictObject(credentialMembers),
  owner: credentialOwner,
  ownerParameter: 'company_id',
  request: () => ({ path: '/asset_passwords', query: { archived: false } }),
  rows: 'asset_passwords',
  wants: (row, { text }) => {
    if (isSet(row, 'archived')) return false;
    const { name, username = '', type = '', folder = '', host = '' } = credentialFrom(row);
    const wanted = text?.toLowerCase() ?? '';
    return [name, username, type, folder, host].some((one) => one.toLowerCase().includes(wanted));
  },
  project: credentialFrom,
  limits: listLimits,
});
