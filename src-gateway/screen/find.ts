// Finding the mentions of other customers in one text. One pass over the text decides that almost every word begins no
// term; only from the others is the graph walked. A walk is never longer than the longest term and a gap between words has
// a limit in everything but white space, so the whole is linear in the text, whoever wrote it.
import { firstWordUnit, keptUnits, foldFrom, table } from './fold.ts';
import { type Graph, hashFactor, mayBegin } from './graph.ts';
import { type Mention, Reading } from './reading.ts';

export interface Finder {
  /** Mentions in their order, none overlapping; empty for almost every text. `own` are nodes that name the bound customer. */
  readonly find: (text: string, own: ReadonlySet<number>) => readonly Mention[];
  /** Units looked at since the finder was made. For tests: time is noisy, counts are not. */
  readonly effort: () => number;
}

export function makeFinder(graph: Graph): Finder {
  const { firsts } = graph;
  const kept = new Uint16Array(keptUnits + 1);
  const reading = new Reading(graph);
  let effort = 0;

  /** Reads the text from its start to the first word that may begin a term. Almost every text ends before. */
  const find = (text: string, own: ReadonlySet<number>): readonly Mention[] => {
    const { length } = text;
    // What a long text needs is not kept for the next: one of 4 MB must not cost memory for good.
    const units = length <= keptUnits ? kept : new Uint16Array(length + 1);
    let hash = 0;
    let start = 0;
    let at = 0;
    for (; at < length; at += 1) {
      const unit = table[text.charCodeAt(at)] as number;
      units[at] = unit;
      if (unit >= firstWordUnit) hash = (Math.imul(hash, hashFactor) + unit) | 0;
      else {
        if (unit === 0 || (at > start && mayBegin(firsts, hash))) break;
        hash = 0;
        start = at + 1;
      }
    }
    effort += at;
    if (at === length && (at === start || !mayBegin(firsts, hash))) return none;
    reading.open(text, foldFrom(text, at, units), own);
    const mentions = reading.from(start);
    effort += length - at + reading.effort;
    reading.close();
    return mentions;
  };
  return { find, effort: () => effort };
}

const none: readonly Mention[] = [];
