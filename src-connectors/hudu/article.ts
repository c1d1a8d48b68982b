// A knowledge article as lists and the detail show it. An article without a customer is global (hudu.md §3.4): it proves no
// owner, so it is neither read nor written. Never shown: share addresses, public photos, anything behind a link.
import { z } from 'zod';
import { htmlToText } from '../html-text.ts';
import { isSet, memberOf, type Row, textOf, wholeOf } from '../row.ts';
import { dateOf, HuduDate } from './date.ts';
import { RecordId } from './ids.ts';

export const articleMembers = {
  id: RecordId,
  name: z.string().max(500),
  isDraft: z.boolean(),
  isArchived: z.boolean(),
  createdAt: HuduDate.optional(),
  updatedAt: HuduDate.optional(),
};

export function articleFrom(row: Row) {
  return {
    id: wholeOf(row, 'id') ?? 0,
    name: textOf(row, 'name', 500) ?? '',
    isDraft: isSet(row, 'draft'),
    isArchived: isSet(row, 'archived'),
    createdAt: dateOf(row, 'created_at'),
    updatedAt: dateOf(row, 'updated_at'),
  };
}

/** As much of an article as kb_get shows, and so as much as may be searched. */
export const longestText = 60_000;

/** A body as text; undefined when there is none. */
export function bodyOf(row: Row, path: string, longest: number): string | undefined {
  const html = memberOf(row, path);
  return typeof html === 'string' ? textOf({ text: htmlToText(html) }, 'text', longest) : undefined;
}

export const articleTarget = {
  key: 'article',
  probe: { path: '/articles', ownerParameter: 'company_id' },
  called: { kind: 'article', by: ['name'] },
} as const;

export const articleRequest = (id: number | string) => ({ path: `/articles/${id}` });
