// halo_kb_get: one knowledge article that was released to the customer.
import { z } from 'zod';
import { htmlToText } from '../../html-text.ts';
import { oneTool } from '../../one-tool.ts';
import { memberOf, type Row, textOf } from '../../row.ts';
import { untrusted } from '../../untrusted.ts';
import { articleFrom, articleMembers, articleOwner } from '../article.ts';
import { RecordId } from '../ids.ts';
import { oneLimits } from '../limits.ts';

export const haloKbGet = oneTool({
  connector: 'halopsa',
  name: 'halo_kb_get',
  title: 'Read HaloPSA knowledge',
  description:
    'Reads one knowledge article of HaloPSA that was released to the bound customer by name: description and resolution as plain ' +
    `text. Nothing comes back for any other article. ${untrusted}`,
  risk: 'read',
  input: { id: RecordId.describe('The article id, from halo_kb_search.') },
  record: z.strictObject({
    ...articleMembers,
    description: z.string().max(20_000).optional(),
    resolution: z.string().max(20_000).optional(),
  }),
  owner: articleOwner,
  target: {
    key: 'articles',
    id: ({ id }) => id,
    request: ({ id }) => ({ path: `/KBArticle/${id}`, query: { includedetails: true } }),
    probe: { path: '/KBArticle', ownerParameter: 'client_id' },
  },
  project: (row) => ({
    ...articleFrom(row),
    description: textOf(row, 'description', 20_000) ?? htmlOf(row, 'description_html'),
    resolution: htmlOf(row, 'resolution_html'),
  }),
  limits: oneLimits,
});

function htmlOf(row: Row, path: string): string | undefined {
  const html = memberOf(row, path);
  return typeof html === 'string' ? textOf({ text: htmlToText(html) }, 'text', 20_000) : undefined;
}
