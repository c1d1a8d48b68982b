import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkSignature } from '../../src-renderer/screens/ledger/check-signature.ts';
import { isCommitted, proveEntry } from '../../src-renderer/screens/ledger/prove-entry.ts';
import { canonical } from '../../src-shared/canonical.ts';
import { checkpointBody } from '../../src-shared/merkle/checkpoint.ts';
import { signedNote } from '../../src-shared/merkle/note.ts';
import { Entry } from '../../src-shared/model/entry.ts';
import { leafOf, pathsOf, recordedLedger } from '../e2e/window-fixture-ledger.ts';

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

const entries: Entry[] = [];
for (let seq = 1; seq <= 37; seq++) {
  const rest = {
    v: 1 as const,
    seq,
    at: '2026-11-21T09:00:01.000Z',
    tenant: 'northway',
    device: 'laptop-1',
    kind: 'call.intent',
    principal: { kind: 'technician', id: 'anna', name: 'Anna Bergström', client: 'claude-code' },
    customer: 'MERI-7',
    prev: entries.at(-1)?.leaf ?? '0'.repeat(64),
  };
  const made = Entry.parse({ ...rest, leaf: '0'.repeat(64) });
  const { leaf: _, ...bare } = made;
  entries.push({ ...made, leaf: Buffer.from(leafOf(bare)).toString('hex') });
}
const ledger = recordedLedger(entries);
const noteOf = (size: number): string =>
  checkpointBody({ origin: 'bulkhead/northway/laptop-1', size, root: ledger.subtree(0, size) });
const evidence = (seq: number, size = entries.length) => ({
  entry: ledger.entry(seq),
  note: noteOf(size),
  path: pathsOf(ledger, { size, seqs: [seq] })[0] ?? [],
});

describe('proveEntry', () => {
  it('proves every entry in the tree of every checkpoint that covers it', () => {
    for (const size of [1, 2, 3, 31, 32, 33, 37])
      for (let seq = 1; seq <= size; seq++)
        expect(proveEntry(evidence(seq, size))).toMatchObject({ isProven: true, size });
    expect(proveEntry(evidence(5))).toEqual({ isProven: true, size: 37, hashes: 6 });
  });

  it('proves nothing of an entry that was changed in any member', () => {
    const changed = [{ customer: 'FERN-2' }, { seq: 6 }, { at: '2026-11-21T09:00:01.001Z' }, { tool: 'x' }];
    for (const part of changed) {
      const { entry, ...rest } = evidence(5);
      expect(proveEntry({ ...rest, entry: { ...entry, ...part } })).toEqual({ isProven: false, because: 'leaf' });
    }
  });

  it('proves nothing of an entry whose leaf was changed with it', () => {
    const { entry, ...rest } = evidence(5);
    const { leaf: _, ...bare } = { ...entry, customer: 'FERN-2' };
    const forged = { ...bare, leaf: Buffer.from(leafOf(bare)).toString('hex') };
    expect(proveEntry({ ...rest, entry: forged })).toEqual({ isProven: false, because: 'path' });
  });

  it.each([
    ['a hash too few', (path: string[]) => path.slice(1)],
    ['a hash too many', (path: string[]) => [...path, path[0] ?? '']],
    ['another order', (path: string[]) => path.toReversed()],
    ['a hash that is none', (path: string[]) => ['not base64', ...path.slice(1)]],
    ['no path', () => []],
  ])('proves nothing by %s', (_, change) => {
    const given = evidence(5);
    expect(proveEntry({ ...given, path: change([...given.path]) })).toEqual({ isProven: false, because: 'path' });
  });

  it('proves nothing by a checkpoint that ends before the entry, or is none', () => {
    expect(proveEntry({ ...evidence(5), note: noteOf(4) })).toEqual({ isProven: false, because: 'size' });
    expect(proveEntry({ ...evidence(5), note: 'trust me\n' })).toEqual({ isProven: false, because: 'note' });
  });
});

describe('checkSignature', () => {
  const pair = generateKeyPairSync('ed25519');
  const x = pair.publicKey.export({ format: 'jwk' }).x ?? '';
  const name = 'bulkhead/northway/laptop-1';
  const signed = (body: string, text = body): string =>
    signedNote(
      text,
      { name, publicKey: Buffer.from(x, 'base64url') },
      sign(null, Buffer.from(body), pair.privateKey),
      sha256,
    );

  it('is valid for what the device signed', async () => {
    expect(await checkSignature(signed(noteOf(37)), { name, publicKey: x })).toBe('valid');
  });

  it('is invalid for another text, another key and another name', async () => {
    const other = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }).x ?? '';
    expect(await checkSignature(signed(noteOf(36), noteOf(37)), { name, publicKey: x })).toBe('invalid');
    expect(await checkSignature(signed(noteOf(37)), { name, publicKey: other })).toBe('invalid');
    expect(await checkSignature(signed(noteOf(37)), { name: 'bulkhead/northway/other', publicKey: x })).toBe('invalid');
  });

  it('says where there is no signature at all', async () => {
    expect(await checkSignature(noteOf(37), { name, publicKey: x })).toBe('none');
  });
});

describe('isCommitted', () => {
  const body = { params: { customer: 'MERI-7' }, blind: 'b'.repeat(32) };
  const salt = 'a'.repeat(32);
  const commitment = createHash('sha256')
    .update(`${salt}${canonical(body)}`)
    .digest('hex');

  it('holds for the body that was recorded, and for no other', () => {
    expect(isCommitted({ salt, commitment }, body)).toBe(true);
    expect(isCommitted({ salt, commitment }, { ...body, params: { customer: 'FERN-2' } })).toBe(false);
    expect(isCommitted({ salt: 'c'.repeat(32), commitment }, body)).toBe(false);
  });
});
