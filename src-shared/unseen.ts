/**
 * Characters that a person who reads a text does not see, or that keep them from seeing others: controls, directions, tags,
 * fillers that are letters by name, what Unicode says is never drawn, what no font has, and what is drawn over the letter
 * before it. To stand between the brackets of a regular expression with the flag `u`.
 */
export const unseenCharacters = [
  String.raw`\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800`,
  String.raw`\p{Me}\u0334-\u0338\u20d0-\u20ff`,
].join('');
