// kb_create: a new article of the bound customer. Without a customer it would be global and read by all (hudu.md §3.4), so
// the engine puts the customer in; a public link is never made.
import { z } from 'zod';
import { changeTool } from '../../change-tool.ts';
import { textToHtml } from '../../html-text.ts';
import { isSet, wholeOf } from '../../row.ts';
import { articleRequest, bodyOf } from '../article.ts';
import { isUnshared, sameText } from '../article-check.ts';
import { RecordId } from '../ids.ts';
import { changeLimits } from '../limits.ts';
import { companyOwned } from '../owner.ts';
import { Line, PlainText } from '../text.ts';

export const kbCreate = changeTool({
  connector: 'hudu',
  name: 'kb_create',
  title: 'Write a knowledge article',
  description:
    "Writes a new article into the bound customer's knowledge base in Hudu, for example how something was fixed. Plain text; an " +
    'empty line begins a paragraph. Never global, never public. Answers with the id. Not repeatable safely: after an error look ' +
    'with kb_search before calling again.',
  risk: 'write',
  input: {
    name: Line.describe('The title.'),
    text: PlainText.describe('The whole text.'),
    isDraft: z.boolean().optional().describe('Keep it a draft for a person to publish.'),
  },
  record: z.strictObject({ id: RecordId, name: z.string().max(500), isDraft: z.boolean() }),
  owner: companyOwned,
  create: { ownerMember: 'company_id', read: articleRequest, key: 'article' },
  path: () => '/articles',
  key: 'article',
  element: z.strictObject({
    name: z.string(),
    content: z.string(),
    enable_sharing: z.literal(false),
    draft: z.boolean().optional(),
  }),
  build: ({ input: { name, text, isDraft } }) => ({
    name,
    content: textToHtml(text),
    enable_sharing: false,
    ...(isDraft === undefined ? {} : { draft: isDraft }),
  }),
  confirm: (_saved, { input: { name, text, isDraft = false } }, after = {}) => {
    const id = wholeOf(after, 'id');
    const isAsSent = sameText(after['name'], name) && sameText(bodyOf(after, 'content', 100_000), text);
    if (id === undefined || !isAsSent || !isUnshared(after) || isSet(after, 'draft') !== isDraft) return undefined;
    return { id, name, isDraft };
  },
  limits: changeLimits,
});
