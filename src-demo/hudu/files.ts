// Uploads, photos and what is public (hudu.md §3.4, §3.8): downloads as bytes or as a redirect to storage that asks for no
// key, public photos and shared articles for whoever has the address (§5 row 10). Callers are untrusted.
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Answer } from '../vendor/answer.ts';
import { bytesAnswer } from '../vendor/answer.ts';
import type { Query } from '../vendor/query.ts';
import { recordAnswer } from './read.ts';
import type { HuduRow } from './records.ts';
import { invalid, missing, refuse } from './refusal.ts';
import { slugOf, viewOf } from './views.ts';
import type { World } from './world.ts';
import { vendorTime } from './world.ts';

const linkSeconds = 300;

export function download(world: World, kind: 'uploads' | 'photos', row: HuduRow): Answer {
  const mode = world.faults.uploadMode;
  const isRedirected = mode === 'redirect' || (mode === 'mixed' && Number(row.id) % 2 === 0);
  if (!isRedirected) return bytesAnswer(contentOf(row));
  const expires = Math.floor(world.now() / 1000) + linkSeconds;
  const signature = sign(world, `${kind}/${row.id} ${expires}`);
  const location = `${world.origin}/storage/${kind}/${row.id}?X-Expires=${expires}&X-Signature=${signature}`;
  return { status: 302, body: '', headers: { location } };
}

/** Paths outside the API, which nobody needs a key for; null for any other path. */
export function readPublic(world: World, parts: readonly string[], query: Query): Answer | null {
  const [place = '', first = '', second = ''] = parts;
  const { store } = world;
  if (place === 'storage') return readStored(world, first, second, query);
  if (place === 'public_photo') {
    const photo = store.table('public_photos').get(first);
    return photo === undefined ? missing : bytesAnswer(contentOf(photo), 'image/png');
  }
  if (place !== 'shared_article') return null;
  const article = store
    .table('articles')
    .all()
    .find((row) => slugOf('articles', row) === first);
  if (article?.['enable_sharing'] !== true) return missing;
  return bytesAnswer(Buffer.from(String(viewOf(world, 'articles', article)['content'])), 'text/html; charset=utf-8');
}

/** `POST /uploads`: multipart with `file`, `upload[uploadable_id]` and `upload[uploadable_type]`, of any parent. */
export function createUpload(world: World, body: Buffer): Answer {
  const parts = multipart(body);
  const file = parts.get('file');
  const [id, type] = ['upload[uploadable_id]', 'upload[uploadable_type]'].map((name) => parts.get(name)?.value ?? '');
  if (file === undefined || !/^\d{1,10}$/.test(id ?? '') || type === '')
    return invalid('file and its record are required');
  const row: HuduRow = {
    id: world.store.table('uploads').nextId(),
    name: file.filename ?? 'file',
    uploadable_type: type,
    uploadable_id: Number(id),
    content: file.value,
    created_date: vendorTime(world),
  };
  world.store.put('uploads', row);
  return recordAnswer(world, 'uploads', row, 201);
}

function readStored(world: World, kind: string, id: string, query: Query): Answer {
  if (kind !== 'uploads' && kind !== 'photos') return missing;
  const row = world.store.table(kind).get(Number(id));
  const expires = query.whole('x-expires');
  const given = Buffer.from(query.text('x-signature'));
  const expected = Buffer.from(sign(world, `${kind}/${id} ${expires}`));
  const isSigned = given.length === expected.length && timingSafeEqual(given, expected);
  if (!isSigned || expires * 1000 < world.now() || row === undefined) return refuse(403, 'Access denied');
  return bytesAnswer(contentOf(row));
}

function sign(world: World, what: string): string {
  return createHmac('sha256', world.linkKey).update(what).digest('base64url');
}

function contentOf(row: HuduRow): Buffer {
  return Buffer.from(typeof row['content'] === 'string' ? row['content'] : '');
}

type Part = { readonly value: string; readonly filename: string | undefined };

/** The parts of a multipart body by name. The boundary is the body's first line. */
function multipart(body: Buffer): Map<string, Part> {
  const text = body.toString('utf8');
  const boundary = /^--[^\r\n]+/.exec(text)?.[0];
  const parts = new Map<string, Part>();
  for (const part of boundary === undefined ? [] : text.split(boundary)) {
    const [head = '', ...rest] = part.split('\r\n\r\n');
    const name = /\bname="([^"]*)"/.exec(head)?.[1];
    const value = rest.join('\r\n\r\n').replace(/\r\n$/, '');
    if (name !== undefined) parts.set(name, { value, filename: /\bfilename="([^"]*)"/.exec(head)?.[1] });
  }
  return parts;
}
