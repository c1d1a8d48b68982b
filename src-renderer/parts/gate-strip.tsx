/** The signature of the product: eight cells, one for each gate, with the same said in words. */
import { gateNames } from '../../src-shared/model/denial.ts';
import type { Cell, CallRow } from '../screens/activity/call-row.ts';
import { gateCells } from '../screens/activity/call-row.ts';
import { t } from '../words.ts';

export function GateStrip({ row }: { readonly row: CallRow }) {
  return <GateCells cells={gateCells(row)} />;
}

export function GateCells({ cells }: { readonly cells: readonly Cell[] }) {
  return (
    <span className="gates" role="img" aria-label={gateWords(cells)}>
      {cells.map((cell, gate) => (
        <i key={gateNames[gate]} className={cell} />
      ))}
    </span>
  );
}

/** The strip as a sentence. */
export function gateWords(cells: readonly Cell[]): string {
  const stop = cells.findIndex((cell) => cell === 'stopped' || cell === 'waiting');
  const name = gateNames[stop];
  if (name !== undefined) {
    return t(cells[stop] === 'waiting' ? 'gates.waiting' : 'gates.stopped', {
      number: stop + 1,
      name: t(`gate.${name}`),
    });
  }
  const passed = cells.filter((cell) => cell === 'passed').length;
  if (passed === gateNames.length) return t('gates.passed');
  return t(cells.includes('ahead') ? 'gates.reached' : 'gates.onRecord', { passed });
}
