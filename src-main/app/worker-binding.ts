import type { WorkerBinding } from '../../src-shared/contract/worker.ts';
import { Fault } from '../../src-shared/fault.ts';
import type { Binding } from '../../src-shared/model/binding.ts';
import type { InstanceId } from '../../src-shared/model/ids.ts';
import type { Facts } from './facts.ts';

/**
 * What a worker is told it is for. The supervisor's own check of what the gateway asks: only a binding that is current
 * here, only an instance that is mapped to its customer.
 *
 * @throws Fault NOT_BOUND
 */
export function workerBinding(
  facts: Facts,
  wanted: Binding & { instance: InstanceId },
  grantKey: string,
): WorkerBinding {
  const instance = facts.tenancy.instances.find(({ id }) => id === wanted.instance);
  const owner = instance?.mapping[wanted.customer];
  const customer = facts.customer(wanted.customer);
  if (!instance || owner === undefined || !customer || wanted.tenant !== facts.tenant || !facts.isCurrent(wanted)) {
    throw new Fault('NOT_BOUND', 'Nothing is bound to this customer at this epoch.');
  }
  const { connector, baseUrl, settings } = instance;
  return { ...wanted, customerCode: customer.code, connector, owner, baseUrl, settings, grantKey };
}
