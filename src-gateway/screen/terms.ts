// What a customer is called: from its entry in the signed bundle and its ids at the vendors to the terms that name it.
// Trusts the bundle and the mapping for being the MSP's own; not for being tidy.
import type { Customer } from '../../src-shared/model/customer.ts';
import { unitsOf, wordsOf } from './fold.ts';
import { legalForms, rule, type Rule, ruleFor, ruleForCode } from './rules.ts';

/** One way to name a customer. */
export interface Term {
  /** `name`: words with anything between. `exact`: words and the very signs between them. `number`: one word, see holders. */
  readonly kind: 'name' | 'exact' | 'number';
  readonly parts: readonly string[];
  readonly rule: Rule;
}

/** A customer as far as it is named: nothing else of it is looked at. */
export type Named = Pick<Customer, 'code' | 'name' | 'domain' | 'aliases'>;

/** `ids` are the vendors' ids for it. Each term once. */
export function termsOf(customer: Named, ids: readonly string[]): Term[] {
  const names = [customer.name, ...customer.aliases].flatMap(spellings);
  const terms = [
    ...names.flatMap(nameTerms),
    ...domainTerms(customer.domain),
    ...codeTerms(customer.code),
    ...ids.flatMap(idTerms),
  ];
  const once = new Map<string, Term>();
  for (const term of terms) {
    const key = `${term.kind} ${term.rule} ${term.parts.join(' ')}`;
    if (term.parts.length > 0 && term.parts.length <= mostParts) once.set(key, term);
  }
  return [...once.values()];
}

/** A phrase the policy says is never a mention. */
export function neverTerm(phrase: string): Term {
  return { kind: 'name', parts: wordsOf(phrase).slice(0, mostParts), rule: rule.never };
}

/** How else people write a name: without what is in brackets, without apostrophes, `ü` as `ue`; one of two trading names. */
function spellings(name: string): string[] {
  const traded = name.split(/\s+(?:t\/a|trading as|dba|formerly)\s+/i);
  const written = traded.flatMap((one) => [one, one.replaceAll(/[([{][^)\]}]*[)\]}]/g, ' ')]);
  const joined = written.flatMap((one) => [one, one.replaceAll(/['’‘ʼ`]/g, '')]);
  return [...new Set(joined.flatMap((one) => [one, one.replaceAll(/[äöüÄÖÜ]/g, (letter) => `${letter}e`)]))];
}

function nameTerms(spelled: string): Term[] {
  const all = wordsOf(spelled);
  const words = all[0] === 'the' && all.length > 1 ? all.slice(1) : all;
  const core = withoutForm(words);
  const told = spelled.trim().replace(/^the\s+/i, '');
  const terms = [words, core, words.filter((word) => word !== 'and'), core.filter((word) => word !== 'and')].map(
    (parts): Term => ({ kind: 'name', parts, rule: ruleFor(told, parts) }),
  );
  return [...terms, ...gluedTerms(words), ...gluedTerms(core)];
}

/** `Acme Ltd` without `Ltd`, `Taylor & Co` without `& Co`. Never nothing. */
function withoutForm(words: readonly string[]): readonly string[] {
  let end = words.length;
  while (end > 1 && (legalForms.has(words[end - 1] ?? '') || words[end - 1] === 'and')) end -= 1;
  return words.slice(0, end);
}

/** `AcmeGroup`, as in file names, user names and tags. */
function gluedTerms(words: readonly string[]): Term[] {
  const glued = words.join('');
  return words.length > 1 && glued.length >= shortestGlued
    ? [{ kind: 'name', parts: [glued], rule: ruleFor(glued, [glued]) }]
    : [];
}

/** The domain, and its own label when that is a word nobody else would write. */
function domainTerms(domain: string): Term[] {
  const host = domain
    .trim()
    .replace(/^[a-z]+:\/\//i, '')
    .replace(/^www\./i, '')
    .replace(/[/:?#].*$/, '');
  const parts = unitsOf(host);
  const labels = parts.filter((part) => part === '.').length;
  const [label = ''] = parts;
  if (labels === 0 || publicDomains.has(host.toLowerCase())) return [];
  if (parts.some((part, at) => (at % 2 === 0 ? wordsOf(part).length === 0 : part !== '.' && part !== '-'))) return [];
  const exact: Term = { kind: 'exact', parts, rule: rule.domain };
  return label.length >= shortestGlued && parts[1] === '.'
    ? [exact, { kind: 'name', parts: [label], rule: ruleFor(label, [label]) }]
    : [exact];
}

function codeTerms(code: string): Term[] {
  const parts = unitsOf(code);
  const [letters = '', dash, digits = ''] = parts;
  if (parts.length !== 3 || dash !== '-') return [];
  const exact: Term = { kind: 'exact', parts, rule: ruleForCode(letters) };
  return letters.length < 3 ? [exact] : [exact, { kind: 'name', parts: [`${letters}${digits}`], rule: rule.upper }];
}

/** An id with letters and digits is unlike anything else; a number says nothing unless the text says whose it is. */
function idTerms(id: string): Term[] {
  const parts = unitsOf(id);
  const words = parts.filter((_, at) => at % 2 === 0);
  const glued = words.join('');
  const isExact = parts.every((part, at) => (at % 2 === 0) === wordsOf(part).length > 0);
  if (!isExact || glued.length < shortestId || !/[0-9]/.test(glued) || !/[a-z]/.test(glued)) {
    return parts.length === 1 ? [{ kind: 'number', parts, rule: rule.id }] : [];
  }
  const exact: Term = { kind: 'exact', parts, rule: rule.id };
  return uuid.test(id) ? [exact, { kind: 'exact', parts: [glued], rule: rule.id }] : [exact];
}

const mostParts = 24;
const shortestGlued = 7;
const shortestId = 6;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Where mail is everybody's, the domain says nothing of the customer. */
const publicDomains: ReadonlySet<string> = new Set(
  (
    'gmail.com googlemail.com outlook.com hotmail.com hotmail.co.uk live.com live.co.uk msn.com yahoo.com yahoo.co.uk icloud.com ' +
    'me.com mac.com aol.com btinternet.com btconnect.com sky.com talktalk.net virginmedia.com ntlworld.com blueyonder.co.uk ' +
    'protonmail.com proton.me gmx.com gmx.de gmx.net web.de t-online.de mail.com comcast.net verizon.net att.net orange.fr free.fr ' +
    'onmicrosoft.com microsoft.com sharepoint.com google.com co.uk org.uk com'
  ).split(' '),
);
