// What the demo keeps from one start to the next: the key it signs with, and the policy it signed last, so that the same grant is
// the same text. Whoever reads the file can sign for the demo company; but whoever may start a demo may be anybody in it.
import { z } from 'zod';
import { readFileIfThere, writeFileAtomic } from '../src-shared/node/atomic-file.ts';

const KeptIssue = z.strictObject({
  key: z.strictObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string(), d: z.string() }),
  bundle: z.string(),
});
export type KeptIssue = z.infer<typeof KeptIssue>;

export interface IssueKeeper {
  /** undefined when there is nothing of use. */
  read(): KeptIssue | undefined;
  write(kept: KeptIssue): void;
}

/** Keeps it in a file. Where that cannot be read or written the demo signs anew at every start, and works all the same. */
export const keepIssueIn = (path: string): IssueKeeper => ({
  read: () => {
    try {
      return KeptIssue.safeParse(JSON.parse(readFileIfThere(path) ?? 'null')).data;
    } catch {
      return undefined;
    }
  },
  write: (kept) => {
    try {
      writeFileAtomic(path, `${JSON.stringify(kept)}\n`);
    } catch {
      // As above.
    }
  },
});

export const keepNothing: IssueKeeper = { read: () => undefined, write: () => {} };
