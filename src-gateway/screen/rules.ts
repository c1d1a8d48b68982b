// What a text must show before a term counts as a mention. Decided once for each term, from the words it is made of.
import { isEveryday, isProper } from './everyday.ts';

/** The lower the easier to meet: a term that has two counts by the lower. */
export const rule = {
  /** However it is written. */
  any: 1,
  /** Every word of weight with its capital. */
  capitals: 2,
  /** In capitals throughout. */
  upper: 3,
  /** With its capital inside a sentence, no neighbour having one. */
  alone: 4,
  /** Never by itself, only before a legal form: "Apple Ltd". */
  form: 5,
  /** A domain, with nothing that makes it another. */
  domain: 6,
  /** A code, however it is written, or an id. */
  id: 7,
  /** Never a mention, and nothing inside it is one: the policy says so. */
  never: 8,
} as const;
export type Rule = (typeof rule)[keyof typeof rule];

/** Words a company is by law, not by name. */
export const legalForms: ReadonlySet<string> = new Set(
  'ltd limited llp llc inc incorporated plc gmbh ag corp corporation co company pty sa sas bv nv srl oy ab aps cic lp'.split(
    ' ',
  ),
);

/** Words without weight of their own inside a name. */
export const smallWords: ReadonlySet<string> = new Set(
  'a an and at by for from in of on or the to with de la le du und y'.split(' '),
);

/** `spelled` is the term as the MSP writes it, `words` its folded words. */
export function ruleFor(spelled: string, words: readonly string[]): Rule {
  const [word = ''] = words;
  if (words.length > 1) return words.every(isOrdinary) ? rule.capitals : rule.any;
  if (word.length <= 2 || isProper(word) || legalForms.has(word) || /^[0-9]+$/.test(word)) return rule.form;
  if (isEveryday(word)) return rule.alone;
  if (word.length === 3) return spelled === spelled.toUpperCase() ? rule.upper : rule.capitals;
  return word.length === 4 ? rule.capitals : rule.any;
}

/** `MERI-7`. Letters that mean something else too must be in capitals: `WIN-10`, `IN-5`. */
export function ruleForCode(letters: string): Rule {
  return letters.length <= 3 || isOrdinary(letters) ? rule.upper : rule.id;
}

function isOrdinary(word: string): boolean {
  return (
    word.length <= 2 ||
    /^[0-9]+$/.test(word) ||
    legalForms.has(word) ||
    smallWords.has(word) ||
    isEveryday(word) ||
    isProper(word)
  );
}
