/** What can be wrong with evidence: the word for it, the position of the first bad entry, and a sentence. */
export interface Bad {
  readonly seq: number;
  readonly what: 'changed' | 'missing' | 'reordered' | 'inserted' | 'truncated' | 'forked' | 'wrong key';
  readonly problem: string;
}

export interface EvidenceVerdict {
  readonly ok: boolean;
  /** Entries found in order, up to the first bad one. */
  readonly entries: number;
  readonly firstBad?: Bad;
  /** True when these are all entries that the checkpoint covers. False: nothing is known of what was left out. */
  readonly isComplete: boolean;
  /** Whether every entry was shown to be in the tree that the checkpoint speaks of. */
  readonly isProven: boolean;
  /**
   * `valid` under the key that was given. `enclosed`: under the key in the bundle, which came from the same hands.
   * `unchecked`: signed, but there was no key. `none`: not signed.
   */
  readonly signature: 'valid' | 'enclosed' | 'invalid' | 'unchecked' | 'none';
  /** In a bundle with bodies: how many are those that were recorded, and how many are said not to be had. */
  readonly bodies?: { readonly opened: number; readonly absent: number };
}
