/**
 * The ledger process: the only writer of a tenant's audit log. Trusts the supervisor for which file to open; the gateway,
 * on its own link, may append and nothing else. Has no network and holds no secret; the broker signs for it.
 */
import { pathToFileURL } from 'node:url';
import { brokerSigner } from '../src-shared/contract/broker.ts';
import { ledgerControl, ledgerWriter } from '../src-shared/contract/ledger.ts';
import { Fault } from '../src-shared/fault.ts';
import { connectParent } from '../src-shared/node/parent-port.ts';
import { reportUnexpected } from '../src-shared/node/report-unexpected.ts';
import { client } from '../src-shared/wire/client.ts';
import { serve } from '../src-shared/wire/serve.ts';
import { atMostEvery } from './at-most-every.ts';
import { OpenLedger } from './open-ledger.ts';
import type { SignCheckpoint } from './tree-head.ts';

/** Milliseconds a broker may take to sign before a checkpoint goes unsigned; a closing ledger waits no longer either. */
const signWithin = 3000;
/** Milliseconds between checkpoints, and for which the answer to what only a person may allow waits for one. */
const checkpointEvery = 60_000;
const checkpointPatience = 1000;

process.umask(0o077); // What a ledger says is its owner's to read.
process.env['SQLITE_USE_URI'] = '1'; // SQLite reads it when it is loaded, which is at the first opening of a file.

let ledger: OpenLedger | undefined;
let sign: SignCheckpoint | undefined;

const opened = () => {
  if (!ledger) throw new Fault('LEDGER_CLOSED', 'No ledger is open.');
  return ledger;
};

const parent = connectParent();
const { emit } = serve(
  ledgerControl,
  {
    open: (opening) => {
      if (ledger) throw new Fault('LEDGER_OPEN', 'This process already has a ledger open.');
      ledger = new OpenLedger(opening, {
        now: Date.now,
        fileUrl: (path) => pathToFileURL(path).href,
        locklessVfs: process.platform === 'win32' ? 'win32-none' : 'unix-none',
        reserveBytes: 64 * 1024 * 1024,
        checkpointEvery,
        checkpointPatience,
        onGrew: atMostEvery(100, (entries) => emit('grew', { entries })),
        onState: (problem) => emit('state', { problem: problem?.text ?? null, remedy: problem?.remedy ?? null }),
        onClock: (behind) => emit('clock', { behind }),
        onCovered: (entries, isSigned) => emit('covered', { entries, isSigned }),
      });
      ledger.signWith(sign);
      return { entries: ledger.entries, interrupted: [...ledger.interrupted] };
    },
    append: (draft) => opened().append(draft),
    page: (question, signal) => opened().page(question, signal),
    verify: (_, signal) => opened().verify(signal),
    prove: (question, signal) => opened().prove(question, signal),
    checkpoint: () => opened().checkpoint(),
    close: async () => {
      await ledger?.checkpoint().catch(() => undefined); // A broker that is gone must not keep the file open.
      ledger?.close();
      ledger = undefined;
    },
    countCalls: async ({ from }) => ({ calls: await opened().countCalls(from) }),
    tallyCalls: ({ from }, signal) => opened().tallyCalls(from, signal),
  },
  parent.control,
  reportUnexpected,
);

parent.onLink((name, port) => {
  if (name === 'gateway') return void serve(ledgerWriter, { append: (draft) => opened().append(draft) }, port);
  if (name !== 'broker') return port.close();
  const broker = client(brokerSigner, port);
  const signWithBroker: SignCheckpoint = async (body) =>
    (await broker.signCheckpoint({ body }, { signal: AbortSignal.timeout(signWithin) })).note;
  use(signWithBroker);
  port.onClose(() => {
    if (sign === signWithBroker) use(undefined);
  });
});

process.on('SIGTERM', () => void end());
process.on('exit', () => ledger?.close());

function use(signer: SignCheckpoint | undefined): void {
  sign = signer;
  ledger?.signWith(signer);
}

/** The last checkpoint, so that the next start need not walk the ledger; then the 'exit' above lets go of the file. */
async function end(): Promise<void> {
  await ledger?.checkpoint().catch(() => undefined); // Ending must not hang on a disk or a broker that is gone.
  process.exit(0);
}
