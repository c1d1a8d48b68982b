// HTML to plain text and back, for bodies that people write in a vendor's editor. Whoever wrote it may be hostile: one pass
// over the text, no pattern that looks ahead, nothing loaded, no address kept. What a browser would not show is left out,
// because a model would read what a technician cannot see. The result still goes through textOf, as all text does.
import { isHiding } from './hidden-style.ts';

/**
 * The text a person would see, a line a block. Links lose their address, pictures become `[picture]`. At most about twice
 * as long as the input.
 */
export function htmlToText(html: string): string {
  const page = new Page();
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    page.text(html.slice(at, open === -1 ? html.length : open));
    if (open === -1) break;
    at = afterMarkup(html, open, page);
  }
  return page.result();
}

/** Plain text as the paragraphs of an article: whatever is in it, it comes out as text and never as markup. */
export function textToHtml(text: string): string {
  const escaped = text.replace(/[&<>"'`]/g, (letter) => `&#${letter.charCodeAt(0)};`).replace(/\r\n?/g, '\n');
  const paragraphs = escaped.split('\n\n').map((one) => one.replace(/^\n+/, ''));
  return paragraphs
    .filter((one) => one !== '')
    .map((one) => `<p>${one.replaceAll('\n', '<br>')}</p>`)
    .join('');
}

/** Handles what begins with `<` at `open`; where to go on. What never ends takes the rest with it, as in a browser. */
function afterMarkup(html: string, open: number, page: Page): number {
  if (html.startsWith('<!--', open)) return past(html, '-->', open + 4);
  const next = html.charAt(open + 1);
  if (next === '!' || next === '?') return past(html, '>', open + 2);
  const isEnd = next === '/';
  const start = isEnd ? open + 2 : open + 1;
  if (!/[a-z]/i.test(html.charAt(start))) {
    if (isEnd) return past(html, '>', open + 2);
    page.text('<');
    return open + 1;
  }
  const end = tagEnd(html, start);
  const tag = html.slice(start, Math.min(end, html.length));
  const name = (/^[^\s/>]{1,40}/.exec(tag)?.[0] ?? '').toLowerCase();
  if (isEnd) page.close(name);
  else page.open(name, tag.slice(name.length));
  return end + 1;
}

/** Where the tag's `>` is; one in a quoted value is part of that. */
function tagEnd(html: string, from: number): number {
  let quote = '';
  let before = '';
  for (let at = from; at < html.length; at += 1) {
    const letter = html.charAt(at);
    if (quote !== '') {
      if (letter === quote) quote = '';
    } else if (before === '=' && (letter === '"' || letter === "'")) quote = letter;
    else if (letter === '>') return at;
    if (letter.trim() !== '') before = letter;
  }
  return html.length;
}

function past(html: string, mark: string, from: number): number {
  const found = html.indexOf(mark, from);
  return found === -1 ? html.length : found + mark.length;
}

/** What has been read so far: the text, and which elements hide what comes next. */
class Page {
  readonly #parts: string[] = [];
  /** The element that hides all until its own end, and how many of its name are open inside it. */
  #hidden: { readonly name: string; depth: number } | undefined;
  #preformatted = 0;
  /** The end of what is written, to know whether a space or a line break is still needed. */
  #last = '\n';

  text(raw: string): void {
    if (this.#hidden !== undefined || raw === '') return;
    const decoded = decode(raw);
    if (this.#preformatted > 0) return this.#write(decoded);
    const flowing = decoded.replace(/[ \t\r\n\f]+/g, ' ');
    this.#write(this.#last === '\n' || this.#last === ' ' ? flowing.replace(/^ /, '') : flowing);
  }

  open(name: string, attributes: string): void {
    if (voids.has(name)) {
      if (this.#hidden !== undefined) return;
      if (name === 'br' || name === 'hr') this.#write('\n');
      if (name === 'img' && !isHidden(attributes)) this.#write('[picture]');
      return;
    }
    if (this.#hidden !== undefined) {
      if (this.#hidden.name === name) this.#hidden.depth += 1;
      return;
    }
    if (unseen.has(name) || isHidden(attributes)) {
      this.#hidden = { name, depth: 1 };
      return;
    }
    if (name === 'pre') this.#preformatted += 1;
    if (blocks.has(name)) this.#newLine();
    if (name === 'li') this.#write('- ');
    if (name === 'td' || name === 'th') this.#cell();
  }

  close(name: string): void {
    if (this.#hidden !== undefined) {
      if (this.#hidden.name !== name) return;
      this.#hidden.depth -= 1;
      if (this.#hidden.depth === 0) this.#hidden = undefined;
      return;
    }
    if (name === 'pre') this.#preformatted = Math.max(0, this.#preformatted - 1);
    if (blocks.has(name)) this.#newLine();
    if (paragraphs.has(name)) this.#write('\n');
  }

  result(): string {
    const lines = this.#parts.join('').split('\n');
    const kept: string[] = [];
    for (const line of lines) {
      const end = line.trimEnd();
      if (end !== '' || (kept.length > 0 && kept.at(-1) !== '')) kept.push(end);
    }
    if (kept.at(-1) === '') kept.pop();
    return kept.join('\n');
  }

  #newLine(): void {
    if (this.#last !== '\n') this.#write('\n');
  }

  #cell(): void {
    if (this.#last !== '\n') this.#write(' | ');
  }

  #write(text: string): void {
    if (text === '') return;
    this.#parts.push(text);
    this.#last = text.charAt(text.length - 1);
  }
}

/** Whether what these attributes are on is not shown. */
function isHidden(attributes: string): boolean {
  for (const [, name = '', double, single, bare] of attributes.matchAll(attribute)) {
    const what = name.toLowerCase();
    if (what === 'hidden') return true;
    if (what === 'style' && isHiding(decode(double ?? single ?? bare ?? ''))) return true;
  }
  return false;
}

const attribute = /([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;

/** Character references, once. An unknown one stays as it is written. */
function decode(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([0-9a-f]{1,8})|#([0-9]{1,8})|([a-z]{2,8}[0-9]{0,2}));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return named.get(name as string) ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex as string, 16);
    const isCharacter = code > 0 && code <= 0x10_ff_ff && (code < 0xd8_00 || code > 0xdf_ff);
    return isCharacter ? String.fromCodePoint(code) : '\ufffd';
  });
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const voids = words('area base br col embed hr img input link meta source track wbr');
/** Their content is not text, or is not shown. */
const unseen = words(
  'script style template noscript iframe object svg math head title textarea select datalist audio video canvas noembed noframes xmp plaintext dialog',
);
const blocks = words(
  'address article aside blockquote caption dd details div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header li main nav ol p pre section summary table tbody tfoot thead tr ul',
);
const paragraphs = words('p h1 h2 h3 h4 h5 h6 pre blockquote table ul ol');

const named: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
  ['ndash', '–'],
  ['mdash', '—'],
  ['hellip', '…'],
  ['lsquo', '‘'],
  ['rsquo', '’'],
  ['ldquo', '“'],
  ['rdquo', '”'],
  ['bull', '•'],
  ['middot', '·'],
  ['copy', '©'],
  ['reg', '®'],
  ['trade', '™'],
  ['deg', '°'],
  ['euro', '€'],
  ['pound', '£'],
  ['times', '×'],
  ['rarr', '→'],
  ['larr', '←'],
]);
