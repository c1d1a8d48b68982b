// One text, read word by word against the graph of terms.
//
// Longest match wins, and the bound customer's own names win over what lies inside them: with Acme Ltd bound, "Acme" names
// nobody else while "Acme Group" does; with Meridian Logistics bound, "Meridian" is nobody else's.
import { isCapital, isEvident } from './evidence.ts';
import { between, type Folded, firstWordUnit, type Origins, originOf } from './fold.ts';
import { type Graph, hashFactor, hashOf, mayBegin, root, unitsIn } from './graph.ts';
import { rule, type Rule } from './rules.ts';

/** A mention of another customer: `text[from..to)`. */
export interface Mention {
  readonly from: number;
  readonly to: number;
  /** Whether the text is nothing but another customer's id. */
  readonly isWholeId: boolean;
}

export class Reading {
  /** Units looked at in this text so far. */
  effort = 0;
  readonly #graph: Graph;
  #text = '';
  #units: Uint16Array = nothing;
  #length = 0;
  #origins: Origins = { units: [], places: [] };
  #own: ReadonlySet<number> = new Set();
  #found: { from: number; to: number; isWholeId: boolean }[] = [];
  /** Up to where the text names the bound customer: what ends before that is no other's. */
  #ownEnd = 0;
  /** Of the word read last. */
  #end = 0;
  #hash = 0;

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  /** Begins another text. Nothing of the one before is left. */
  open(text: string, { units, length, origins }: Folded, own: ReadonlySet<number>): void {
    this.effort = 0;
    this.#text = text;
    this.#units = units;
    this.#length = length;
    this.#origins = origins;
    this.#own = own;
    this.#found = [];
    this.#ownEnd = 0;
  }

  /** Lets go of the text. */
  close(): void {
    this.open('', { units: nothing, length: 0, origins: { units: [], places: [] } }, new Set());
  }

  /** The mentions from a unit on; before it begins none. */
  from(first: number): readonly Mention[] {
    const units = this.#units;
    const { firsts } = this.#graph;
    this.effort += this.#length - first;
    for (let at = first; at < this.#length; at += 1) {
      let unit = units[at] as number;
      if (unit < firstWordUnit) continue;
      const start = at;
      let hash = 0;
      for (; unit >= firstWordUnit; unit = units[at] as number) {
        hash = (Math.imul(hash, hashFactor) + unit) | 0;
        at += 1;
      }
      if (mayBegin(firsts, hash)) this.#visit(start, at, hash);
    }
    return this.#found;
  }

  /** A word that may begin a term. */
  #visit(start: number, end: number, hash: number): void {
    const { exactFirsts, holders } = this.#graph;
    const exact = mayBegin(exactFirsts, hash) ? this.#byExact(start, end, hash) : noMatch;
    const name = this.#byName(start, end, hash);
    if (exact.end > Math.max(this.#ownEnd, name)) this.#addExact(start, exact.end, exact.isDomain);
    else if (name > this.#ownEnd) this.#add(this.#at(start), this.#at(name));
    if (mayBegin(holders, hash) && this.#next(root.holder, hash, start, end) !== 0) this.#byNumber(end);
  }

  /** Names: words with anything between them. Returns where the longest that is evident ends, or 0. */
  #byName(start: number, firstEnd: number, firstHash: number): number {
    let node = this.#next(root.name, firstHash, start, firstEnd);
    let end = firstEnd;
    let longest = 0;
    for (let words = 1; node !== 0; words += 1) {
      const found = this.#graph.rules[node] as Rule | 0;
      if (found !== 0 && this.#own.has(node)) this.#ownEnd = Math.max(this.#ownEnd, end);
      else if (found !== 0) longest = Math.max(longest, this.#evidentEnd(found, start, end, words === 1));
      const gap = this.#gapAfter(end);
      if (gap === undefined) break;
      const and = gap.hasAnd ? this.#graph.next(node, andHash, andUnits, 0, andUnits.length) : 0;
      this.#readWord(gap.to);
      end = this.#end;
      node = this.#next(and === 0 ? node : and, this.#hash, gap.to, end);
    }
    return longest;
  }

  /** Where the name ends if there is evidence for it, a legal form after it included; or 0. */
  #evidentEnd(found: Rule, start: number, end: number, isSingle: boolean): number {
    const [from, to] = [this.#at(start), this.#at(end)];
    const hasCapital = isCapital(this.#text, from);
    if (found === rule.never || (isSingle && found !== rule.any && !hasCapital)) return 0;
    if (found === rule.capitals || found === rule.upper) this.effort += to - from;
    const gap = hasCapital ? this.#gapAfter(end) : undefined;
    if (gap !== undefined && isCapital(this.#text, this.#at(gap.to))) {
      // "Apple Ltd" is a company, "Orange limited edition" is not.
      this.#readWord(gap.to);
      if (this.#next(root.form, this.#hash, gap.to, this.#end) !== 0) return this.#end;
    }
    return isEvident(found, this.#text, { from, to, isSingle }) ? end : 0;
  }

  /** Domains, codes and ids: words and the very signs between them. */
  #byExact(start: number, firstEnd: number, firstHash: number): { end: number; isDomain: boolean } {
    let node = this.#next(root.exact, firstHash, start, firstEnd);
    let end = firstEnd;
    let longest = noMatch;
    while (node !== 0) {
      const found = this.#graph.rules[node] as Rule | 0;
      if (found !== 0 && this.#isExact(found, start, end)) {
        if (this.#own.has(node)) this.#ownEnd = Math.max(this.#ownEnd, end);
        else longest = { end, isDomain: found === rule.domain };
      }
      // "acme[.]example" is how people write a domain that nobody shall click on.
      const isGuarded = this.#units[end] === between.open && this.#units[end + 2] === between.close;
      const sign = isGuarded ? end + 1 : end;
      const word = isGuarded ? end + 3 : end + 1;
      if (!this.#isWord(word)) break;
      node = this.#next(node, this.#units[sign] as number, sign, sign + 1);
      if (node === 0) break;
      this.#readWord(word);
      end = this.#end;
      node = this.#next(node, this.#hash, word, end);
    }
    return longest;
  }

  /** `notacme.example` is another word already; `not-acme.example` and `acme.example.org` are other domains. */
  #isExact(found: Rule, start: number, end: number): boolean {
    if (found === rule.upper)
      return isEvident(found, this.#text, { from: this.#at(start), to: this.#at(end), isSingle: false });
    if (found !== rule.domain) return true;
    const isInner = this.#units[start - 1] === between.dash && this.#isWord(start - 2);
    const isLonger = (this.#units[end] === between.dot || this.#units[end] === between.dash) && this.#isWord(end + 1);
    return !isInner && !isLonger;
  }

  /** Numbers after a word that says whose they are: `client 214`, `client_ids=87,166`, `Customer no. 12`. */
  #byNumber(holderEnd: number): void {
    let end = holderEnd;
    let isSaid = false;
    for (let words = 0; words < mostNumbers; words += 1) {
      let at = end;
      while (at < end + widestNumberGap && at < this.#length && !this.#isWord(at)) at += 1;
      if (!this.#isWord(at)) return;
      const gap = this.#text.slice(this.#at(end), this.#at(at));
      this.effort += gap.length;
      this.#readWord(at);
      end = this.#end;
      isSaid ||= /[#:=_"]/.test(gap);
      if (this.#next(root.qualifier, this.#hash, at, end) !== 0) {
        isSaid = true;
        continue;
      }
      const digits = this.#text.slice(this.#at(at), this.#at(end));
      this.effort += digits.length;
      if (!/^[0-9]{1,20}$/.test(digits) || /[\n.!?]\s/.test(gap.replace('.', isSaid ? '' : '.'))) return;
      const node = this.#next(root.number, this.#hash, at, end);
      const isOther = node !== 0 && !this.#own.has(node);
      if (isOther && (isSaid || digits.length >= shortestUnsaid)) this.#add(this.#at(at), this.#at(end));
    }
  }

  /** Where the next word of a name begins, if what is between may stand inside one. */
  #gapAfter(end: number): { to: number; hasAnd: boolean } | undefined {
    let [at, signs, tags] = [end, 0, 0];
    let hasAnd = false;
    for (; !this.#isWord(at); at += 1) {
      const unit = this.#units[at] as number;
      if (unit === 0 || signs > mostSigns) return undefined;
      const tag = unit === between.less && tags < mostTags ? this.#tagEnd(at) : at;
      if (tag > at) tags += 1;
      else if (unit !== between.space) signs += 1;
      if (unit === between.and || unit === between.plus) hasAnd = true;
      at = tag;
    }
    this.effort += at - end;
    return { to: at, hasAnd };
  }

  /** The last unit of the tag that begins here, or `at`. What stands in the tag is read like everything else, elsewhere. */
  #tagEnd(at: number): number {
    for (let end = at + 1; end < at + longestTag && end < this.#length; end += 1) {
      this.effort += 1;
      if (this.#units[end] === between.less) return at;
      if (this.#units[end] === between.more) return end;
    }
    return at;
  }

  #addExact(start: number, end: number, isDomain: boolean): void {
    const [from, to] = [this.#at(start), this.#at(end)];
    if (!isDomain) return this.#add(from, to, from === 0 && to === this.#text.length);
    // A mail address goes as a whole, a host with its sub-domains: who works there is as foreign as where. The mention
    // before is where it ends, so that no character is looked at for two of them.
    const least = this.#found.at(-1)?.to ?? 0;
    let first = from;
    while (first > least && /[\p{L}\p{N}.@_+'%-]/u.test(this.#text.charAt(first - 1))) first -= 1;
    this.effort += from - first;
    this.#add(first, to);
  }

  #add(from: number, to: number, isWholeId = false): void {
    const last = this.#found.at(-1);
    if (last === undefined || from > last.to) this.#found.push({ from, to, isWholeId });
    else last.to = Math.max(last.to, to);
  }

  #at(unit: number): number {
    return originOf(unit, this.#origins);
  }

  #isWord(at: number): boolean {
    return at >= 0 && at < this.#length && (this.#units[at] as number) >= firstWordUnit;
  }

  #readWord(start: number): void {
    let at = start;
    let hash = 0;
    for (let unit = this.#units[at] as number; unit >= firstWordUnit; unit = this.#units[at] as number) {
      hash = (Math.imul(hash, hashFactor) + unit) | 0;
      at += 1;
    }
    this.#end = at;
    this.#hash = hash;
    this.effort += at - start;
  }

  #next(node: number, hash: number, from: number, to: number): number {
    this.effort += to - from;
    return this.#graph.next(node, hash, this.#units, from, to);
  }
}

const nothing = new Uint16Array(1);
const noMatch = { end: 0, isDomain: false };
const andUnits = unitsIn('and');
const andHash = hashOf('and');

/** Signs other than white space between two words of a name. */
const mostSigns = 8;
const mostTags = 4;
const longestTag = 80;
const widestNumberGap = 6;
/** Ids in one list. A longer list is read as far as here, which keeps a list of lists linear. */
const mostNumbers = 2000;
/** "client 12 rooms" says nothing; "client 214" may. */
const shortestUnsaid = 3;
