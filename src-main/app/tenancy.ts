import { Fault } from '../../src-shared/fault.ts';
import { Enrolment } from '../../src-shared/model/bundle.ts';
import { TenantId } from '../../src-shared/model/ids.ts';
import { Instance } from '../../src-shared/model/instance.ts';
import { verifyEnrolment } from '../../src-shared/verify-enrolment.ts';
import type { Host } from '../host.ts';
import { isDemo } from './checked-instance.ts';
import type { Tenancy } from './facts.ts';
import { paths } from './paths.ts';

/**
 * What is enrolled on this device: files that whoever issues them has signed (the enrolment) or this device keeps (the
 * connector instances). The demo MSP issues its own; an ordinary start never takes those for real.
 *
 * @throws Fault NOT_ENROLLED, ENROLMENT_SEVERAL, ENROLMENT_INVALID
 */
export async function enrolledTenancy(host: Pick<Host, 'files'>): Promise<Tenancy> {
  const found: Tenancy[] = [];
  for (const name of host.files.list(paths.tenants)) {
    const tenant = TenantId.safeParse(name);
    if (!tenant.success || host.files.read(paths.enrolment(tenant.data)) === undefined) continue;
    const tenancy = await readTenancy(host, tenant.data);
    if (!tenancy.identity.iss.startsWith('demo:')) found.push(tenancy);
  }
  const [only, second] = found;
  if (!only) {
    throw new Fault(
      'NOT_ENROLLED',
      'No company is enrolled on this device.',
      'Try Bulkhead on the demo company with `bulkhead start --demo`.',
    );
  }
  if (second) {
    const remedy = 'Give each its own with --home.';
    throw new Fault('ENROLMENT_SEVERAL', 'Several companies are enrolled in this home folder.', remedy);
  }
  return only;
}

/** Keeps what an issuer handed over. It is believed only when it is read back and verified. */
export function writeEnrolment({ files }: Pick<Host, 'files'>, enrolment: Enrolment): void {
  files.write(paths.enrolment(enrolment.tenant), `${JSON.stringify(enrolment)}\n`);
}

/** Keeps what a person set up and mapped on this device. */
export function writeInstances({ files }: Pick<Host, 'files'>, tenant: TenantId, instances: readonly Instance[]): void {
  files.write(paths.instances(tenant), `${JSON.stringify(instances)}\n`);
}

/**
 * `demo` are the instances the demo MSP brings at this start.
 * @throws Fault ENROLMENT_INVALID
 */
export async function readTenancy(
  { files }: Pick<Host, 'files'>,
  tenant: TenantId,
  demo?: readonly Instance[],
): Promise<Tenancy> {
  const enrolment = Enrolment.safeParse(parse(files.read(paths.enrolment(tenant))));
  const kept = Instance.array().safeParse(parse(files.read(paths.instances(tenant)) ?? '[]'));
  if (!enrolment.success || !kept.success || enrolment.data.tenant !== tenant) {
    const folder = files.path(paths.tenantFolder(tenant));
    throw new Fault('ENROLMENT_INVALID', `The files in ${folder} are damaged.`, 'Enrol the device again.');
  }
  const verified = await verifyEnrolment(enrolment.data);
  const instances = demo ? withDemo(kept.data, demo) : kept.data;
  return { enrolment: enrolment.data, instances, ...verified };
}

/**
 * The demo's vendors listen elsewhere at every start, so where they are and how they are reached is the demo's word. What
 * a person changed meanwhile, and their own instances, stay. The file is written only when a person changes something: until
 * then another data file is free to map otherwise.
 */
function withDemo(kept: readonly Instance[], demo: readonly Instance[]): Instance[] {
  const own = kept.filter((instance) => !isDemo(instance) && !demo.some(({ id }) => id === instance.id));
  const changed = demo.map((instance) => {
    const before = kept.find((each) => each.id === instance.id && isDemo(each));
    return before ? { ...instance, name: before.name, mapping: before.mapping } : instance;
  });
  return [...changed, ...own];
}

function parse(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
