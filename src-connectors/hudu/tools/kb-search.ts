// kb_search: the customer's own knowledge articles. Global ones belong to no customer and are left out (hudu.md §5 row 6).
import { z } from 'zod';
import { listTool } from '../../list-tool.ts';
import { isSet } from '../../row.ts';
import { articleFrom, articleMembers, articleOwner, bodyOf } from '../article.ts';
import { listLimits } from '../limits.ts';
import { untrusted } from '../../untrusted.ts';
import { SearchText } from '../../search-text.ts';

export const kbSearch = listTool({
  connector: 'hudu',
  name: 'kb_search',
  title: 'Search the knowledge base',
  description:
    "Finds the bound customer's articles in the Hudu knowledge base that contain a text, or lists all without one: id, name, " +
    'beginning of the text, dates; at most 50 a page. Global articles and archived ones are not included. Use kb_get with the id ' +
    `for the whole text. ${untrusted}`,
  risk: 'read',
  input: { text: SearchText.optional().describe('Words to look for.') },
  record: z.strictObject({ ...articleMembers, beginning: z.string().max(300).optional() }),
  owner: articleOwner,
  ownerParameter: 'company_id',
  request: ({ text }) => ({ path: '/articles', pageSize: 50, query: text === undefined ? {} : { search: text } }),
  rows: 'articles',
  // Articles have no filter for it (§3.4).
  wants: (row) => !isSet(row, 'archived'),
  project: (row) => ({ ...articleFrom(row), beginning: bodyOf(row, 'content', 300) }),
  limits: listLimits,
});
