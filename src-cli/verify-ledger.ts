import type { Verdict } from '../src-shared/contract/ledger.ts';
import { Fault } from '../src-shared/fault.ts';
import { homeFolder } from './home.ts';
import { verifyOffline } from './offline-ledger.ts';
import { withAppIfAny } from './running-app.ts';
import type { Common } from './shell.ts';
import { type Checkpoint, type Key, readCheckpoint, readKey } from './verifier/checkpoint.ts';
import { NotAFile, openFile } from './verifier/read-file.ts';
import type { EvidenceVerdict } from './verifier/verdict.ts';
import { verifyFile } from './verifier/verify-file.ts';
import type { World } from './world.ts';

/** What is optional beyond a verdict is an export's; `tenants` when the ledgers of a home were read without the app. */
export interface Verification extends Partial<Omit<EvidenceVerdict, 'ok' | 'entries' | 'firstBad'>> {
  readonly ok: boolean;
  readonly entries: number;
  readonly firstBad?: { readonly seq: number; readonly problem: string; readonly what?: string } | undefined;
  readonly tenants?: readonly (Verdict & { readonly tenant: string })[];
}

/** Ten minutes: about fifty million entries on an ordinary machine. */
const verifyWithin = 600_000;
/** Bytes. */
const longestCheckpoint = 16 * 1024;

/** The ledger of this home: by the app when it runs, else by a ledger process of our own that only reads. */
export function verifyHome(world: World, options: Common): Promise<Verification> {
  return withAppIfAny(world, options, async (app) => {
    if (app) return app.api.verifyLedger(undefined, app.within(verifyWithin));
    const signal = AbortSignal.any([world.interrupted, AbortSignal.timeout(verifyWithin)]);
    const tenants = await verifyOffline(world.program, homeFolder(world, options.home), signal);
    if (tenants.length === 0) {
      throw new Fault('LEDGER_MISSING', 'There is no ledger in this home folder.', 'Name another with --home.');
    }
    const bad = tenants.find(({ ok }) => !ok);
    const entries = tenants.reduce((sum, each) => sum + each.entries, 0);
    return { ok: !bad, entries, ...(bad?.firstBad ? { firstBad: bad.firstBad } : {}), tenants };
  });
}

/**
 * An export or an evidence bundle, which may come from anyone, checked offline by a verifier of its own.
 * Faults: FILE_UNREADABLE, KEY_INVALID, CHECKPOINT_INVALID.
 */
export async function verifyEvidence(
  path: string,
  { key, checkpoint }: { key: string | undefined; checkpoint: string | undefined },
): Promise<EvidenceVerdict> {
  const given = { key: keyFrom(key), kept: checkpoint === undefined ? undefined : await checkpointFrom(checkpoint) };
  return readable(() => verifyFile(path, given), '--file');
}

function keyFrom(text: string | undefined): Key | undefined {
  const key = text === undefined ? undefined : readKey(text);
  if (key || text === undefined) return key;
  throw new Fault('KEY_INVALID', 'This is not the key of a device.', 'It is what `bulkhead audit key` prints.');
}

/** A checkpoint by itself, or the one that ends an earlier export. */
async function checkpointFrom(path: string): Promise<Checkpoint> {
  const text = await readable(() => endOf(path), '--checkpoint');
  const last = text.trimEnd().split('\n').at(-1) ?? '';
  const found = readCheckpoint(text) ?? readCheckpoint(noteIn(last));
  if (found) return found;
  throw new Fault('CHECKPOINT_INVALID', 'There is no checkpoint in this file.', 'Name a checkpoint.txt or an export.');
}

/** The last part of a file: a checkpoint and its signatures are far shorter, an export may be of any size. */
async function endOf(path: string): Promise<string> {
  const file = await openFile(path);
  try {
    const { size } = await file.stat();
    const end = Buffer.alloc(Math.min(size, longestCheckpoint));
    await file.read(end, 0, end.length, size - end.length);
    return end.toString('utf8');
  } finally {
    await file.close();
  }
}

function noteIn(line: string): string {
  try {
    return String((JSON.parse(line) as { checkpoint?: unknown }).checkpoint);
  } catch {
    return '';
  }
}

async function readable<T>(work: () => Promise<T>, option: string): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const why = whyUnreadable(error as NodeJS.ErrnoException);
    if (why === undefined) throw error;
    throw new Fault('FILE_UNREADABLE', why, `Check ${option}.`);
  }
}

/** A sentence for what a file system says; undefined for any other fault. */
function whyUnreadable(error: NodeJS.ErrnoException): string | undefined {
  const { code, message } = error;
  if (error instanceof NotAFile) return message;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'There is no such file.';
  if (code === 'EACCES' || code === 'EPERM') return 'You may not read this file.';
  if (code === 'EISDIR') return 'This is a folder, and not a file.';
  return code === undefined ? undefined : `The file cannot be read (${code}).`;
}
