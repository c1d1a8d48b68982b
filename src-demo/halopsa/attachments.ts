// GET /Attachment, by ticket and by id (halopsa.md §5.6). No owner anywhere, any id is readable, and a signed link is a
// bearer URL that works for whoever holds it (§6 row 10). Callers are untrusted.
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Answer } from '../vendor/answer.ts';
import { bytesAnswer, jsonAnswer } from '../vendor/answer.ts';
import { notFound, refuse } from './refusal.ts';
import { matching, wholeTest } from './filter.ts';
import { listAnswer, toText } from './list.ts';
import type { Query } from '../vendor/query.ts';
import type { HaloAttachment } from './records.ts';
import { attachmentView } from './views.ts';
import type { Call, World } from './world.ts';

const linkSeconds = 300;

export function listAttachments(world: World, { query }: Call): Answer {
  const { store, faults } = world;
  const ticket = query.whole('ticket_id') || query.whole('unique_id');
  const action = query.whole('action_id');
  // Without any filter: 0 rows, the one list that does not fail open.
  const found = ticket > 0 ? store.attachments.of('ticket', ticket) : action > 0 ? store.attachments.all() : [];
  return listAnswer<HaloAttachment>(faults, query, {
    key: 'attachments',
    rows: matching(found, wholeTest<HaloAttachment>(query, 'action_id', 'action_id')),
    view: attachmentView,
    text: (file) => store.text(file, () => toText(attachmentView(file))),
    owner: 'ticket_id',
    asked: ticket,
    everyone: () => store.attachments.all(),
    head: { ticket_id: ticket, action_id: action, unique_id: ticket, folders: [] },
  });
}

export function readAttachment(world: World, { id }: Call): Answer {
  const file = world.store.attachments.get(Number(id));
  if (file === undefined) return notFound(world.faults);
  const mode = world.faults.attachmentMode;
  const linked = mode === 'link' || (mode === 'mixed' && file.id % 2 === 0);
  if (linked) return jsonAnswer(200, JSON.stringify({ link: signedLink(world, file.id) }));
  return bytesAnswer(Buffer.from(file.content ?? ''));
}

/** The storage behind the links. It refuses a request that also carries an Authorization header, as S3 does. */
export function readLinked(world: World, id: string, query: Query, isAuthorized: boolean): Answer {
  if (isAuthorized) return refuse(world.faults, 400, 'Only one auth mechanism allowed');
  const file = world.store.attachments.get(Number(id));
  const expires = query.whole('expires');
  const signature = Buffer.from(query.text('signature'));
  const expected = Buffer.from(sign(world, Number(id), expires));
  const isSigned = signature.length === expected.length && timingSafeEqual(signature, expected);
  if (!isSigned || expires * 1000 < world.now() || file === undefined)
    return refuse(world.faults, 403, 'Access denied');
  return bytesAnswer(Buffer.from(file.content ?? ''));
}

function signedLink(world: World, id: number): string {
  const expires = Math.floor(world.now() / 1000) + linkSeconds;
  return `${world.origin}/files/${id}?Expires=${expires}&Signature=${sign(world, id, expires)}&Key-Pair-Id=KDEMO1`;
}

function sign(world: World, id: number, expires: number): string {
  return createHmac('sha256', world.linkKey).update(`${id} ${expires}`).digest('base64url');
}
