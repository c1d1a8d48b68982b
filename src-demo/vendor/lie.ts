// A vendor that lies: whole, well-formed API answers changed at random. What it never does is make one customer's record
// claim to be another's: nobody outside the vendor could tell that apart from the truth, so nothing could be tested by
// it. Every other contradiction is allowed, because a careful reader can see it: a foreign owner, no owner, an owner of
// the wrong type, an id that is not the one asked for, a record where none belongs.
import type { Random } from '../random.ts';
import { createRandom } from '../random.ts';
import type { Answer } from './answer.ts';
import { jsonAnswer } from './answer.ts';
import type { CommonFaults } from './faults.ts';
import type { Json } from './json.ts';
import { parseJson } from './json.ts';
import type { Tale } from './lies.ts';
import { lies } from './lies.ts';
import type { Query } from './query.ts';

export type LieCall = { readonly method: string; readonly path: string; readonly query: Query };

/** What a vendor tells about its records, so that one set of lies serves all vendors. */
export type LieSource = {
  /** Members that lead to an owner, in any record of the vendor: the owner's id itself, or its parent's. */
  readonly owners: readonly string[];
  /** Members of records that hold other records. */
  readonly nests: readonly string[];
  /** Whether the records of this path are the customers themselves: their `id` is the owner, and is left alone. */
  readonly areOwners: (call: LieCall) => boolean;
  /** What the call asks rows of, by owner member; empty when it names no owner. */
  readonly asked: (call: LieCall) => Readonly<Record<string, number | string>>;
  /**
   * A record of anyone, as this path serves it and true in every member. Undefined for a path whose records carry
   * nothing that leads to an owner: a foreign one among them could not be told apart.
   */
  readonly anyone: (call: LieCall, random: Random) => Json | undefined;
};

export type Liar = {
  /** The answer, or a lie about it. `answer` must be JSON. */
  retell(lie: CommonFaults['lie'], call: LieCall, answer: Answer): Answer;
};

/** How many answers are kept to be given again in place of a later one. */
const most = 200;

export function createLiar(source: LieSource): Liar {
  let told: CommonFaults['lie'] = null;
  let random = createRandom(0);
  const earlier = new Map<string, string>();
  return {
    retell(lie, call, answer) {
      if (lie !== told) {
        told = lie;
        random = createRandom(lie?.seed ?? 0);
        earlier.clear();
      }
      if (lie === null) return answer;
      const text = answer.body.toString();
      // Only for the same asker: rows that are known by the question alone would change hands otherwise.
      const question = `${call.path} ${JSON.stringify(source.asked(call))}`;
      const before = earlier.get(question);
      if (earlier.size < most) earlier.set(question, text);
      if (!random.chance(lie.rate)) return answer;
      return jsonAnswer(answer.status, JSON.stringify(invent({ source, call, random, before }, parseJson(text))));
    },
  };
}

/** One lie mostly, now and then two or three on top of each other. */
function invent(tale: Tale, truth: unknown): unknown {
  const share = tale.random.next();
  const count = share < 0.7 ? 1 : share < 0.9 ? 2 : 3;
  let body = truth;
  for (let at = 0; at < count; at += 1) body = tale.random.pick(lies)(tale, body);
  return body;
}
