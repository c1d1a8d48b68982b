// The Hudu connector: its tools, and what opens for one bound customer.
import { createRestVendor } from '../rest-vendor.ts';
import { canonicalId, isRow, isSet, memberOf, type Row, textOf } from '../row.ts';
import { limitOf } from '../throttle.ts';
import type { Connector } from '../vendor.ts';
import { apiKeySession, HuduCredential } from './api-key.ts';
import { hostOf } from './credential.ts';
import { layoutNames } from './layouts.ts';
import { sealing } from './sealed.ts';
import { documentedLimit, huduStyle } from './style.ts';
import { huduAssetGet } from './tools/asset-get.ts';
import { huduAssetList } from './tools/asset-list.ts';
import { huduAssetUpdate } from './tools/asset-update.ts';
import { credentialCreate } from './tools/credential-create.ts';
import { credentialFind } from './tools/credential-find.ts';
import { credentialReveal } from './tools/credential-reveal.ts';
import { credentialUpdate } from './tools/credential-update.ts';
import { huduCustomerGet } from './tools/customer-get.ts';
import { expirationList } from './tools/expiration-list.ts';
import { ipAddressList } from './tools/ip-address-list.ts';
import { kbCreate } from './tools/kb-create.ts';
import { kbGet } from './tools/kb-get.ts';
import { kbSearch } from './tools/kb-search.ts';
import { kbUpdate } from './tools/kb-update.ts';
import { networkList } from './tools/network-list.ts';
import { procedureGet } from './tools/procedure-get.ts';
import { procedureList } from './tools/procedure-list.ts';
import { procedureStart } from './tools/procedure-start.ts';
import { relationList } from './tools/relation-list.ts';
import { uploadList } from './tools/upload-list.ts';
import { websiteList } from './tools/website-list.ts';

export const hudu: Connector = {
  name: 'hudu',
  title: 'Hudu',
  credentialFields: Object.keys(HuduCredential.shape),
  settings: [],
  baseUrlExample: 'https://name.huducloud.com',
  owner: { title: 'Hudu company id', ids: 'number' },
  tools: [
    huduCustomerGet,
    huduAssetList,
    huduAssetGet,
    huduAssetUpdate,
    kbSearch,
    kbGet,
    kbCreate,
    kbUpdate,
    credentialFind,
    credentialReveal,
    credentialUpdate,
    credentialCreate,
    expirationList,
    websiteList,
    procedureList,
    procedureGet,
    procedureStart,
    uploadList,
    relationList,
    networkList,
    ipAddressList,
  ],
  survey: {
    request: { path: '/companies' },
    key: 'companies',
    project: (row) => {
      const id = canonicalId(row['id']);
      const name = textOf(row, 'name', 200);
      if (id === undefined || name === undefined) return undefined;
      const host = hostOf(memberOf(row, 'website'))?.replace(/^www\./, '');
      const domains = host?.includes('.') === true ? [host] : [];
      return { id, name, domains, otherIds: otherIdsOf(row, id), isInactive: isSet(row, 'archived') };
    },
  },
  open({ baseUrl, settings }, powers) {
    const style = huduStyle(limitOf(settings, documentedLimit));
    const vendor = sealing(createRestVendor(style, apiKeySession, { ...powers, baseUrl }), powers);
    return { ...vendor, names: layoutNames(vendor, powers.now) };
  },
};

/** What other systems call this company, by its own integrations: the PSA's id among them (hudu.md §3.1). */
function otherIdsOf(company: Row, id: string): string[] {
  const integrations = memberOf(company, 'integrations');
  if (!Array.isArray(integrations)) return [];
  const ids = integrations.filter(isRow).flatMap((one) => {
    if (canonicalId(one['company_id']) !== id) return [];
    const other = canonicalId(one['sync_id']) ?? textOf(one, 'sync_id', 80) ?? textOf(one, 'identifier', 80);
    return other === undefined ? [] : [other];
  });
  return [...new Set(ids)].slice(0, 20);
}
