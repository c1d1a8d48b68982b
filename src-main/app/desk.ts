import { z } from 'zod';
import { Fault } from '../../src-shared/fault.ts';
import { ClientApp } from '../../src-shared/model/client-app.ts';
import { CrossScope } from '../../src-shared/model/cross.ts';
import { CustomerId, type TenantId } from '../../src-shared/model/ids.ts';
import type { Host } from '../host.ts';
import { paths } from './paths.ts';

/**
 * What the technician's desk keeps across restarts, one file a tenant: the client apps, the epoch counter, the recent
 * customers, whether all AI work is stopped, and which client apps work on several customers. What the switcher is set to is
 * not kept: a start begins with nothing bound, but for pinned clients and scopes whose time is not over. A file of before there
 * was a member has its default.
 */
const Desk = z.strictObject({
  v: z.literal(1),
  /** The last epoch given out. It only grows, so no epoch of an earlier start is ever current again. */
  epoch: z.int().nonnegative(),
  clients: z.array(ClientApp),
  recents: z.array(CustomerId),
  /** All AI work is stopped, since when and by whom, until a person resumes it: a restart does not. */
  stopped: z
    .strictObject({ since: z.iso.datetime(), by: z.string().max(200) })
    .nullable()
    .default(null),
  /** Open cross-customer scopes, and the number of the last one ever opened. */
  crosses: z.array(CrossScope).max(20).default([]),
  lastCross: z.int().nonnegative().default(0),
  /** There is a file of accepted tools. If it is gone at a later start, that is no first start. */
  hasToolPins: z.literal(true).optional(),
});
export type Desk = z.infer<typeof Desk>;

export const emptyDesk: Desk = { v: 1, epoch: 0, clients: [], recents: [], stopped: null, crosses: [], lastCross: 0 };

/** @throws Fault DESK_UNREADABLE when the file is there but not ours to read; nothing is overwritten then. */
export function readDesk({ files }: Pick<Host, 'files'>, tenant: TenantId): Desk {
  const text = files.read(paths.desk(tenant));
  if (text === undefined) return emptyDesk;
  const parsed = Desk.safeParse(parse(text));
  if (parsed.success) return parsed.data;
  throw new Fault(
    'DESK_UNREADABLE',
    `The file ${files.path(paths.desk(tenant))} is damaged.`,
    'Restore it from a backup, or move it away: client apps must then be added again.',
  );
}

export function writeDesk({ files }: Pick<Host, 'files'>, tenant: TenantId, desk: Desk): void {
  files.write(paths.desk(tenant), `${JSON.stringify(desk, null, 2)}\n`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
