/** What is checked at every open for writing: quick, and enough that nothing is ever appended to a broken end. */
import { ChainCheck } from '../src-shared/merkle/chain.ts';
import { damaged, type Sqlite } from './database.ts';
import { OpenCheck } from './open-check.ts';
import { type Row, readRow, rowColumns } from './rows.ts';
import { sha256 } from './sha256.ts';
import { storedNotes } from './tree-head.ts';

const tail = 1000;

/**
 * Faults with LEDGER_DAMAGED when the last thousand entries are not in order, or the calls they leave open are not those that the file
 * says are, or entries of a checkpoint are gone.
 */
export function checkTail(db: Sqlite, tenant: string): void {
  const rows = db
    .prepare<[number], Row>(`SELECT ${rowColumns} FROM entry ORDER BY seq DESC LIMIT ?`)
    .all(tail)
    .reverse();
  const isAll = rows.length < tail;
  const check = new ChainCheck(sha256, { gaps: isAll ? 'none' : 'before' });
  const calls = new OpenCheck(db);
  for (const row of rows) {
    const found = readRow(row, tenant);
    const problem = typeof found === 'string' ? found : (check.add(found) ?? calls.add(found))?.problem;
    if (problem) throw damaged(problem);
  }
  const covered =
    db
      .prepare<[], number | null>(`SELECT max(size) FROM (${storedNotes(db)})`)
      .pluck()
      .get() ?? 0;
  if (covered >= check.next) throw damaged(`Entry ${check.next} is missing: a checkpoint covers ${covered} entries.`);
  const wrongCall = calls.problem(rows[0]?.seq);
  if (wrongCall) throw damaged(wrongCall.problem);
}
