/** The arguments of a call as rows for a person: each whole, none interpreted. */
import type { Approval } from '../../../src-shared/model/approval.ts';

export interface ArgumentRow {
  readonly name: string;
  /** `words` is a text as it is; `code` is a number, a list, an object: as JSON writes it. */
  readonly kind: 'words' | 'code' | 'secret';
  readonly text: string;
}

/** What is a secret says the gateway, by name: the AI could write into any argument what stands in a secret's place. */
export function argumentRows({
  arguments: args,
  secrets,
}: Pick<Approval, 'arguments' | 'secrets'>): readonly ArgumentRow[] {
  return Object.entries(args).map(([name, value]) => {
    if (secrets.includes(name)) return { name, kind: 'secret', text: '' };
    if (typeof value === 'string') return { name, kind: 'words', text: value };
    return { name, kind: 'code', text: asJson(value) };
  });
}

const oneLine = 90;

/** On one line where that is short enough to read. A line break in a string is written as two characters, so none is lost. */
function asJson(value: unknown): string {
  const whole = JSON.stringify(value, null, 2);
  const line = whole.replaceAll(/\n */g, ' ');
  return line.length <= oneLine ? line : whole;
}

const manyCharacters = 700;
const manyLines = 12;

/** How many characters there are, where they are too many to be taken in at a glance; else 0. */
export function longLength(rows: readonly ArgumentRow[]): number {
  const length = rows.reduce((sum, { name, text }) => sum + name.length + text.length, 0);
  const lines = rows.reduce((sum, { text }) => sum + text.split('\n').length, 0);
  return length > manyCharacters || lines > manyLines ? length : 0;
}
