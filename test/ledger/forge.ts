/** What someone can do who may write the file of a closed ledger and has no key. For tests. */
import Database from 'better-sqlite3';
import { leafOf } from '../../src-ledger/sha256.ts';
import { canonical } from '../../src-shared/canonical.ts';
import { zeros } from '../../src-shared/merkle/chain.ts';

export function tamper(file: string, sql: string): void {
  const db = new Database(file);
  db.exec(`DROP TRIGGER IF EXISTS entry_is_final; DROP TRIGGER IF EXISTS entry_stays; ${sql}`);
  db.close();
}

/** Entry `at` says something else, every leaf and link after it is right again, and nothing of a checkpoint is left. */
export function forge(file: string, at: number): void {
  tamper(file, 'DELETE FROM tree_head; DELETE FROM checkpoint');
  const db = new Database(file);
  const rewrite = db.prepare('UPDATE entry SET text = ?, leaf = ? WHERE seq = ?');
  let prev = zeros;
  for (const { seq, text } of db.prepare<[], { seq: number; text: string }>('SELECT seq, text FROM entry').all()) {
    const entry = { ...(JSON.parse(text) as object), prev, ...(seq === at ? { params: { forged: true } } : {}) };
    const forged = canonical(entry);
    prev = leafOf(forged);
    rewrite.run(forged, Buffer.from(prev, 'hex'), seq);
  }
  db.close();
}
