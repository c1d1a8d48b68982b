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
  /**
   * Whether every entry was shown to be in the tree that the checkpoint speaks of. False: each agrees with itself alone, and
   * anyone could have written it.
   */
  readonly isProven: boolean;
  /**
   * `valid` under the key that was given. `enclosed`: under the key in the bundle, which came from the same hands.
   * `unchecked`: signed, but there was no key. `none`: not signed.
   */
  readonly signature: 'valid' | 'enclosed' | 'invalid' | 'unchecked' | 'none';
  /** When it is ok: the entries that the checkpoint covers. An export can end at any checkpoint that somebody kept. */
  readonly covered?: number;
  /** When it is ok and there are entries: when the last of them was recorded. */
  readonly lastAt?: string;
  /** With it: what the clock said then, where that was well before it. The clock was ahead once, or was behind. */
  readonly lastClock?: string;
  /** In a bundle with bodies: how many are those that were recorded, and how many are said not to be had. */
  readonly bodies?: { readonly opened: number; readonly absent: number };
  /**
   * In a bundle with the policy in force, when it is ok. It is signed by a key that came with it; `isRecorded`: and it is
   * the very text that the ledger names.
   */
  readonly policy?: { readonly version: number; readonly isRecorded: boolean };
  /**
   * In a bundle of a ledger that says of policies that they were in force, when it is ok: how many, each counted once, and of how
   * many the very text that the ledger names is here.
   */
  readonly policies?: { readonly inForce: number; readonly withText: number };
}

type Found = { readonly [Name in Exclude<keyof EvidenceVerdict, 'ok'>]?: EvidenceVerdict[Name] | undefined };

/** The verdict on what was found: of what is bad it claims nothing. */
export function verdictOf(found: Found): EvidenceVerdict {
  const { entries = 0, firstBad, signature = 'none', covered, lastAt, lastClock, bodies, policy, policies } = found;
  const ok = !firstBad;
  return {
    ok,
    entries,
    ...(firstBad ? { firstBad } : {}),
    isComplete: ok && found.isComplete === true,
    isProven: ok && found.isProven === true,
    signature,
    ...(ok && covered !== undefined ? { covered } : {}),
    ...(ok && lastAt !== undefined ? { lastAt } : {}),
    ...(ok && lastClock !== undefined ? { lastClock } : {}),
    ...(ok && policy ? { policy } : {}),
    ...(ok && policies ? { policies } : {}),
    ...(bodies ? { bodies } : {}),
  };
}
