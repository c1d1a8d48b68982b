// A ticket before it has an id: ids are given in order of time once all tickets are known, as a vendor's counter would.
import type { HaloAction, HaloAttachment, HaloTicket } from '../halopsa/records.ts';
import { stamp } from './calendar.ts';
import type { Random } from '../random.ts';

export type Members = Readonly<Record<string, unknown>>;

export type TicketDraft = {
  readonly at: number;
  /** Names the ticket for the links of others. */
  readonly key?: string;
  readonly ticket: Members;
  /** Oldest first, without ids. */
  readonly actions: readonly Members[];
  readonly files?: readonly { readonly filename: string; readonly content: string }[];
  readonly parent?: string;
  readonly related?: readonly string[];
  readonly mergedInto?: string;
};

export type Numbered = {
  readonly tickets: readonly HaloTicket[];
  readonly actions: readonly HaloAction[];
  readonly attachments: readonly HaloAttachment[];
  readonly idOf: (key: string) => number;
};

const firstTicket = 2001;
const firstAttachment = 9001;

export function numberDrafts(random: Random, drafts: readonly TicketDraft[]): Numbered {
  const ids = new Map<string, number>();
  let id = firstTicket - 1;
  const placed = drafts
    .toSorted((a, b) => a.at - b.at)
    .map((draft) => {
      id += random.chance(0.05) ? 2 : 1;
      if (draft.key !== undefined) ids.set(draft.key, id);
      return { draft, id };
    });
  const idOf = (key: string) => {
    const found = ids.get(key);
    if (found === undefined) throw new Error(`no ticket has the key ${key}`);
    return found;
  };
  const attachments: HaloAttachment[] = [];
  for (const one of placed) {
    for (const file of one.draft.files ?? []) {
      attachments.push({
        id: firstAttachment + attachments.length,
        ticket_id: one.id,
        action_id: 1,
        ...file,
        datecreated: stamp(one.draft.at),
      });
    }
  }
  return {
    tickets: placed.map((one) => ({ id: one.id, ...one.draft.ticket, ...links(one.draft, idOf) })),
    actions: placed.flatMap((one) =>
      one.draft.actions.map((action, at) => ({ ticket_id: one.id, id: at + 1, ...action })),
    ),
    attachments,
    idOf,
  };
}

function links(draft: TicketDraft, idOf: (key: string) => number): Members {
  return {
    ...(draft.parent === undefined ? {} : { parent_id: idOf(draft.parent) }),
    ...(draft.related === undefined ? {} : { related_tickets: draft.related.map(idOf) }),
    ...(draft.mergedInto === undefined ? {} : { merged_into_id: idOf(draft.mergedInto) }),
  };
}
