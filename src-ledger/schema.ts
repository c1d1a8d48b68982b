/**
 * The tables of a ledger. `text` is the entry exactly as it was hashed; the columns before it repeat members of it for
 * searching, and verify.ts compares them, so that a changed column cannot hide an entry from a search. Bodies can be dropped
 * and their keys forgotten; entries stay.
 */
export const applicationId = 0x42_4c_4b_48; // "BLKH"
export const formatVersion = 1;

export const schema = `
CREATE TABLE IF NOT EXISTS entry (
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  kind TEXT NOT NULL,
  customer TEXT,
  principal TEXT NOT NULL,
  text TEXT NOT NULL,
  leaf BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS intent_at ON entry (at) WHERE kind = 'call.intent';

-- Intents without an outcome. Kept in the transaction of the entry that opens or closes one.
CREATE TABLE IF NOT EXISTS open_intent (seq INTEGER PRIMARY KEY);

-- The last signed tree head and the last unsigned one, with the frontier to go on from at the next open.
CREATE TABLE IF NOT EXISTS tree_head (
  is_signed INTEGER PRIMARY KEY,
  size INTEGER NOT NULL,
  note TEXT NOT NULL,
  frontier BLOB NOT NULL
);

-- Every signed checkpoint, for good: where history was rewritten shows between two of them.
CREATE TABLE IF NOT EXISTS checkpoint (size INTEGER PRIMARY KEY, note TEXT NOT NULL);

-- Keys of bodies, sealed by the broker under their customer's key: \`under\`, which is null for the company's own.
-- \`wrapped\` is null once they were forgotten.
CREATE TABLE IF NOT EXISTS body_key (id INTEGER PRIMARY KEY, under TEXT, wrapped TEXT);

-- What calls asked and answered, by the entry it belongs to, sealed with a key of body_key.
CREATE TABLE IF NOT EXISTS body (seq INTEGER PRIMARY KEY, key INTEGER NOT NULL, sealed BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS body_of_key ON body (key);
CREATE INDEX IF NOT EXISTS tombstone ON entry (seq) WHERE kind = 'retention.tombstone';

-- A tripwire and no more: whoever can write the file can drop them. The chain and the checkpoints are the evidence.
CREATE TRIGGER IF NOT EXISTS entry_is_final BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'entries are final'); END;
CREATE TRIGGER IF NOT EXISTS entry_stays BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'entries are final'); END;
`;
