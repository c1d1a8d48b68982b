import { z } from 'zod';
import { Fault } from '../../src-shared/fault.ts';
import { ClientApp } from '../../src-shared/model/client-app.ts';
import { CustomerId, type TenantId } from '../../src-shared/model/ids.ts';
import type { Host } from '../host.ts';
import { paths } from './paths.ts';

/**
 * What the technician's desk keeps across restarts, one file a tenant: the client apps, the epoch counter, the recent
 * customers. What is bound is not kept: a start begins with nothing bound, and pinned clients only.
 */
const Desk = z.strictObject({
  v: z.literal(1),
  /** The last epoch given out. It only grows, so no epoch of an earlier start is ever current again. */
  epoch: z.int().nonnegative(),
  clients: z.array(ClientApp),
  recents: z.array(CustomerId),
});
export type Desk = z.infer<typeof Desk>;

/** @throws Fault DESK_UNREADABLE when the file is there but not ours to read; nothing is overwritten then. */
export function readDesk({ files }: Pick<Host, 'files'>, tenant: TenantId): Desk {
  const text = files.read(paths.desk(tenant));
  if (text === undefined) return { v: 1, epoch: 0, clients: [], recents: [] };
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
