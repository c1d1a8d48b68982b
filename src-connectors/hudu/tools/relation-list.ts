// relation_list: what one record of the customer is related to. Hudu gives every relation of every customer, without an owner
// and with the target's name on it (hudu.md §3.9); one may join two customers. So one end is the record asked for, proven
// first, the other is read by itself and proven too, and what is shown of it comes from that reading alone.
import { z } from 'zod';
import type { LabelledRecord, WorkerAnswer } from '../../../src-shared/contract/worker.ts';
import { Fault } from '../../../src-shared/fault.ts';
import { define, leaving, type ToolContext } from '../../define.ts';
import { readTarget, type Target } from '../../target.ts';
import { canonicalId, isRow, memberOf, type Row, textOf } from '../../row.ts';
import { untrusted } from '../../untrusted.ts';
import type { ToolCall } from '../../vendor.ts';
import { RecordId } from '../ids.ts';
import { scanLimits, scanPageSize } from '../limits.ts';
import { companyOwned } from '../owner.ts';
import { type RecordKind, type RecordKindName, recordKinds } from '../record-kinds.ts';

const kinds = ['asset', 'article', 'credential', 'procedure', 'website'] as const satisfies readonly RecordKindName[];
const input = {
  kind: z.enum(kinds).describe('What kind of record the id is of.'),
  id: RecordId.describe('Its id, from the tool that lists that kind.'),
};
const record = z.strictObject({ kind: z.enum(kinds), id: RecordId, name: z.string().max(300) });

export const relationList = define(
  'scan',
  {
    connector: 'hudu',
    name: 'relation_list',
    title: 'List related records',
    description:
      'Lists what one asset, article, credential, process or website of the bound customer is related to in Hudu: kind, id and name ' +
      'of each related record, at most 30. Records of other customers and global ones are left out. Open them ' +
      `with the tool of their kind: hudu_asset_get, kb_get, credential_find, procedure_get, website_list. Nothing comes back when the record is not this customer's. ${untrusted}`,
    // Credentials are among them, and which there are is credential_find's to tell.
    risk: 'sensitive',
    input,
    record,
    owner: companyOwned,
    limits: scanLimits,
  },
  async (context, asked, call): Promise<WorkerAnswer> => {
    const { kind, id } = asked;
    const found = await readTarget(targetOf(kind), companyOwned, { context, input: { id }, call });
    if (found === undefined) return { status: 'ok', records: [], dropped: 0 };
    const ends = await otherEnds({ type: recordKinds[kind].type, id: String(id) }, context, call);
    const records: LabelledRecord[] = [];
    for (const end of ends.slice(0, most)) {
      const other = kinds.find((one) => recordKinds[one].type === end.type);
      if (other === undefined) continue;
      const input = { id: Number(end.id) };
      const proven = await readTarget(targetOf(other), companyOwned, { context, input, call });
      if (proven === undefined) continue;
      const name = textOf(proven.row, 'name', 300) ?? '';
      const label = [proven.naming, found.naming];
      records.push({ label, record: leaving(record, { kind: other, id: Number(proven.id), name }) });
    }
    return { status: 'ok', records, dropped: ends.length - records.length };
  },
);

interface End {
  readonly type: string;
  readonly id: string;
}

/** The far ends of all relations of one record, each once. */
async function otherEnds(near: End, { vendor }: ToolContext, call: ToolCall): Promise<End[]> {
  const ends = new Map<string, End>();
  const request = { path: '/relations', pageSize: scanPageSize };
  for (let page = 1; ; page += 1) {
    if (page > mostPages) throw new Fault('VENDOR_ERROR', 'The vendor has more of these than can be looked through.');
    const { rows, isFull } = await vendor.page({ ...request, page }, 'relations', call);
    for (const row of rows.filter(isRow)) {
      const [from, to] = [endOf(row, 'fromable'), endOf(row, 'toable')];
      if (from === undefined || to === undefined) continue;
      if (isSame(from, near)) ends.set(`${to.type}/${to.id}`, to);
      else if (isSame(to, near)) ends.set(`${from.type}/${from.id}`, from);
    }
    if (!isFull) return [...ends.values()].filter((end) => !isSame(end, near));
  }
}

function endOf(row: Row, side: string): End | undefined {
  const type = memberOf(row, `${side}_type`);
  const id = canonicalId(memberOf(row, `${side}_id`));
  return typeof type === 'string' && id !== undefined ? { type, id } : undefined;
}

const isSame = (one: End, other: End): boolean => one.type === other.type && one.id === other.id;

function targetOf(kind: RecordKindName): Target<{ id: typeof RecordId }> {
  const { key, request }: RecordKind = recordKinds[kind];
  return { key, id: ({ id }) => id, request: ({ id }) => request(id), probe: { path: '/companies/{owner}' } };
}

const most = 30;
const mostPages = 50;
