/**
 * Characters that a person who reads a text does not see: controls, directions, tags, fillers that are letters by name, what
 * Unicode says is never drawn, and what no font has. To stand between the brackets of a regular expression with the flag `u`.
 */
export const unseenCharacters = String.raw`\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800`;
