import { Fault } from '../fault.ts';
import { jsonLines, readAgain, type Source } from './source.ts';

/**
 * Bodies asked for at a time. Each question is on record, so not too few; and an answer is one message, so not more than
 * fit into one when each is as long as a body can be.
 */
const batch = 250;
/** Milliseconds: keys may have to be opened first. */
const openWithin = 60_000;

/** One line for each entry that has a commitment, in order: its body, or why that is not to be had. */
export async function* openedBodies(source: Source): AsyncGenerator<string> {
  const waiting: number[] = [];
  for await (const entries of readAgain(source)) {
    waiting.push(...entries.flatMap(({ seq, body }) => (body === undefined ? [] : [seq])));
    while (waiting.length >= batch) yield await linesOf(source, waiting.splice(0, batch));
  }
  if (waiting.length > 0) yield await linesOf(source, waiting);
}

async function linesOf(source: Source, seqs: number[]): Promise<string> {
  const answer = await source.api.bodiesOf({ seqs }, source.within(openWithin));
  const opened = new Map(answer.map((each) => [each.seq, each]));
  return jsonLines(
    seqs.map((seq) => {
      const { body, why } = opened.get(seq) ?? { body: null, why: null };
      if (body === null && why === null)
        throw new Fault('EXPORT_INCOMPLETE', `The ledger said nothing of the body of entry ${seq}.`);
      source.count.bodies += body === null ? 0 : 1;
      return body === null ? { seq, why } : { seq, body };
    }),
  );
}
