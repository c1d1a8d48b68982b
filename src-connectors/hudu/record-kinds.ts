// The kinds of records that other records point at by type and id (hudu.md §3.8, §3.9), and how one of each is read. All of
// them name their customer in `company_id`. An id without its kind means nothing: they count anew in each.
import type { VendorRequest } from '../vendor.ts';
import { articleRequest } from './article.ts';
import { assetRequest } from './asset.ts';
import { credentialRequest } from './credential.ts';
import { procedureRequest } from './procedure.ts';

export interface RecordKind {
  /** The vendor's word for it. */
  readonly type: string;
  readonly key: string;
  readonly request: (id: number) => VendorRequest;
}

export const recordKinds = {
  asset: { type: 'Asset', key: 'asset', request: assetRequest },
  article: { type: 'Article', key: 'article', request: articleRequest },
  credential: { type: 'AssetPassword', key: 'asset_password', request: credentialRequest },
  procedure: { type: 'Procedure', key: 'procedure', request: procedureRequest },
  website: { type: 'Website', key: 'website', request: (id: number) => ({ path: `/websites/${id}` }) },
} as const satisfies Readonly<Record<string, RecordKind>>;

export type RecordKindName = keyof typeof recordKinds;
