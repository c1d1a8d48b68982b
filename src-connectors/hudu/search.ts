// Looking for text in what a tool shows. Never by the vendor's own search: that may look into what is kept back, custom
// fields and passwords among it, and whether a record is found would tell it letter by letter. Nor is the text sent and the
// answer sifted: whether a full page came back would still tell.

/** Whether every word is somewhere in these texts, in upper or lower case. Without words, all is found. */
export function isFound(words: string | undefined, shown: readonly (string | undefined)[]): boolean {
  if (words === undefined) return true;
  const text = shown.join('\n').toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
