/**
 * The signed texts of all policies that were ever put in force here, one file each under the hash by which the ledger names it:
 * an auditor can read then what was granted when. None is taken away again; a file that is not what its name says is passed over.
 */
import { asFault } from '../../src-shared/fault.ts';
import { SignedPolicy } from '../../src-shared/model/bundle.ts';
import { PolicyHash, type TenantId } from '../../src-shared/model/ids.ts';
import { isSignedPolicy } from '../../src-shared/verify-enrolment.ts';
import type { Host } from '../host.ts';
import type { Facts, Tenancy } from './facts.ts';
import type { Log } from './log.ts';
import { paths } from './paths.ts';
import type { Recorder } from './recorder.ts';

type Disk = Pick<Host, 'files' | 'sha256Hex'>;

interface Powers {
  readonly host: Disk;
  readonly facts: Pick<Facts, 'tenancy'>;
  readonly recorder: Pick<Recorder, 'bySystem'>;
  readonly log: Log;
}

/** Bytes. What is kept is half of that at most; whoever changed a file chose its length. */
const longest = 8 * 1024 * 1024;

/**
 * Records that the policy is in force. Its text is on the disk before that, so that no entry names one that a crash took. Where
 * the text cannot be written the work goes on all the same: the ledger denies by itself what it cannot record, and holds the
 * hash, with which whoever has the text can show it. The log and the doctor say so, and the next start tries again.
 */
export async function recordPolicy({ host, facts, recorder, log }: Powers): Promise<void> {
  const { enrolment, bundle } = facts.tenancy;
  const { version } = bundle;
  try {
    keep(host, facts.tenancy);
  } catch (thrown) {
    log('warn', 'policy.unkept', { version, fault: asFault(thrown).code });
  }
  const params = { version, sha256: host.sha256Hex(enrolment.bundle) };
  await recorder.bySystem({ kind: 'policy.applied', customer: null, params });
}

/** Whether the text of the policy in force is kept. */
export async function isKept(host: Disk, { enrolment }: Tenancy): Promise<boolean> {
  return (await keptPolicy(host, enrolment.tenant, hashOf(host, enrolment.bundle))) !== undefined;
}

/**
 * The policy whose signed text has this hash, with the company's key of then. undefined when there is no such file, none that can be
 * read, or one that was changed: its key, too, lies on a disk, so the signature is checked again.
 */
export async function keptPolicy(host: Disk, tenant: TenantId, sha256: PolicyHash): Promise<SignedPolicy | undefined> {
  const policy = SignedPolicy.safeParse(parse(read(host, paths.keptPolicy(tenant, sha256))));
  if (!policy.success || hashOf(host, policy.data.bundle) !== sha256) return undefined;
  return (await isSignedPolicy(policy.data, tenant)) ? policy.data : undefined;
}

function keep(host: Disk, { enrolment, bundle: { version } }: Tenancy): void {
  const { tenant, bundle, tenantKey } = enrolment;
  const path = paths.keptPolicy(tenant, hashOf(host, bundle));
  const text = `${JSON.stringify({ version, bundle, tenantKey } satisfies SignedPolicy)}\n`;
  if (read(host, path) !== text) host.files.write(path, text);
}

/** What cannot be read is as good as not there: a start writes it anew, and evidence says that it is not kept. */
function read({ files }: Disk, path: string): string | undefined {
  try {
    return files.read(path, longest);
  } catch {
    return undefined;
  }
}

function parse(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

const hashOf = ({ sha256Hex }: Disk, text: string): PolicyHash => PolicyHash.parse(sha256Hex(text));
