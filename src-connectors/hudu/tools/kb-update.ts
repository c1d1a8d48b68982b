// kb_update: the title and text of one article. Its customer is never sent, so it cannot move; a public link it may have is
// switched off with the change, because what is written here was not written for everyone (hudu.md §5 row 10).
import { z } from 'zod';
import { Fault } from '../../../src-shared/fault.ts';
import { changeTool } from '../../change-tool.ts';
import { textToHtml } from '../../html-text.ts';
import { isSet, memberOf, type Row, textOf } from '../../row.ts';
import { articleRequest, articleTarget, bodyOf } from '../article.ts';
import { isUnshared, sameText } from '../article-check.ts';
import { RecordId } from '../ids.ts';
import { changeLimits } from '../limits.ts';
import { companyOwned } from '../owner.ts';
import { Line, PlainText } from '../text.ts';

export const kbUpdate = changeTool({
  connector: 'hudu',
  name: 'kb_update',
  title: 'Change a knowledge article',
  description:
    'Changes one article of the bound customer in the Hudu knowledge base. `append` adds paragraphs at the end and keeps all that ' +
    'is there; `replace` writes the whole text anew and loses pictures, tables and links, so read it with kb_get first. Plain ' +
    'text. A public link of the article is switched off. Global articles are never written. After an error look with kb_get ' +
    'before repeating an `append`.',
  risk: 'write',
  input: {
    id: RecordId.describe('The article id, from kb_search.'),
    name: Line.optional().describe('A new title.'),
    text: PlainText.optional().describe('What to append, or the whole new text.'),
    mode: z.enum(['append', 'replace']).default('append').describe('What happens with the text that is there.'),
    isDraft: z.boolean().optional().describe('Make it a draft, or publish it.'),
  },
  record: z.strictObject({ id: RecordId, name: z.string().max(500), isDraft: z.boolean() }),
  owner: companyOwned,
  target: { ...articleTarget, id: ({ id }) => id, request: ({ id }) => articleRequest(id) },
  async prepare({ input: { name, text, isDraft } }) {
    if (name !== undefined || text !== undefined || isDraft !== undefined) return undefined;
    throw new Fault('INVALID_ARGUMENTS', 'Nothing to change was given.');
  },
  method: 'PUT',
  path: ({ id }) => `/articles/${id}`,
  key: 'article',
  element: z.strictObject({
    name: z.string().optional(),
    content: z.string().optional(),
    enable_sharing: z.literal(false),
    draft: z.boolean().optional(),
  }),
  build: ({ input: { name, text, mode, isDraft }, row = {} }) => ({
    ...(name === undefined ? {} : { name }),
    ...(text === undefined ? {} : { content: (mode === 'append' ? contentOf(row) : '') + textToHtml(text) }),
    ...(isDraft === undefined ? {} : { draft: isDraft }),
    enable_sharing: false,
  }),
  confirm: (_saved, { input: { id, name, text, mode, isDraft }, row = {} }, after = {}) => {
    const isNamed = sameText(after['name'], name ?? row['name']);
    const before = bodyOf(row, 'content', 1_000_000) ?? '';
    const body = text === undefined ? before : mode === 'append' ? `${before}\n${text}` : text;
    const isWritten = sameText(bodyOf(after, 'content', 1_000_000) ?? '', body);
    const isState = isSet(after, 'draft') === (isDraft ?? isSet(row, 'draft'));
    if (!isNamed || !isWritten || !isState || !isUnshared(after)) return undefined;
    return { id, name: textOf(after, 'name', 500) ?? '', isDraft: isSet(after, 'draft') };
  },
  limits: changeLimits,
});

function contentOf(row: Row): string {
  const content = memberOf(row, 'content');
  return typeof content === 'string' ? content : '';
}
