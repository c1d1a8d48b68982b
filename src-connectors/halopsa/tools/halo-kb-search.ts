// halo_kb_search: knowledge articles that were released to the customer. List rows name no customer, so each article found is
// read by itself and must name the bound one.
import { z } from 'zod';
import { listTool } from '../../list-tool.ts';
import { textOf } from '../../row.ts';
import { SearchText } from '../../text.ts';
import { untrusted } from '../../untrusted.ts';
import { articleFrom, articleMembers, articleOwner } from '../article.ts';
import { slowLimits } from '../limits.ts';

/** Each is a request of its own. */
const articlesAPage = 20;

export const haloKbSearch = listTool({
  connector: 'halopsa',
  name: 'halo_kb_search',
  title: 'Search HaloPSA knowledge',
  description:
    'Finds knowledge articles in HaloPSA that contain a text and were released to the bound customer by name; articles for everybody ' +
    `are not among them. At most 20 a page: id, name, tags, dates and the beginning. Use halo_kb_get to read one. ${untrusted}`,
  risk: 'read',
  input: { text: SearchText.describe('Words to look for.') },
  record: z.strictObject({ ...articleMembers, beginning: z.string().max(300).optional() }),
  owner: articleOwner,
  ownerParameter: 'client_id',
  request: ({ text }) => ({ path: '/KBArticle', query: { search: text }, pageSize: articlesAPage }),
  rows: 'articles',
  detail: {
    request: (id) => ({ path: `/KBArticle/${id}`, query: { includedetails: true } }),
    key: 'articles',
    most: articlesAPage,
  },
  project: (row) => ({ ...articleFrom(row), beginning: textOf(row, 'description', 300) }),
  limits: slowLimits,
});
