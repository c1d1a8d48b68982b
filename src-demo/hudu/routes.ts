// The paths under /api/v1 (hudu.md §3). Kinds differ in data, not in code: kinds.ts says how. A path that is not here is 404.
import type { Answer } from '../vendor/answer.ts';
import { createUpload, download } from './files.ts';
import { kinds } from './kinds.ts';
import { listCompanyAssets, listRows } from './list.ts';
import { runProcedure } from './procedures.ts';
import { companyAsset, readRow, recordAnswer, rowOf } from './read.ts';
import type { HuduKind, HuduRow } from './records.ts';
import { missing, noSuchMethod } from './refusal.ts';
import { answerSpecial } from './special.ts';
import { huduKinds } from './store.ts';
import type { Call, World } from './world.ts';
import { forbidden } from './world.ts';
import { archiveRow, createRow, deleteRow, updateRow } from './writes.ts';

export function answerCall(world: World, call: Call): Answer {
  const { method, parts } = call;
  const [first = '', id = '', below = ''] = parts;
  const special = answerSpecial(world, call);
  if (special !== null) return special;
  const kind = huduKinds.find((one) => one === first);
  if (kind === undefined) return missing;
  if (kind === 'asset_passwords' && !world.faults.key.passwords) return forbidden(world);
  if (method === 'DELETE' && !world.faults.key.destructive) return forbidden(world);
  if (kind === 'companies' && below === 'assets') return answerCompanyAssets(world, Number(id), call);
  if (id === '') return answerCollection(world, kind, call);
  if (below !== '') return answerCommand(world, kind, call);
  // An asset is only reached through its company (§7).
  if (kind === 'assets') return missing;
  return answerRecord(world, kind, rowOf(world, kind, id), call);
}

function answerCollection(world: World, kind: HuduKind, call: Call): Answer {
  if (call.method === 'GET') return listRows(world, kind, call);
  if (call.method !== 'POST' || !kinds[kind].isWritable || kind === 'assets') return noSuchMethod;
  return kind === 'uploads' ? createUpload(world, call.body) : createRow(world, kind, call.body);
}

function answerRecord(world: World, kind: HuduKind, row: HuduRow | undefined, { method, query, body }: Call): Answer {
  if (row === undefined) return missing;
  if (method === 'GET') {
    const isFile = kind === 'uploads' || kind === 'photos';
    return isFile && query.flag('download') ? download(world, kind, row) : readRow(world, kind, String(row.id));
  }
  if (!kinds[kind].isWritable) return noSuchMethod;
  if (method === 'PUT') return updateRow(world, kind, row, body);
  return method === 'DELETE' ? deleteRow(world, kind, row) : noSuchMethod;
}

/** `PUT /articles/8/archive`, `POST /procedures/3/kickoff` and their like. */
function answerCommand(world: World, kind: HuduKind, call: Call): Answer {
  const [, id = '', command = '', ...deeper] = call.parts;
  const row = rowOf(world, kind, id);
  if (row === undefined || deeper.length > 0) return missing;
  if (kind === 'procedures' && call.method === 'POST') return runProcedure(world, row, command, call) ?? missing;
  if (call.method !== 'PUT' || (command !== 'archive' && command !== 'unarchive')) return missing;
  return archiveRow(world, kind, row, command === 'archive');
}

/** `/companies/{company}/assets`, `…/{id}` and `…/{id}/archive`. */
function answerCompanyAssets(world: World, company: number, call: Call): Answer {
  const [, , , id = '', command = '', ...deeper] = call.parts;
  if (rowOf(world, 'companies', String(company)) === undefined || deeper.length > 0) return missing;
  if (id === '') {
    if (call.method === 'GET') return listCompanyAssets(world, company, call);
    return call.method === 'POST' ? createRow(world, 'assets', call.body, { company_id: company }) : noSuchMethod;
  }
  const row = companyAsset(world, company, id);
  if (row === undefined) return missing;
  if (command === '')
    return call.method === 'GET' ? recordAnswer(world, 'assets', row, 200) : answerRecord(world, 'assets', row, call);
  if (call.method !== 'PUT') return noSuchMethod;
  if (command === 'move_layout') return updateRow(world, 'assets', row, call.body);
  return command === 'archive' || command === 'unarchive'
    ? archiveRow(world, 'assets', row, command === 'archive')
    : missing;
}
