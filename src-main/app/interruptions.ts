import type { Entry } from '../../src-shared/model/entry.ts';
import { asFault } from '../../src-shared/fault.ts';
import type { Crew } from './crew.ts';
import type { Facts } from './facts.ts';
import type { Log } from './log.ts';
import type { Recorder } from './recorder.ts';
import { surveyTool } from './surveys.ts';

/**
 * Calls that something cut short after their intent was recorded: a crash of Bulkhead, of the gateway, or of the ledger just
 * when their outcome came. Each gets the outcome `interrupted`, and the technician is told. The ledger takes one outcome a
 * call, so of a gateway that is late and this the first counts; the late one answers nothing then.
 */
export interface Interruptions {
  /**
   * To be asked when no gateway can record anything: whatever is open then is over. Resolves when that is known; it is
   * recorded afterwards. Faults: the ledger's.
   */
  noneRuns(): Promise<void>;
  /** Now and then looks for calls that have been open for longer than any runs. */
  watch(): void;
  end(): void;
}

export interface InterruptionsPowers {
  readonly facts: Pick<Facts, 'change'>;
  readonly crew: { readonly ledger: Pick<Crew['ledger'], 'interrupted' | 'page'> };
  readonly recorder: Pick<Recorder, 'bySystem'>;
  readonly log: Log;
}

/** Milliseconds between two looks: longer than a call takes, its recording included. */
const every = 120_000;
/** Milliseconds the ledger may take to answer. */
const deadlineMs = 8000;
/** Entries that are asked of the ledger, or go to it, at once. */
const atOnce = 100;

export function makeInterruptions({ facts, crew, recorder, log }: InterruptionsPowers): Interruptions {
  /** Whatever was open at the last look. */
  let before: ReadonlySet<number> = new Set();
  const told = new Set<number>();
  let isFirst = true;
  let isOver = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  return {
    noneRuns: async () => {
      const open = await entriesOf(await crew.ledger.interrupted(undefined, { deadlineMs }));
      const isStart = isFirst;
      isFirst = false;
      // A survey runs without a gateway: only at the start is none running.
      const over = open.filter(({ tool }) => isStart || tool !== surveyTool);
      tell(over);
      void record(over);
    },
    watch: waitForNext,
    end: () => {
      isOver = true;
      clearTimeout(timer);
    },
  };

  function waitForNext(): void {
    if (!isOver) timer = setTimeout(() => void look().finally(waitForNext), every);
  }

  async function look(): Promise<void> {
    try {
      const open = await crew.ledger.interrupted(undefined, { deadlineMs });
      const over = await entriesOf(open.filter((seq) => before.has(seq)));
      before = new Set(open);
      tell(over);
      await record(over);
    } catch (thrown) {
      log('warn', 'interrupted.unknown', { fault: asFault(thrown).code }); // The next look asks again.
    }
  }

  async function entriesOf(seqs: readonly number[]): Promise<Entry[]> {
    const found: Entry[] = [];
    for (let at = 0; at < seqs.length; at += atOnce) {
      const read = seqs.slice(at, at + atOnce).map(async (seq) => {
        const { entries } = await crew.ledger.page({ after: seq - 1, limit: 1, filter: {} }, { deadlineMs });
        return entries.filter((entry) => entry.seq === seq);
      });
      found.push(...(await Promise.all(read)).flat());
    }
    return found;
  }

  /** Before it is recorded: a disk that is full must not keep it from whoever must look what became of a write. */
  function tell(over: readonly Entry[]): void {
    const fresh = over.filter(({ seq }) => !told.has(seq));
    if (fresh.length === 0) return;
    for (const { seq } of fresh) told.add(seq);
    facts.change((all) => (all.interrupted += fresh.length));
  }

  /** What cannot be recorded now is still open at the next looks. */
  async function record(over: readonly Entry[]): Promise<void> {
    for (let at = 0; at < over.length; at += atOnce) {
      const faults = await Promise.all(
        over.slice(at, at + atOnce).map((entry) => recorder.bySystem(outcomeOf(entry)).then(() => undefined, asFault)),
      );
      const late = faults.filter((fault) => fault?.code === 'OUTCOME_KNOWN').length;
      if (late > 0) facts.change((all) => (all.interrupted -= late));
      const failed = faults.find((fault) => fault && fault.code !== 'OUTCOME_KNOWN');
      if (failed) log('warn', 'interrupted.unrecorded', { fault: failed.code });
    }
  }
}

function outcomeOf({ seq, customer, cross, tool, connector, risk }: Entry): Parameters<Recorder['bySystem']>[0] {
  return {
    kind: 'call.outcome',
    customer,
    ...(cross === undefined ? {} : { cross }),
    ...(tool === undefined ? {} : { tool }),
    ...(connector === undefined ? {} : { connector }),
    ...(risk === undefined ? {} : { risk }),
    ref: seq,
    result: { status: 'interrupted', records: 0, dropped: 0, redacted: 0, bytes: 0, ms: 0 },
  };
}
