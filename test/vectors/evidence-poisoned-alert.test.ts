// Attack: a gateway that was taken over records that an export left with a checkpoint that never was, so that no evidence bundle
// can be made any more, or so that the checkpoints which did leave are not proven.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ledgerWriter } from '../../src-shared/contract/ledger.ts';
import { makeEvidence } from '../cli/evidence-fixture.ts';
import { draft } from '../ledger/fork-ledger.ts';

const alert = (params: Record<string, unknown>) => draft('', { kind: 'alert', customer: null, params });
const exported = (entries: unknown) => alert({ alert: 'ledger-exported', checkpoint: { entries } });

it('does not keep evidence from leaving, whatever size was recorded', async () => {
  const { exportTo, ledger, out, record, verify } = await makeEvidence();
  await record(5);
  expect((await exportTo('first.tar', '--format', 'bundle')).code).toBe(0);
  const { entries } = ledger;
  for (const size of [1e12, 1.5, -1, 1e300, '3', null, entries + 7]) await ledger.append(exported(size));
  await ledger.append(alert({ alert: 'ledger-exported', checkpoint: null }));
  const made = await exportTo('second.tar', '--format', 'bundle');
  expect([made.code, made.stderr]).toEqual([0, '']);
  expect((await verify('second.tar')).code).toBe(0);
  const sizes = readFileSync(out('second.tar'), 'utf8').matchAll(/\{"size":(\d+),"root"/g);
  expect([...sizes].map(([, size]) => Number(size))).toEqual([entries - 1]);
});

it('is nothing that the ledger takes from a gateway', () => {
  const { input } = ledgerWriter.append;
  expect(input.safeParse(alert({ alert: 'rate-limit', client: 'claude-code' })).success).toBe(true);
  for (const params of [{ alert: 'ledger-exported', checkpoint: { entries: 3 } }, { alert: 'entries-lost' }, {}])
    expect(input.safeParse(alert(params)).success).toBe(false);
  const { params: _, ...bare } = alert({});
  expect(input.safeParse(bare).success).toBe(false);
});
