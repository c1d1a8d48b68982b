// How each Hudu tool is called for a customer of a data set. Where a customer lacks a kind of record, an id that is nobody's.
import type { HuduData } from '../../../src-demo/demo-data.ts';
import type { ExamplesOf } from '../example.ts';

const nobodys = 999_999_999;

type Owned = { readonly id: number | string; readonly company_id?: number | null | undefined };

export const huduExamples: ExamplesOf<HuduData> = (data, owner, other) => {
  const first = <Kind extends Owned>(
    rows: readonly Kind[],
    company: string,
    suits: (row: Kind) => boolean = () => true,
  ): number => Number(rows.find((row) => row.company_id === Number(company) && suits(row))?.id ?? nobodys);
  const isActive = (row: { readonly archived?: boolean | undefined }): boolean => row.archived !== true;
  const idsOf = (company: string) => ({
    asset: first(data.assets, company, isActive),
    assetWithFile: first(data.assets, company, ({ id }) =>
      data.uploads.some((file) => file.uploadable_type === 'Asset' && file.uploadable_id === id),
    ),
    assetWithRelation: first(data.assets, company, ({ id }) =>
      data.relations.some(
        (one) =>
          one.fromable_type === 'Asset' &&
          one.fromable_id === id &&
          one.toable_type === 'AssetPassword' &&
          data.asset_passwords.some((row) => row.id === one.toable_id && row.company_id === Number(company)),
      ),
    ),
    article: first(data.articles, company, isActive),
    password: first(data.asset_passwords, company, isActive),
    procedure: first(data.procedures, company, (row) => isActive(row) && (row['parent_process_id'] ?? null) === null),
    network: first(data.networks, company),
  });
  const mine = idsOf(owner);
  const theirs = idsOf(other);

  /** The three ways to name a record by one argument, beside the others. */
  const naming = (tool: string, kind: keyof typeof mine, more: object = {}, argument = 'id') => ({
    tool,
    own: { ...more, [argument]: mine[kind] },
    foreign: { ...more, [argument]: theirs[kind] },
    missing: { ...more, [argument]: nobodys },
  });
  return [
    { tool: 'hudu_customer_get', own: {} },
    { tool: 'hudu_asset_list', own: {} },
    naming('hudu_asset_get', 'asset'),
    naming('hudu_asset_update', 'asset', { serial: 'SN-EXAMPLE' }),
    { tool: 'kb_search', own: {} },
    naming('kb_get', 'article'),
    { tool: 'kb_create', own: { name: 'Example', text: 'Written by an example.' } },
    naming('kb_update', 'article', { text: 'Added by an example.', mode: 'append' }),
    { tool: 'credential_find', own: {} },
    naming('credential_reveal', 'password', { part: 'both' }),
    naming('credential_update', 'password', { password: 'changed by an example' }),
    naming('credential_create', 'asset', { name: 'Example', password: 'made by an example' }, 'assetId'),
    { tool: 'expiration_list', own: {} },
    { tool: 'website_list', own: {} },
    { tool: 'procedure_list', own: {} },
    naming('procedure_get', 'procedure'),
    naming('procedure_start', 'procedure'),
    naming('upload_list', 'assetWithFile', { kind: 'asset' }),
    naming('relation_list', 'assetWithRelation', { kind: 'asset' }),
    { tool: 'network_list', own: {} },
    naming('ip_address_list', 'network', {}, 'networkId'),
  ];
};
