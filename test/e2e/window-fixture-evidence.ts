/** The calls of the `ui` contract about the ledger and what is kept, over the made-up MSP. */
import type { ui } from '../../src-shared/contract/ui.ts';
import { Fault } from '../../src-shared/fault.ts';
import type { Handlers } from '../../src-shared/wire/contract.ts';
import { checkpointOf, deviceKey, outlineOf, pathsOf, signedPolicy } from './window-fixture-ledger.ts';
import { amy, type FixtureMsp } from './window-fixture-msp.ts';

type LedgerCalls =
  | 'entries'
  | 'outline'
  | 'verifyLedger'
  | 'checkpoint'
  | 'bodiesOf'
  | 'keptBodies'
  | 'destroyCustomerKey'
  | 'beginExport'
  | 'policy'
  | 'earlierPolicy'
  | 'prove'
  | 'deviceKey';

export function ledgerHandlers(
  msp: FixtureMsp,
  asked: (name: string, input: unknown) => void,
): Pick<Handlers<typeof ui>, LedgerCalls> {
  return {
    entries: async (where, signal) => {
      if (msp.slow.page > 0) asked('entries waits', where);
      for (let ms = 0; ms < msp.slow.page && !signal.aborted; ms += 20) await pause(20); // Setting it to nothing ends the wait.
      if (signal.aborted) asked('entries was cancelled', where);
      if (msp.entriesFault !== null) throw msp.entriesFault;
      return msp.page(where);
    },
    outline: async (question, signal) => {
      asked('outline', question);
      for (let step = 1; step * 50 <= msp.slow.search; step++) {
        await pause(50);
        signal.throwIfAborted();
        const of = msp.ledger.count;
        msp.hearing.searching?.({ entries: Math.min(of, Math.floor((of * step * 50) / msp.slow.search)), of });
      }
      return outlineOf(msp.ledger, question, { signal, tell: (progress) => msp.hearing.searching?.(progress) });
    },
    verifyLedger: async (_, signal) => {
      asked('verifyLedger', undefined);
      const of = msp.ledger.count;
      for (let ms = 0; ms < msp.slow.verify; ms += 50) {
        await pause(50);
        if (signal.aborted) asked('verifyLedger was cancelled', undefined);
        signal.throwIfAborted();
        msp.hearing.verifying?.({ entries: Math.floor((of * ms) / msp.slow.verify), of });
      }
      const { seq = 0, problem = '' } = msp.verdict.firstBad ?? {};
      const text = seq === 0 ? 'The ledger does not prove itself.' : `The ledger is broken at entry ${seq}.`;
      const broken = {
        id: 'broken',
        severity: 'blocking',
        text,
        remedy: `${problem} Keep the file as it is, and tell the Bulkhead administrator.`,
      } as const;
      msp.change({ problems: msp.verdict.ok ? [] : [broken] });
      return { entries: of, ...msp.verdict };
    },
    checkpoint: () => {
      asked('checkpoint', undefined);
      return checkpointOf(msp.ledger);
    },
    prove: (question) => {
      asked('prove', question);
      return { inclusion: pathsOf(msp.ledger, question), consistency: [] };
    },
    deviceKey: () => deviceKey,
    bodiesOf: (question) => {
      asked('bodiesOf', question);
      const [from, to] = [Math.min(...question.seqs), Math.max(...question.seqs)];
      const params = { alert: 'bodies-read', entries: question.seqs.length, from, to };
      msp.record({ kind: 'alert', principal: { ...amy, client: 'operator' }, customer: null, params });
      return question.seqs.map((seq) => msp.open(seq));
    },
    keptBodies: () => keptOf(msp),
    destroyCustomerKey: (input) => {
      asked('destroyCustomerKey', input);
      if (input.code !== input.customer) throw new Fault('CODE_MISMATCH', 'That is not its code.');
      if (msp.state.binding?.customer.code === input.code) throw new Fault('CUSTOMER_BOUND', 'It is bound.');
      msp.destroyed.add(input.code);
    },
    beginExport: (input) => {
      asked('beginExport', input);
      const checkpoint = checkpointOf(msp.ledger);
      return { ...checkpoint, recorded: msp.ledger.count + 1 };
    },
    policy: () => signedPolicy,
    earlierPolicy: () => null,
  };
}

function keptOf(msp: FixtureMsp) {
  const counts = new Map<string, { bodies: number; oldest: string }>();
  for (const { customer, body, at } of msp.entries) {
    if (body === undefined || customer === null || msp.destroyed.has(customer)) continue;
    const known = counts.get(customer) ?? { bodies: 0, oldest: at };
    counts.set(customer, { ...known, bodies: known.bodies + 1 });
  }
  const mine = msp.customers
    .filter(({ code }) => counts.has(code))
    .map(({ code, name }) => ({ customer: { code, name }, bodies: 0, oldest: null, days: 365, ...counts.get(code) }));
  const quiet = { bodies: 212, oldest: '2026-03-02T08:00:00Z', days: null };
  const fern = { code: 'FERN-2', name: 'Fern Legal' };
  const others = msp.destroyed.has(fern.code) ? [] : [{ customer: fern, ...quiet }];
  return [...mine, ...others.filter(({ customer }) => !counts.has(customer.code)), { customer: null, ...quiet }];
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
