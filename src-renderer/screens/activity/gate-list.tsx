import { type GateName, gateNames } from '../../../src-shared/model/denial.ts';
import type { Entry } from '../../../src-shared/model/entry.ts';
import { useApp } from '../../api/app.ts';
import { t } from '../../words.ts';
import { askedFor, type CallRow, type Cell, callerOf, gateCells, gatesOf, isBuiltIn, isOfSeveral } from './call-row.ts';
import { clientName } from './call-words.ts';

/** The eight gates in order, with what each settled and how long it took. */
export function GateList({ row }: { readonly row: CallRow }) {
  const cells = gateCells(row);
  const gates = gatesOf(row);
  return (
    <ol className="gate-list">
      {gateNames.map((name, place) => {
        const cell = cells[place] ?? 'ahead';
        const outcome = gates.find(({ gate }) => gate === name);
        return (
          <li key={name} className={cell}>
            <b>{t(`gate.${name}`)}</b>
            <span>{settled(row, name, cell)}</span>
            {outcome !== undefined && <em>{t('gates.ms', { ms: outcome.ms.toFixed(outcome.ms < 10 ? 2 : 0) })}</em>}
          </li>
        );
      })}
    </ol>
  );
}

function settled(row: CallRow, name: GateName, cell: Cell): string {
  const { entry } = row;
  if (cell === 'ahead') return t(row.verdict === 'running' ? 'gates.notYet' : 'gates.notReached');
  if (cell === 'unrecorded') return unrecordedWords(row);
  if (name === 'customer') {
    const asked = askedFor(row);
    if (cell === 'stopped' && asked !== '' && entry.customer !== null)
      return t('gates.askedBound', { asked, bound: entry.customer });
    return customerWords(entry);
  }
  if (cell === 'stopped') return t('gates.denied');
  if (cell === 'waiting') return t('gates.waits');
  if (name === 'principal')
    return t('gates.principal', { name: callerOf(row).name, client: clientName(callerOf(row).client) });
  if (name === 'tenant') return useApp.getState().state?.tenant?.name ?? entry.tenant;
  if (name === 'policy' && entry.policyVersion !== undefined)
    return t('gates.policy', { version: entry.policyVersion });
  if (name === 'audit') return t('gates.recorded');
  return t('gates.ok');
}

/** Why the ledger has no result of a gate, as far as it tells. */
function unrecordedWords(row: CallRow): string {
  if (isBuiltIn(row)) return t('gates.notNeeded');
  return t(isOfSeveral(row.entry) && row.verdict === 'allowed' ? 'gates.ofEach' : 'gates.notRecorded');
}

function customerWords({ customer, cross }: Entry): string {
  if (cross === undefined) return customer ?? t('gates.noCustomer');
  return customer === null ? t('gates.across', { cross }) : t('gates.within', { customer, cross });
}
