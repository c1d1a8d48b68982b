/**
 * A real ledger with sealed bodies behind a Bulkhead that is none, for tests of evidence from export to verdict: by the
 * commands, with what anybody has at hand to change an export in between.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { noteKeyText } from '../../src-shared/merkle/note.ts';
import type { SignedPolicy } from '../../src-shared/model/bundle.ts';
import type { EntryDraft } from '../../src-shared/model/entry.ts';
import { CustomerId } from '../../src-shared/model/ids.ts';
import { draft } from '../ledger/fork-ledger.ts';
import { keySource } from '../ledger/key-source.ts';
import { openForTest } from '../ledger/open-for-test.ts';
import { origin, publicKey, signNote } from '../merkle/export-fixture.ts';
import { sha256 } from '../merkle/leaves.ts';
import { fakeApp, operatorToken } from './fake-app.ts';
import { policyText } from './policy-text.ts';
import { runCommand } from './run-command.ts';

/** The device's key, as `bulkhead audit key` prints it. */
export const key = noteKeyText({ name: origin, publicKey }, sha256);

export type Evidence = Awaited<ReturnType<typeof makeEvidence>>;

export const fern = { id: CustomerId.parse('fern'), code: 'FERN-2' };
export const meridian = { id: CustomerId.parse('meridian'), code: 'MERI-7' };

const signal = new AbortController().signal;
const day = 24 * 60 * 60 * 1000;

export async function makeEvidence() {
  const folder = mkdtempSync(join(tmpdir(), 'cli-evidence-'));
  let now = Date.UTC(2026, 10, 21);
  const { ledger } = openForTest(join(folder, 'ledger.db'), { now: () => (now += 1000) });
  const broker = await keySource();
  ledger.signWith(async (body) => signNote(body));
  ledger.sealWith(broker.source);
  const kept = new Map<string, SignedPolicy>();
  const app = await fakeApp({
    beginExport: async ({ format, filter }) => {
      const { entries, note, isSigned } = await ledger.checkpoint();
      const params = { alert: 'ledger-exported', format, filter, checkpoint: { entries } };
      const { seq: recorded } = await ledger.append(draft('', { kind: 'alert', customer: null, params }));
      return { entries, note, isSigned, recorded };
    },
    entries: (question) => ledger.page(question, signal),
    prove: (question) => ledger.prove(question, signal),
    bodiesOf: ({ seqs }) => ledger.bodiesOf(seqs, signal),
    deviceKey: () => ({ name: origin, publicKey: publicKey.toString('base64url') }),
    policy: () => policyText(4),
    earlierPolicy: ({ sha256: named }) => kept.get(named) ?? null,
  });
  onTestFinished(async () => {
    await app.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const out = (name: string): string => join(folder, name);
  const run = (...args: string[]) =>
    runCommand(['audit', ...args, '--json'], { env: { BULKHEAD_OPERATOR_TOKEN: operatorToken } });

  return {
    folder,
    app,
    ledger,
    /** Sets the ledger's clock. */
    setClock: (to: number): void => {
      now = to;
    },
    out,
    run,
    exportTo: (name: string, ...more: string[]) => run('export', '--home', app.home, '--out', out(name), ...more),
    verify: (name: string, ...more: string[]) => run('verify', '--file', out(name), ...more),
    /** What `verify` says to a person. */
    told: (name: string, ...more: string[]) => runCommand(['audit', 'verify', '--file', out(name), ...more]),
    /** What the device keeps of the texts of earlier policies, by their hashes. */
    kept,
    /** Puts a policy in force, and keeps its text. */
    apply: async (policy: SignedPolicy): Promise<void> => {
      kept.set(hex(policy.bundle), policy);
      await ledger.append(policyApplied(policy));
    },
    /** `count` entries, every third of another customer, a policy among them. */
    record: async (count: number): Promise<void> => {
      const drafts: EntryDraft[] = Array.from({ length: count }, (_, at) =>
        draft(`tool_${at}`, { customer: at % 3 === 0 ? fern.code : meridian.code }),
      );
      drafts.splice(3, 0, policyApplied());
      await Promise.all(drafts.map((each) => ledger.append(each)));
    },
    /** A policy, then `count` calls with bodies, every third of another customer: all intents, then their outcomes. */
    recordCalls: async (count: number): Promise<void> => {
      await ledger.append(policyApplied());
      const call = async (at: number): Promise<void> => {
        const { id: under, code: customer } = at % 3 === 0 ? fern : meridian;
        const { params, ...bare } = draft('ticket_list', { customer });
        const content = { params: { ...params, customer, text: `Grüße № ${at}` } };
        const { seq: ref } = await ledger.append({ ...bare, body: { under, content } });
        const result = { status: 'ok', records: 1, dropped: 0, redacted: 0, bytes: 90, ms: 12.5 };
        const answered = { under, content: { records: [{ id: at }] } };
        await ledger.append({ ...bare, kind: 'call.outcome', ref, result, body: answered });
      };
      await Promise.all(Array.from({ length: count }, (_, at) => call(at)));
    },
    /** Retention drops a customer's bodies that are there now. */
    dropBodies: async ({ id: under, code }: typeof fern): Promise<void> => {
      now += day;
      const before = new Date(now - 1000).toISOString();
      await ledger.dropBodies({ under, before, tombstone: tombstone(code, { because: 'age', before }) });
    },
    /** A customer's key is destroyed. */
    dropKeys: ({ id: under, code }: typeof fern): Promise<void> =>
      ledger.dropKeys({ under, tombstone: tombstone(code, { because: 'key' }) }),
    /** The bundle with one of its files changed, its manifest made to fit when asked for. Answers its name. */
    tampered: (name: string, part: string, change: (text: string) => string, fitManifest = false): string =>
      tamper({ folder, name, part, change, fitManifest }),
    /** The bundle without one of its files, which its manifest does not name either. */
    without: (name: string, part: string): string =>
      tamper({ folder, name, part, change: () => undefined, fitManifest: true }),
    /** The text of a file in a bundle. */
    textOf: (name: string, part: string): string =>
      execFileSync('tar', ['-xOf', out(name), part], { encoding: 'utf8', maxBuffer: 2 ** 28 }),
  };
}

interface Tampering {
  readonly folder: string;
  readonly name: string;
  readonly part: string;
  /** Undefined takes the file away. */
  readonly change: (text: string) => string | undefined;
  readonly fitManifest: boolean;
}

function tamper({ folder, name, part, change, fitManifest }: Tampering): string {
  const place = mkdtempSync(join(folder, 'unpacked-'));
  const tar = (...args: string[]) => execFileSync('tar', args, { cwd: place, encoding: 'utf8' });
  tar('-xf', join(folder, name));
  const text = change(readFileSync(join(place, part), 'utf8'));
  const packed = tar('-tf', join(folder, name)).trim().split('\n');
  const names = packed.filter((each) => text !== undefined || each !== part);
  if (text !== undefined) writeFileSync(join(place, part), text);
  if (fitManifest) {
    const manifest = JSON.parse(readFileSync(join(place, 'manifest.json'), 'utf8')) as {
      files: { name: string; bytes: number; sha256: string }[];
    };
    manifest.files = manifest.files.filter((file) => names.includes(file.name));
    for (const file of manifest.files) {
      const bytes = readFileSync(join(place, file.name));
      Object.assign(file, { bytes: bytes.length, sha256: hex(bytes) });
    }
    writeFileSync(join(place, 'manifest.json'), JSON.stringify(manifest));
  }
  tar('--format=ustar', '-cf', `${place}.tar`, ...names);
  return `${basename(place)}.tar`;
}

/** Of a policy's text what the ledger names it by. */
export const hex = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');

const policyApplied = ({ version, bundle }: SignedPolicy = policyText(4)): EntryDraft =>
  draft('', { kind: 'policy.applied', customer: null, params: { version, sha256: hex(bundle) } });

const tombstone = (customer: string, params: Record<string, unknown>): EntryDraft => ({
  kind: 'retention.tombstone',
  principal: { kind: 'system', id: 'bulkhead', name: 'Bulkhead', client: 'supervisor' },
  customer,
  params,
});
