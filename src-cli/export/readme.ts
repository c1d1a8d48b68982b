/** What an auditor reads first. */
export function readme(key: string, isWhole: boolean): string {
  const holds = isWhole
    ? 'It holds every entry that its checkpoint covers.'
    : 'It holds some entries only (manifest.json, "filter"); proofs.jsonl shows each to be in the tree of the checkpoint. It shows nothing of what was left out.';
  return `Evidence from a Bulkhead ledger

${holds}

  entries.jsonl      the entries, one JSON document a line, in order
  checkpoint.txt     how many entries the ledger had and the root of their Merkle tree, signed by the device
  keys.txt           the device's public key
${isWhole ? '' : '  proofs.jsonl       for each entry its path in that tree (RFC 6962)\n'}  consistency.jsonl  checkpoints of earlier exports, and the proof that this one continues each
  policies.jsonl     the entries that put a policy in force, with their paths
  manifest.json      what was asked for, and the SHA-256 of every file here

To check it, on any machine with Bulkhead, without a network:

  bulkhead audit verify --file <this file> --key '<the key>' --checkpoint <an earlier checkpoint, if you kept one>

Take the key from the company, not from here: with the key in keys.txt you learn only that the bundle agrees with itself.
The company reads it on the device with "bulkhead audit key". Here it is said to be

  ${key}

To check it without Bulkhead: docs/audit-format.md of Bulkhead describes every byte. In short: the leaf of an entry is the
SHA-256 of a zero byte and its canonical JSON (RFC 8785) without "leaf"; "prev" is the leaf before; the leaves make the tree
of RFC 6962; its root is in checkpoint.txt, a C2SP signed note.

Keep checkpoint.txt. With it you can tell next time whether anything it covers was rewritten.
`;
}
