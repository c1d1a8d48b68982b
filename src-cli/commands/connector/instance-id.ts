import { Fault } from '../../../src-shared/fault.ts';
import { InstanceId } from '../../../src-shared/model/ids.ts';

/** An instance as it was typed. Faults: UNKNOWN_INSTANCE for what no instance could be called. */
export function instanceId(text: string): InstanceId {
  const parsed = InstanceId.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new Fault('UNKNOWN_INSTANCE', 'There is no connector instance of this id.', 'See `bulkhead connector list`.');
}
