// kb_get: one knowledge article as text. Pictures, files and the addresses behind links stay with the vendor: some of them
// open without a log-in (hudu.md §5 row 10).
import { z } from 'zod';
import { oneTool } from '../../one-tool.ts';
import { articleFrom, articleMembers, articleRequest, articleTarget, bodyOf, longestText } from '../article.ts';
import { RecordId } from '../ids.ts';
import { oneLimits } from '../limits.ts';
import { companyOwned } from '../owner.ts';
import { untrusted } from '../../untrusted.ts';

export const kbGet = oneTool({
  connector: 'hudu',
  name: 'kb_get',
  title: 'Read a knowledge article',
  description:
    'Reads one article of the bound customer in the Hudu knowledge base by its id, as plain text; pictures and the addresses of ' +
    `links are left out. Nothing comes back when the id is not this customer's, and global articles are not read. ${untrusted}`,
  risk: 'read',
  input: { id: RecordId.describe('The article id, from kb_search.') },
  record: z.strictObject({ ...articleMembers, text: z.string().max(longestText).optional() }),
  owner: companyOwned,
  target: { ...articleTarget, id: ({ id }) => id, request: ({ id }) => articleRequest(id) },
  project: (row) => ({ ...articleFrom(row), text: bodyOf(row, 'content', longestText) }),
  limits: oneLimits,
});
