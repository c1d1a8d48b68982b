import type { VendorCustomer } from '../../src-shared/contract/worker.ts';
import type { Customer } from '../../src-shared/model/customer.ts';
import type { CustomerId } from '../../src-shared/model/ids.ts';

export type Reason = 'name' | 'domain' | 'id';

export interface Proposal {
  readonly suggestion: { readonly owner: string; readonly because: Reason[] } | null;
  /** The vendor's ids a person may choose from, the likeliest first, when nothing is suggested. */
  readonly candidates: readonly string[];
}

export interface MappingQuestion {
  readonly customers: readonly Customer[];
  /** The vendor's customers; all of it is the vendor's word. */
  readonly vendorCustomers: readonly VendorCustomer[];
  /** Vendor ids that a customer is mapped to already. */
  readonly taken: ReadonlySet<string>;
  /** A customer's ids at other vendors, as its other mappings say. */
  readonly knownIds: ReadonlyMap<CustomerId, readonly string[]>;
}

/** Candidates shown, and how many on either side may share a word before it says nothing of whose it is. */
const most = 20;

/**
 * Which of a vendor's customers each of ours may be. A suggestion is made only where two fit each other and nothing else
 * fits either of them as well: everything that speaks for another also speaks for this one, and more. So no two customers
 * are ever given one id, the order of the lists does not matter, and a vendor that repeats a name only makes a person choose.
 */
export function suggestMapping(question: MappingQuestion): ReadonlyMap<CustomerId, Proposal> {
  const { customers, vendorCustomers, taken, knownIds } = question;
  const ours = index(customers.map((customer) => [customer.id, signsOf(customer, knownIds.get(customer.id) ?? [])]));
  const theirs = index(vendorCustomers.map((each) => [each.id, vendorSigns(each)]));
  const isInactive = new Set(vendorCustomers.filter((each) => each.isInactive).map(({ id }) => id));

  const proposals = new Map<CustomerId, Proposal>();
  for (const [customer, signs] of ours.signs) {
    const fits = fitting(signs, theirs.holders);
    const best = bestOf(fits);
    const isMutual =
      best !== undefined && bestOf(fitting(theirs.signs.get(best) ?? new Set(), ours.holders)) === customer;
    const isFree = best !== undefined && !taken.has(best) && !isInactive.has(best);
    const suggestion =
      isMutual && isFree ? { owner: best, because: [...(fits.reasons.get(best) ?? [])].toSorted() } : null;
    const candidates = suggestion ? [] : ranked(fits.reasons, isInactive).filter((id) => !taken.has(id));
    proposals.set(customer, { suggestion, candidates: candidates.slice(0, most) });
  }
  return proposals;
}

/** What speaks for somebody: `name:acme`, `domain:acme.example`, `id:12`. */
type Sign = `${Reason}:${string}`;

interface Index<Id> {
  readonly signs: ReadonlyMap<Id, ReadonlySet<Sign>>;
  /** Who has a sign, in order of their ids. */
  readonly holders: ReadonlyMap<Sign, readonly Id[]>;
}

interface Fits<Id> {
  readonly reasons: ReadonlyMap<Id, ReadonlySet<Reason>>;
  /** A sign that too many have: whom else it speaks for is not looked at, so nobody fits best. */
  readonly isCrowded: boolean;
}

/** Rows of one id are one: a vendor that pages badly repeats itself. */
function index<Id extends string>(rows: readonly (readonly [Id, readonly Sign[]])[]): Index<Id> {
  const signs = new Map<Id, Set<Sign>>();
  const holders = new Map<Sign, Set<Id>>();
  for (const [id, own] of rows) {
    signs.set(id, new Set([...(signs.get(id) ?? []), ...own]));
    for (const sign of own) holders.set(sign, (holders.get(sign) ?? new Set()).add(id));
  }
  const inOrder = [...holders].map(([sign, ids]) => [sign, [...ids].toSorted(byText)] as const);
  return { signs, holders: new Map(inOrder) };
}

function fitting<Id extends string>(signs: ReadonlySet<Sign>, holders: Index<Id>['holders']): Fits<Id> {
  const reasons = new Map<Id, Set<Reason>>();
  let isCrowded = false;
  for (const sign of signs) {
    const found = holders.get(sign) ?? [];
    if (found.length > most) isCrowded = true;
    for (const id of found.slice(0, most)) {
      reasons.set(id, (reasons.get(id) ?? new Set()).add(sign.slice(0, sign.indexOf(':')) as Reason));
    }
  }
  return { reasons, isCrowded };
}

function bestOf<Id>({ reasons, isCrowded }: Fits<Id>): Id | undefined {
  if (isCrowded) return undefined;
  const [first, second] = [...reasons].toSorted(([, one], [, other]) => other.size - one.size);
  if (!first) return undefined;
  const [id, because] = first;
  if (second && second[1].size === because.size) return undefined;
  const isAbove = [...reasons].every(([other, theirs]) => other === id || theirs.isSubsetOf(because));
  return isAbove ? id : undefined;
}

function ranked(reasons: ReadonlyMap<string, ReadonlySet<Reason>>, isInactive: ReadonlySet<string>): string[] {
  const rank = (id: string): number => (isInactive.has(id) ? 0 : 10) + (reasons.get(id)?.size ?? 0);
  return [...reasons.keys()].toSorted((one, other) => rank(other) - rank(one) || byText(one, other));
}

const byText = (one: string, other: string): number => (one < other ? -1 : 1);

function signsOf({ name, aliases, domain }: Customer, ids: readonly string[]): Sign[] {
  return [...nameSigns([name, ...aliases]), ...domainSigns([domain]), ...ids.map((id): Sign => `id:${id}`)];
}

function vendorSigns({ name, domains, otherIds }: VendorCustomer): Sign[] {
  return [...nameSigns([name]), ...domainSigns(domains), ...otherIds.map((id): Sign => `id:${id}`)];
}

const nameSigns = (names: readonly string[]): Sign[] =>
  names.map(plainName).flatMap((name): Sign[] => (name === '' ? [] : [`name:${name}`]));

const domainSigns = (domains: readonly string[]): Sign[] =>
  domains
    .map(plainDomain)
    .flatMap((domain): Sign[] => (domain === '' || everybodys.has(domain) ? [] : [`domain:${domain}`]));

/** A company's name without what people leave out or write in two ways. Never empty unless it has no letter or digit. */
export function plainName(name: string): string {
  const words = name
    .normalize('NFKD')
    .replaceAll(/[\p{M}\p{Cf}'’`.]/gu, '') // What is written within a word: accents, apostrophes, the dots of L.L.C.
    .toLowerCase()
    .replaceAll(/[ßæœøłđ]/g, (letter) => folded[letter] ?? letter)
    .replaceAll('&', ' and ')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  while (words.length > 1 && legalForms.has(words.at(-1) ?? '')) words.pop();
  if (words.length > 1 && words[0] === 'the') words.shift();
  return words.join(' ');
}

function plainDomain(text: string): string {
  const host = text
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/^.*@/, '')
    .replace(/[/:?#].*$/, '')
    .replace(/^www\./, '')
    .replace(/\.$/, '');
  return host.includes('.') ? host : '';
}

const folded: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd' };

const legalForms = new Set(
  (
    'ltd limited llc llp lp inc incorporated corp corporation co company plc gmbh mbh ag kg kgaa ohg ug ev eg se bv nv ' +
    'vof sa sas sarl srl spa snc ab as asa aps oy oyj pty pvt pte sro doo kft ltda sl slu cic ' +
    'and'
  ) // What is left of `Smith & Co`.
    .split(' '),
);

/** Mail domains of everybody: two who share one have nothing in common. */
const everybodys = new Set(
  (
    'gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com icloud.com me.com aol.com gmx.com ' +
    'gmx.de gmx.net web.de t-online.de proton.me protonmail.com mail.com zoho.com'
  ).split(' '),
);
