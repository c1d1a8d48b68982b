// attachment_get: one file of a ticket, as text where it is text. Any file can be read by its id at the vendor, whoever's it
// is (halopsa.md §6 row 10), so it must be among the files of a ticket that is proven first.
import { z } from 'zod';
import type { WorkerAnswer } from '../../../src-shared/contract/worker.ts';
import { Fault } from '../../../src-shared/fault.ts';
import { type Declaration, define, leaving, type ToolContext } from '../../define.ts';
import { type Join, readJoin } from '../../one-tool.ts';
import { readTarget } from '../../target.ts';
import { textOf, wholeOf } from '../../row.ts';
import { untrusted } from '../../untrusted.ts';
import type { ToolCall } from '../../vendor.ts';
import { attachmentFrom, attachmentMembers, onTicket } from '../attachment.ts';
import { RecordId } from '../ids.ts';
import { oneLimits } from '../limits.ts';
import { TicketId, ticketOf, ticketOwner } from '../ticket.ts';

const input = { ticketId: TicketId, id: RecordId.describe('The file id, from attachment_list.') };
const record = z.strictObject({
  ...attachmentMembers,
  text: z.string().max(65_536).optional(),
  /** Set where there is no text. */
  reason: z.string().max(200).optional(),
});

const declaration: Declaration<typeof input, typeof record.shape> = {
  connector: 'halopsa',
  name: 'attachment_get',
  title: 'Read a file of a ticket',
  description:
    'Reads one file on a ticket of the bound customer in HaloPSA: name, size, and the text where it is a text file of at most 64 kB; ' +
    "otherwise the reason why there is none. Nothing comes back when ticket or file is not this customer's. " +
    untrusted,
  risk: 'sensitive',
  input,
  record,
  owner: ticketOwner,
  limits: oneLimits,
};

const files: Join<typeof input> = {
  request: ({ ticketId }) => ({ path: '/Attachment', query: { ticket_id: ticketId } }),
  key: 'attachments',
  proof: onTicket,
  pages: 10,
};

export const attachmentGet = define('one', declaration, async (context, asked, call): Promise<WorkerAnswer> => {
  const running = { context, input: asked, call };
  const ticket = await readTarget<typeof input>(ticketOf, ticketOwner, running);
  if (ticket === undefined) return nothing;
  const { rows, dropped } = await readJoin(files, ticket, running);
  const row = rows.find((one) => wholeOf(one, 'id') === asked.id);
  if (row === undefined) return { ...nothing, dropped };
  const file = attachmentFrom(row);
  const shown = await contentOf(file, context, call);
  return {
    status: 'ok',
    records: [{ label: context.kept.label(ticket.naming), record: leaving(record, { ...file, ...shown }) }],
    dropped,
  };
});

type File = ReturnType<typeof attachmentFrom>;

/** The text, or why there is none. Only now is the file asked for, and no more of it than may be shown. */
async function contentOf(
  file: File,
  { vendor }: ToolContext,
  call: ToolCall,
): Promise<{ text: string } | { reason: string }> {
  const reason = reasonAgainst(file);
  if (reason !== undefined) return { reason };
  try {
    const bytes = await vendor.file({ path: `/Attachment/${file.id}` }, { ...call, maxBytes: longestText });
    const text = bytes && decoded(bytes);
    return text === undefined ? { reason: noText } : { text };
  } catch (thrown) {
    // Which file it is was read and proven a moment ago; that what is in it cannot be had (it may be kept on another host,
    // which is refused) is no reason to take the vendor for broken. The words are ours.
    if (thrown instanceof Fault && refusals.includes(thrown.code)) return { reason: thrown.message };
    throw thrown;
  }
}

function reasonAgainst({ fileName, bytes = 0 }: File): string | undefined {
  if (!textual.test(fileName)) return 'This is not a text file. The technician can open it in HaloPSA.';
  return bytes > longestText ? 'The file is larger than 64 kB. The technician can open it in HaloPSA.' : undefined;
}

/** Undefined for what is no text after all. Windows writes some logs in UTF-16. */
function decoded(bytes: Buffer): string | undefined {
  try {
    const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
    const text = new TextDecoder(isWide ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : (textOf({ text }, 'text', longestText) ?? '');
  } catch {
    return undefined; // Not what its name says.
  }
}

const refusals: readonly string[] = ['VENDOR_ERROR', 'VENDOR_TOO_LARGE'];
const nothing: Extract<WorkerAnswer, { status: 'ok' }> = { status: 'ok', records: [], dropped: 0 };
const noText = 'What is in the file is no text. The technician can open it in HaloPSA.';
const longestText = 65_536;
/** Not .json: what is in such a file could pass for the vendor's own word of where the file is. */
const textual = /\.(?:txt|log|csv|tsv|md|xml|ya?ml|ini|cfg|conf|reg|ps1|bat|cmd|sh|eml|html?|ics|vcf)$/i;
