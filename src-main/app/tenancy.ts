import { Fault } from '../../src-shared/fault.ts';
import { Enrolment } from '../../src-shared/model/bundle.ts';
import { TenantId } from '../../src-shared/model/ids.ts';
import { Instance } from '../../src-shared/model/instance.ts';
import { verifyEnrolment } from '../../src-shared/verify-enrolment.ts';
import type { Host } from '../host.ts';
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
export function writeTenancy(
  { files }: Pick<Host, 'files'>,
  enrolment: Enrolment,
  instances: readonly Instance[],
): void {
  files.write(paths.enrolment(enrolment.tenant), `${JSON.stringify(enrolment)}\n`);
  files.write(paths.instances(enrolment.tenant), `${JSON.stringify(instances)}\n`);
}

/** @throws Fault ENROLMENT_INVALID */
export async function readTenancy({ files }: Pick<Host, 'files'>, tenant: TenantId): Promise<Tenancy> {
  const enrolment = Enrolment.safeParse(parse(files.read(paths.enrolment(tenant))));
  const instances = Instance.array().safeParse(parse(files.read(paths.instances(tenant)) ?? '[]'));
  if (!enrolment.success || !instances.success || enrolment.data.tenant !== tenant) {
    const folder = files.path(paths.tenantFolder(tenant));
    throw new Fault('ENROLMENT_INVALID', `The files in ${folder} are damaged.`, 'Enrol the device again.');
  }
  return { enrolment: enrolment.data, instances: instances.data, ...(await verifyEnrolment(enrolment.data)) };
}

function parse(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
