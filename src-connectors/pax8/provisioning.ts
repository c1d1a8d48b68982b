// Provisioning details of an order (pax8.md §4.3, §4.4). Some of them say in whose tenant a product is set up, and the
// vendor checks none: licences ordered with another customer's tenant id end up at that customer (§6 row 10). So whatever
// names a tenant must be what an existing subscription of the bound customer already carries; Pax8 gives nothing better.
import { z } from 'zod';
import { Fault } from '../../src-shared/fault.ts';
import { isRow, memberOf, type Row, textOf } from '../row.ts';

export const ProvisioningDetail = z.strictObject({
  key: z.string().regex(/^[A-Za-z][A-Za-z0-9_.-]{0,79}$/),
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  values: z.array(z.string().regex(/^[^\u0000-\u001f\u007f]{1,300}$/)).max(10),
});
export type ProvisioningDetail = z.infer<typeof ProvisioningDetail>;

/** What a product asks for when it is ordered. */
export const Requirement = z.strictObject({
  key: z.string().max(80),
  label: z.string().max(300).optional(),
  description: z.string().max(1000).optional(),
  kind: z.string().max(40).optional().describe('Input: any text. Single-Value and Multi-Value: of possibleValues.'),
  possibleValues: z.array(z.string().max(300)).max(100),
});

export function requirementsFrom(rows: readonly Row[]): z.input<typeof Requirement>[] {
  return rows.slice(0, 50).flatMap((row) => {
    const key = textOf(row, 'key', 80);
    if (key === undefined) return [];
    return {
      key,
      label: textOf(row, 'label', 300),
      description: textOf(row, 'description', 1000),
      kind: textOf(row, 'valueType', 40),
      // Nobody but the customer may be offered as a tenant.
      possibleValues: namesTenant.test(key) ? [] : textsOf(row, 'possibleValues').slice(0, 100),
    };
  });
}

/** The details of a subscription that say in whose tenant it is. */
export function identityDetails(row: Row): readonly ProvisioningDetail[] {
  const details = memberOf(row, 'provisioningDetails');
  if (!Array.isArray(details)) return [];
  return details.filter(isRow).flatMap((one) => {
    const key = textOf(one, 'key', 80);
    if (key === undefined || !namesTenant.test(key)) return [];
    const detail = ProvisioningDetail.safeParse({ key, values: textsOf(one, 'values').slice(0, 10) });
    return detail.success && detail.data.values.length > 0 ? detail.data : [];
  });
}

/**
 * Throws INVALID_ARGUMENTS for a detail that the product does not ask for or a value it does not take, and for a tenant
 * that no existing subscription of the bound customer is in. `own`: all its subscriptions.
 */
export function checkProvisioning(
  given: readonly ProvisioningDetail[],
  { requirements, own }: { readonly requirements: readonly Row[]; readonly own: readonly Row[] },
): void {
  const known = knownIdentities(own);
  for (const { key, values } of given) {
    const asked = requirements.find((row) => textOf(row, 'key', 80) === key);
    if (asked === undefined)
      throw wrong(`This product asks for no detail \`${key}\`. product_get lists those it asks for.`);
    const possible = textsOf(asked, 'possibleValues');
    const kind = textOf(asked, 'valueType', 40);
    if (kind !== 'Multi-Value' && values.length !== 1) throw wrong(`The detail \`${key}\` takes one value.`);
    if (kind !== 'Input' && possible.length > 0 && !values.every((value) => possible.includes(value)))
      throw wrong(`The detail \`${key}\` takes one of the possible values that product_get lists.`);
    const isTenant = namesTenant.test(key);
    if (values.some((value) => (isTenant || looksLikeTenant.test(value)) && !known.has(value.toLowerCase())))
      throw wrong(
        `\`${key}\` names a tenant or vendor account that no existing subscription of this customer is in. ` +
          'subscription_get shows the ones that are known; a first order in another tenant is made in Pax8 itself.',
      );
  }
}

/** What the customer's existing subscriptions carry. One that is only asked for proves nothing yet. */
function knownIdentities(own: readonly Row[]): ReadonlySet<string> {
  const known = new Set<string>();
  for (const row of own) {
    if (!existing.includes(textOf(row, 'status', 40) ?? '')) continue;
    const vendorsId = textOf(row, 'vendorSubscriptionId', 300);
    if (vendorsId !== undefined) known.add(vendorsId.toLowerCase());
    for (const { values } of identityDetails(row)) for (const value of values) known.add(value.toLowerCase());
  }
  return known;
}

function textsOf(row: Row, path: string): readonly string[] {
  const list = memberOf(row, path);
  return Array.isArray(list) ? list.flatMap((value) => textOf({ value }, 'value', 300) ?? []) : [];
}

const wrong = (words: string): Fault => new Fault('INVALID_ARGUMENTS', words);

const existing: readonly string[] = ['Active', 'Activated', 'Trial', 'PendingCancel'];
/** Names of details that lead to a tenant or an account at the product's vendor, as far as they are known or speak. */
const namesTenant = /tenant|domain|subscription|account|customer.?id|organi[sz]ation.?id|directory/i;
/** Values that do, whatever they are called: a GUID, or a domain of Microsoft's. */
const looksLikeTenant = /^\{?[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}\}?$|\.onmicrosoft\.[a-z]+$/i;
