// Reading all of a vendor's customers, for a person to say which is which. What comes back goes to the supervisor alone;
// a worker that surveys is never linked to the gateway.
import { type SurveyBinding, VendorCustomer } from '../src-shared/contract/worker.ts';
import { isRow } from './row.ts';
import type { Connector, ToolCall, Vendor } from './vendor.ts';

export interface Surveyed {
  readonly customers: VendorCustomer[];
  /** False when there are more than were read. */
  readonly isWhole: boolean;
}

export async function survey(
  { survey: { request, key, project } }: Connector,
  vendor: Vendor,
  extent: SurveyBinding['extent'],
  call: ToolCall,
): Promise<Surveyed> {
  const customers = new Map<string, VendorCustomer>();
  for (let page = 1; page <= mostPages; page += 1) {
    const { rows, isFull } = await vendor.page({ ...request, page }, key, call);
    const before = customers.size;
    for (const row of rows) {
      const customer = isRow(row) ? VendorCustomer.safeParse(project(row)).data : undefined;
      if (customer !== undefined && customers.size < most) customers.set(customer.id, customer);
    }
    const isEnd = !isFull || customers.size === before;
    if (isEnd || extent === 'probe') return { customers: [...customers.values()], isWhole: isEnd };
    if (customers.size >= most) break;
  }
  return { customers: [...customers.values()], isWhole: false };
}

const most = 5000;
const mostPages = 200;
