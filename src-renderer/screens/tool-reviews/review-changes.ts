/** What is different between a tool as it was accepted and as it is now, field by field. */
import type { ToolReview } from '../../../src-shared/contract/ui.ts';
import type { ToolDefinition } from '../../../src-shared/model/tool.ts';
import { t } from '../../words.ts';
import { type DiffLine, lineDiff } from './line-diff.ts';
import { schemaLines } from './schema-lines.ts';

type Field =
  | 'title'
  | 'connector'
  | 'risk'
  | 'returns'
  | 'records'
  | 'isIdempotent'
  | 'description'
  | 'inputSchema'
  | 'recordSchema';

interface Change {
  readonly field: Field;
  readonly lines: readonly DiffLine[];
}

const fields: readonly Field[] = [
  'description',
  'title',
  'connector',
  'risk',
  'returns',
  'records',
  'isIdempotent',
  'inputSchema',
  'recordSchema',
];

/** The fields that changed; all of them where the tool is new. Empty when the change is in nothing that has words. */
export function reviewChanges({ before, now }: Pick<ToolReview, 'before' | 'now'>): readonly Change[] {
  return fields
    .map((field) => ({ field, lines: lineDiff(before === null ? [] : linesOf(before, field), linesOf(now, field)) }))
    .filter(({ lines }) => lines.some(({ kind }) => kind !== 'same'));
}

function linesOf(tool: ToolDefinition, field: Field): readonly string[] {
  switch (field) {
    case 'title':
    case 'connector':
      return [tool[field]];
    case 'risk':
      return [t(`risk.${tool.risk}`)];
    case 'returns':
      return [t(`policy.reviews.returns.${tool.returns}`)];
    case 'records':
      return [t(`policy.reviews.records.${tool.records}`)];
    case 'isIdempotent':
      return [t(`policy.reviews.idempotent.${tool.isIdempotent ? 'yes' : 'no'}`)];
    case 'description':
      return sentences(tool.description);
    case 'inputSchema':
    case 'recordSchema':
      return schemaLines(tool[field]);
  }
}

/** A text in sentences and lines, the space between two with the second: together they are the text again. */
const sentences = (text: string): readonly string[] => text.split(/(?<=[.!?])(?=\s)|(?<=\n)/);
