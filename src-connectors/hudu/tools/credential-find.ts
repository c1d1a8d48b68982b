// credential_find: which password records there are, never what is in them. Hudu has no list without the secrets
// (hudu.md §3.3); sealed.ts takes them out of its answer.
import { z } from 'zod';
import { listTool } from '../../list-tool.ts';
import { isSet } from '../../row.ts';
import { credentialFrom, credentialMembers } from '../credential.ts';
import { listLimits } from '../limits.ts';
import { companyOwned } from '../owner.ts';
import { isFound } from '../search.ts';
import { untrusted } from '../../untrusted.ts';
import { SearchText } from '../../text.ts';

export const credentialFind = listTool({
  connector: 'hudu',
  name: 'credential_find',
  title: 'Find a credential',
  description:
    'Finds password records of the bound customer in Hudu by parts of their name, user name, type, folder or host; without a ' +
    'text, lists them. Comes back: id, name, type, user name, host of the log-in address, folder. Never a password, a code or a ' +
    'description. A page covers 100 records before the text is applied, so follow `next` even from a page without any. ' +
    `credential_reveal shows one, if a person agrees. ${untrusted}`,
  risk: 'sensitive',
  input: { text: SearchText.optional().describe('Parts of a name, user name, type, folder or host. All must occur.') },
  record: z.strictObject(credentialMembers),
  owner: companyOwned,
  ownerParameter: 'company_id',
  request: () => ({ path: '/asset_passwords', query: { archived: false } }),
  rows: 'asset_passwords',
  wants: (row, { text }) => {
    if (isSet(row, 'archived')) return false;
    const { name, username, type, folder, host } = credentialFrom(row);
    return isFound(text, [name, username, type, folder, host]);
  },
  project: credentialFrom,
  limits: listLimits,
});
