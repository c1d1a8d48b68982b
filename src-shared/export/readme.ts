export interface Holds {
  /** Every entry that the checkpoint covers. */
  readonly isWhole: boolean;
  /** The signed policy in force, and those of before. */
  readonly hasPolicy: boolean;
  /** What calls asked and answered. */
  readonly bodies: boolean;
}

/** What an auditor reads first. */
export function readme(key: string, { isWhole, hasPolicy, bodies }: Holds): string {
  const entries = isWhole
    ? 'It holds every entry that its checkpoint covers.'
    : 'It holds some entries only (manifest.json, "filter"); proofs.jsonl shows each to be in the tree of the checkpoint. It shows nothing of what was left out.';
  const files = [
    ['entries.jsonl', 'the entries, one JSON document a line, in order'],
    ['checkpoint.txt', 'how many entries the ledger had and the root of their Merkle tree, signed by the device'],
    ['keys.txt', "the device's public key"],
    ...(isWhole ? [] : [['proofs.jsonl', 'for each entry its path in that tree (RFC 6962)']]),
    ...(bodies ? [['bodies.jsonl', 'what was asked and which records came of it, for each entry with a "body"']] : []),
    ['consistency.jsonl', 'checkpoints of earlier exports, and the proof that this one continues each'],
    ['policies.jsonl', 'the entries that put a policy in force, with their paths'],
    ...(hasPolicy
      ? [
          ['policy.json', 'the policy in force at the end, as the company signed it'],
          ['earlier-policies.jsonl', 'those that were in force before, as far as they are kept'],
        ]
      : []),
    ['manifest.json', 'what was asked for, and the SHA-256 of every file here'],
  ].map(([name, holds]) => `  ${name?.padEnd(24)}${holds}`);
  return `Evidence from a Bulkhead ledger

${entries}

${files.join('\n')}

To check it, on any machine with Bulkhead, without a network:

  bulkhead audit verify --file <this file> --key '<the key>' --checkpoint <an earlier checkpoint, if you kept one>

Take the key from the company, not from here: with the key in keys.txt you learn only that the bundle agrees with itself.
The company reads it on the device with "bulkhead audit key". Here it is said to be

  ${key}

To check it without Bulkhead: docs/audit-format.md of Bulkhead describes every byte. In short: the leaf of an entry is the
SHA-256 of a zero byte and its canonical JSON (RFC 8785) without "leaf"; "prev" is the leaf before; the leaves make the tree
of RFC 6962; its root is in checkpoint.txt, a C2SP signed note.${
    bodies
      ? ` The body of an entry is the one that was recorded when the SHA-256 of
the entry's "salt" and the body's canonical JSON is the entry's "commitment".`
      : ''
  }

Keep checkpoint.txt. With it you can tell next time whether anything it covers was rewritten.
`;
}
