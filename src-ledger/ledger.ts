/**
 * The ledger process: the only writer of a tenant's audit log. Trusts the supervisor for which file to open; the gateway,
 * on its own link, may append and nothing else. Has no network. The broker signs for it,
 * and makes the keys it seals bodies with, which it holds in memory alone.
 */
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brokerSigner } from '../src-shared/contract/broker.ts';
import { ledgerControl, ledgerWriter, type Progress } from '../src-shared/contract/ledger.ts';
import { Fault } from '../src-shared/fault.ts';
import { connectParent } from '../src-shared/node/parent-port.ts';
import { reportUnexpected } from '../src-shared/node/report-unexpected.ts';
import { client } from '../src-shared/wire/client.ts';
import { serve } from '../src-shared/wire/serve.ts';
import { atMostEvery } from './at-most-every.ts';
import type { KeySource } from './body-keys.ts';
import { OpenLedger } from './open-ledger.ts';
import type { SignCheckpoint } from './tree-head.ts';

/** The broker, while it is linked. */
interface Broker extends KeySource {
  readonly sign: SignCheckpoint;
}

/** Milliseconds a broker may take. Then a checkpoint goes unsigned and a call is refused; a closing ledger waits no longer either. */
const brokerWithin = 3000;
/** Milliseconds between checkpoints, and for which the answer to what only a person may allow waits for one. */
const checkpointEvery = 60_000;
const checkpointPatience = 1000;

process.umask(0o077); // What a ledger says is its owner's to read.
process.env['SQLITE_USE_URI'] = '1'; // SQLite reads it when it is loaded, which is at the first opening of a file.

let ledger: OpenLedger | undefined;
let broker: Broker | undefined;

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
      useTemporaryFolder(dirname(opening.file));
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
      ledger.signWith(broker?.sign);
      ledger.sealWith(broker);
      return { entries: ledger.entries, interrupted: [...ledger.interrupted], isCut: ledger.isCut };
    },
    interrupted: () => opened().openIntents(),
    append: (draft) => opened().append(draft),
    page: (question, signal) => opened().page(question, signal),
    outline: (question, signal) => opened().outline(question, signal, tellSearching),
    verify: (_, signal) => opened().verify(signal, tellVerifying),
    bodiesOf: ({ seqs }, signal) => opened().bodiesOf(seqs, signal),
    bodiesHeld: (_, signal) => opened().bodiesHeld(signal),
    dropBodies: (question) => opened().dropBodies(question),
    dropKeys: (question) => opened().dropKeys(question),
    prove: (question, signal) => opened().prove(question, signal),
    checkpoint: () => opened().checkpoint(),
    close: async () => {
      await ledger?.checkpoint().catch(() => undefined); // A broker that is gone must not keep the file open.
      ledger?.close();
      ledger = undefined;
    },
    countCalls: async ({ from }, signal) => ({ calls: await opened().countCalls(from, signal) }),
    tallyCalls: ({ from }, signal) => opened().tallyCalls(from, signal),
  },
  parent.control,
  reportUnexpected,
);

const tellSearching = atMostEvery<Progress>(100, (progress) => emit('searching', progress));
const tellVerifying = atMostEvery<Progress>(100, (progress) => emit('verifying', progress));

parent.onLink((name, port) => {
  if (name === 'gateway') return void serve(ledgerWriter, { append: (draft) => opened().append(draft) }, port);
  if (name !== 'broker') return port.close();
  const { signCheckpoint, makeBodyKey, openBodyKey } = client(brokerSigner, port);
  const linked: Broker = {
    sign: async (body) => (await signCheckpoint({ body }, { deadlineMs: brokerWithin })).note,
    makeBodyKey: (question) => makeBodyKey(question, { deadlineMs: brokerWithin }),
    openBodyKey: (question) => openBodyKey(question, { deadlineMs: brokerWithin }),
  };
  use(linked);
  port.onClose(() => {
    if (broker === linked) use(undefined);
  });
});

process.on('SIGTERM', () => void end());
process.on('exit', () => ledger?.close());

/** Where SQLite puts the table of a search, in a file without a name. Read when it is loaded; Windows has it from the system's. */
function useTemporaryFolder(folder: string): void {
  process.env['SQLITE_TMPDIR'] ??= folder;
  if (process.platform === 'win32') process.env['TMP'] ??= folder;
}

function use(linked: Broker | undefined): void {
  broker = linked;
  ledger?.signWith(linked?.sign);
  ledger?.sealWith(linked);
}

/** The last checkpoint, so that the next start need not walk the ledger; then the 'exit' above lets go of the file. */
async function end(): Promise<void> {
  await ledger?.checkpoint().catch(() => undefined); // Ending must not hang on a disk or a broker that is gone.
  process.exit(0);
}
