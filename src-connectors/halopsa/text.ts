// Text between the vendor, which keeps HTML, and callers, who read and write plain text.
import { z } from 'zod';
import { memberOf, type Row, textOf } from '../row.ts';

/** Text of a caller, with line breaks. */
export const LongText = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
    .regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/);

/** Text of a caller on one line. */
export const ShortText = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
    .regex(/^[^\u0000-\u001f\u007f]+$/);

/** Plain text as HTML that shows exactly it. */
export function htmlOf(text: string): string {
  const escaped = text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
  return `<p>${escaped.replace(/\r\n?|\n/g, '<br>')}</p>`;
}

/** HTML of the vendor's as plain text, cut to `longest`. What a page would not show is not kept either. */
export function htmlTextOf(row: Row, path: string, longest: number): string | undefined {
  const html = memberOf(row, path);
  if (typeof html !== 'string') return undefined;
  const text = html
    .slice(0, longestHtml)
    .replace(/<(?:br|\/p|\/div|\/li|\/tr|\/h[1-6])\b[^<>]*>/gi, '\n')
    .replace(/<[^<>]*>/g, '')
    .replace(/&(?:#(\d{1,7})|(amp|lt|gt|quot|nbsp));/g, (all, code: string | undefined, name: string | undefined) =>
      code === undefined ? (entities[name ?? ''] ?? all) : letterOf(Number(code)),
    );
  return textOf({ text }, 'text', longest);
}

const letterOf = (code: number): string => (code <= 0x10ffff ? String.fromCodePoint(code) : '');
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' };
const longestHtml = 400_000;
