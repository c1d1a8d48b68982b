// All terms of all customers as one graph of words, in typed arrays: a node, a word, the next node. Built once for a tenant
// and never changed. Looking a word up costs the same whatever the text; the texts' authors cannot add to the graph.
import type { Term } from './terms.ts';

/** Where a walk begins. Nodes of terms come after these. */
export const root = { none: 0, name: 1, exact: 2, number: 3, holder: 4, qualifier: 5, form: 6 } as const;

export interface Graph {
  /** By node: the rule of the term that ends there, or 0. */
  readonly rules: Uint8Array;
  /** The node after `node` by the word `units[from..to)`, whose hash is `hash`; 0 when there is none. */
  readonly next: (node: number, hash: number, units: Uint16Array, from: number, to: number) => number;
  /** Bits by hash, for `mayBegin`: the words anything at all may begin with, those of exact terms, and the holders. */
  readonly firsts: Uint32Array;
  readonly exactFirsts: Uint32Array;
  readonly holders: Uint32Array;
}

/** The hash of a word grows by its units: `Math.imul(hash, 31) + unit`, from 0. */
export const hashFactor = 31;

/** Whether a term may begin with a word of this hash. */
export function mayBegin(firsts: Uint32Array, hash: number): boolean {
  const bit = Math.imul(hash, spread) >>> 9;
  return (((firsts[(bit >>> 5) & (firsts.length - 1)] as number) >>> (bit & 31)) & 1) !== 0;
}

export interface Words {
  /** Words after which a number says whose it is: "client". */
  readonly holders: readonly string[];
  /** Words that may stand between: "id". */
  readonly qualifiers: readonly string[];
  readonly forms: Iterable<string>;
}

export function buildGraph(terms: readonly Term[], { holders, qualifiers, forms }: Words): Graph {
  // Twice over, because a part may have an equal and lists of words are few.
  const edges = makeEdges(terms.reduce((sum, { parts }) => sum + parts.length, 0) * 2);
  const { rules } = edges;
  for (const { kind, parts, rule } of terms) {
    let node: number = root[kind];
    for (const part of parts) node = edges.add(node, kind === 'name' ? (alike.get(part) ?? [part]) : [part]);
    const before = rules[node] as number;
    if (before === 0 || rule < before) rules[node] = rule;
  }
  for (const word of holders) edges.add(root.holder, [word]);
  for (const word of qualifiers) edges.add(root.qualifier, [word]);
  for (const word of forms) edges.add(root.form, [word]);

  const names = new Set<string>();
  const exact = new Set<string>();
  for (const { kind, parts } of terms) {
    const [first = ''] = parts;
    if (kind === 'name') for (const word of alike.get(first) ?? [first]) names.add(word);
    else if (kind === 'exact') exact.add(first);
  }
  const said = new Set(terms.some(({ kind }) => kind === 'number') ? holders : []);
  return {
    rules,
    next: edges.next,
    firsts: firstBits(names.union(exact).union(said)),
    exactFirsts: firstBits(exact),
    holders: firstBits(said),
  };
}

/** The node a term ends at, or 0. */
export function nodeOf(graph: Graph, kind: Term['kind'], parts: readonly string[]): number {
  let node: number = root[kind];
  for (const part of parts) {
    if (node === root.none) break;
    node = graph.next(node, hashOf(part), unitsIn(part), 0, part.length);
  }
  return node;
}

function firstBits(words: ReadonlySet<string>): Uint32Array {
  let size = 128;
  while (size * 32 < words.size * bitsForOne) size *= 2;
  const firsts = new Uint32Array(size);
  for (const word of words) {
    const bit = Math.imul(hashOf(word), spread) >>> 9;
    const at = (bit >>> 5) & (size - 1);
    firsts[at] = (firsts[at] as number) | (1 << (bit & 31));
  }
  return firsts;
}

/**
 * An open hash table of (node, word) to node. Four numbers an edge, side by side because one look-up reads them all:
 *
 *   from   the node it leads from; 0 when the slot is free
 *   hash   of the word
 *   to     the node it leads to
 *   start  where the word's letters begin, ended by a 0
 */
function makeEdges(parts: number) {
  let size = 1024;
  while (size < parts * 2) size *= 2;
  const mask = size - 1;
  const edges = new Int32Array(size * 4);
  const pool = makePool();
  let nodes = firstNode;

  const isSame = (start: number, units: Uint16Array, at: number, end: number): boolean => {
    const { letters } = pool;
    let same = start;
    for (let unit = at; unit < end; unit += 1) {
      if (units[unit] !== letters[same]) return false;
      same += 1;
    }
    return letters[same] === 0;
  };
  return {
    rules: new Uint8Array(size),
    next: (node: number, hash: number, units: Uint16Array, at: number, end: number): number => {
      for (let slot = mix(hash, node) & mask; ; slot = (slot + 1) & mask) {
        const edge = slot * 4;
        const from = edges[edge] as number;
        if (from === 0) return 0;
        if (from !== node || edges[edge + 1] !== hash) continue;
        if (isSame(edges[edge + 3] as number, units, at, end)) return edges[edge + 2] as number;
      }
    },
    /** The node after `node` by any of these words, which are written for one another. */
    add: (node: number, words: readonly string[]): number => {
      let target = 0;
      for (const { start, hash } of words.map(pool.word)) {
        let slot = mix(hash, node) & mask;
        while (edges[slot * 4] !== 0 && !(edges[slot * 4] === node && edges[slot * 4 + 3] === start)) {
          slot = (slot + 1) & mask;
        }
        if (edges[slot * 4] === 0) {
          if (target === 0) target = nodes++;
          edges.set([node, hash, target, start], slot * 4);
        } else target = edges[slot * 4 + 2] as number;
      }
      return target;
    },
  };
}

/** Every word once, its letters end to end with the others', a 0 after each. */
function makePool() {
  const known = new Map<string, { start: number; hash: number }>();
  let used = 0;
  const pool = {
    letters: new Uint16Array(1024),
    word: (word: string) => {
      const before = known.get(word);
      if (before !== undefined) return before;
      if (used + word.length >= pool.letters.length) {
        const more = new Uint16Array((used + word.length + 1) * 2);
        more.set(pool.letters);
        pool.letters = more;
      }
      for (let at = 0; at < word.length; at += 1) pool.letters[used + at] = word.charCodeAt(at);
      const kept = { start: used, hash: hashOf(word) };
      known.set(word, kept);
      used += word.length + 1;
      return kept;
    },
  };
  return pool;
}

function mix(hash: number, node: number): number {
  const mixed = Math.imul(hash ^ Math.imul(node, spread), 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}

export function unitsIn(word: string): Uint16Array {
  const units = new Uint16Array(word.length);
  for (let at = 0; at < word.length; at += 1) units[at] = word.charCodeAt(at);
  return units;
}

export function hashOf(word: string): number {
  let hash = 0;
  for (let at = 0; at < word.length; at += 1) hash = (Math.imul(hash, hashFactor) + word.charCodeAt(at)) | 0;
  return hash;
}

/** Brings what differs in the low bits of a hash to the high ones. */
const spread = 0x9e3779b1;
const firstNode = 16;
/** Bits for one first word: about one word in fifty of a text is looked at for nothing. */
const bitsForOne = 64;

/** Words written for one another inside a name. */
const alike: ReadonlyMap<string, readonly string[]> = new Map(
  [
    'ltd limited',
    'co company',
    'inc incorporated',
    'corp corporation',
    'st saint',
    'bros brothers',
    'centre center',
    'mt mount',
  ]
    .map((line) => line.split(' '))
    .flatMap((words) => words.map((word) => [word, words] as const)),
);
