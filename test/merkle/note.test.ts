import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { signCheckpoint } from '../../src-broker/sign-checkpoint.ts';
import { verifyEd25519 } from '../../src-ledger/verify-ed25519.ts';
import { checkpointBody, originOf, parseCheckpoint } from '../../src-shared/merkle/checkpoint.ts';
import { noteKeyText, parseNote, parseNoteKey, signedNote, verifyNote } from '../../src-shared/merkle/note.ts';
import { TenantId } from '../../src-shared/model/ids.ts';
import { leaves, sha256 } from './leaves.ts';

const powers = { hash: sha256, verify: verifyEd25519 };
// The example of golang.org/x/mod/sumdb/note, where the format comes from.
const goKey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const goText = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const goNote = `${goText}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`;

describe('verifyNote', () => {
  it("accepts Go's example note under its key", () => {
    const key = parseNoteKey(goKey, sha256)!;
    expect(noteKeyText(key, sha256)).toBe(goKey);
    expect(verifyNote(parseNote(goNote)!, key, powers)).toBe(true);
  });

  it('refuses it when the text, the name or the key is another', () => {
    const key = parseNoteKey(goKey, sha256)!;
    expect(verifyNote(parseNote(goNote.replace('answer', 'Answer'))!, key, powers)).toBe(false);
    expect(verifyNote(parseNote(goNote.replace('— Peter', '— Pieter'))!, key, powers)).toBe(false);
    expect(verifyNote(parseNote(goNote)!, { ...key, publicKey: leaves(1)[0]! }, powers)).toBe(false);
  });

  it('accepts what the broker signs, byte for byte what signedNote makes', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const publicBytes = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
    const origin = originOf('northway', 'laptop-1');
    const body = checkpointBody({ origin, size: 3, root: leaves(1)[0]! });
    const device = { device: 'laptop-1', privateKey, publicBytes };
    const note = signCheckpoint(body, { tenant: TenantId.parse('northway'), device, signed: { advance: () => {} } });
    const key = { name: origin, publicKey: publicBytes };
    expect(verifyNote(parseNote(note)!, key, powers)).toBe(true);
    expect(signedNote(body, key, sign(null, Buffer.from(body), privateKey), sha256)).toBe(note);
  });
});

describe('parseNote', () => {
  it.each([
    '',
    'a\n',
    'a\n\n',
    'a\n\n— b\n',
    'a\n\n— b !!!!\n',
    'a\n\n— b AAAA\n',
    `a\u0001\n\n— b ${'AAAA'.repeat(20)}\n`,
  ])('refuses %j', (text) => expect(parseNote(text)).toBeUndefined());
});

describe('parseCheckpoint', () => {
  const root = leaves(1)[0]!;
  const body = checkpointBody({ origin: 'bulkhead/a/b', size: 7, root });

  it('reads what checkpointBody wrote', () => {
    expect(parseCheckpoint(body)).toEqual({ origin: 'bulkhead/a/b', size: 7, root: new Uint8Array(root) });
  });

  it.each([
    body.replace('7', '07'),
    body.replace('7', '-7'),
    body.slice(0, -1),
    body.replace('=', ''),
    body.slice(1 + body.indexOf('\n')),
  ])('refuses %j', (text) => expect(parseCheckpoint(text)).toBeUndefined());
});
