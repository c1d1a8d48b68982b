// kb_search: the customer's own knowledge articles. Global ones belong to no customer and are left out (hudu.md §5 row 6).
import { z } from 'zod';
import { listTool } from '../../list-tool.ts';
import { isSet } from '../../row.ts';
import { articleFrom, articleMembers, bodyOf, longestText } from '../article.ts';
import { listLimits } from '../limits.ts';
import { companyOwned } from '../owner.ts';
import { isFound } from '../search.ts';
import { untrusted } from '../../untrusted.ts';
import { SearchText } from '../../text.ts';

export const kbSearch = listTool({
  connector: 'hudu',
  name: 'kb_search',
  title: 'Search the knowledge base',
  description:
    "Finds the bound customer's articles in the Hudu knowledge base, drafts included, by the words of their title and text as " +
    'kb_get shows it, or lists all without any: id, name, beginning of the text, dates. Global articles and archived ones are not ' +
    'included. A page covers 50 articles before the words are applied, so follow `next` even from a page without any. Use kb_get ' +
    `with the id for the whole text. ${untrusted}`,
  risk: 'read',
  input: { text: SearchText.optional().describe('Words to look for. All must occur.') },
  record: z.strictObject({ ...articleMembers, beginning: z.string().max(300).optional() }),
  owner: companyOwned,
  ownerParameter: 'company_id',
  request: () => ({ path: '/articles', pageSize: 50 }),
  rows: 'articles',
  // Archived: articles have no filter for it (§3.4).
  wants: (row, { text }) =>
    !isSet(row, 'archived') && isFound(text, [articleFrom(row).name, bodyOf(row, 'content', longestText)]),
  project: (row) => ({ ...articleFrom(row), beginning: bodyOf(row, 'content', 300) }),
  limits: listLimits,
});
