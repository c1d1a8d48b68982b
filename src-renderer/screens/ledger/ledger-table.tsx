import type { Entry } from '../../../src-shared/model/entry.ts';
import { Button } from '../../parts/button.tsx';
import { ScrollRegion } from '../../parts/scroll-region.tsx';
import { moment, number, t } from '../../words.ts';
import { outcomeOf } from '../activity/approval-trail.ts';

interface Props {
  /** Newest first. */
  readonly rows: readonly Entry[];
  /** Entries that came since. The list does not move by itself. */
  readonly newer: number;
  readonly showNewer: () => void;
  readonly older: (() => void) | undefined;
  readonly isFetching: boolean;
}

/** Entries of every kind: who did what, for whom. Arguments and answers are not shown here. */
export function LedgerTable({ rows, newer, showNewer, older, isFetching }: Props) {
  return (
    <ScrollRegion className="table ledger-table" label={t('ledger.recent')}>
      {newer > 0 && (
        <button type="button" className="newer" onClick={showNewer}>
          {t('ledger.newer', { count: newer, shown: number(newer) })}
        </button>
      )}
      <table>
        <thead>
          <tr>
            {(['seq', 'time', 'kind', 'what', 'customer', 'who', 'leaf'] as const).map((column) => (
              <th key={column} scope="col" className={column}>
                {t(`ledger.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((entry) => (
            <tr key={entry.seq}>
              <td className="seq number">{number(entry.seq)}</td>
              <td className="time number">
                <time dateTime={entry.at} title={entry.at}>
                  {moment(entry.at)}
                </time>
              </td>
              <td className="kind">{kindWords(entry)}</td>
              <td className="what">{entry.tool ?? alertOf(entry)}</td>
              <td className="customer">{entry.customer ?? ''}</td>
              <td className="who">{whoWords(entry)}</td>
              <td className="leaf">
                <code title={entry.leaf}>{entry.leaf.slice(0, 10)}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {older !== undefined && (
        <p className="older">
          <Button isBusy={isFetching} onClick={older}>
            {t('ledger.older')}
          </Button>
        </p>
      )}
    </ScrollRegion>
  );
}

/** What happened. An approval's end says which end it was. */
function kindWords(entry: Entry): string {
  const outcome = outcomeOf(entry);
  return outcome === null ? t(`kind.${kindKey(entry)}`) : t(`approvals.kind.${outcome}`);
}

/** Which alert it is, by its code. */
const alertOf = ({ params }: Entry): string => (typeof params?.['alert'] === 'string' ? params['alert'] : '');

/** i18next takes a dot for a level. */
const kindKey = ({ kind }: Entry) => kind.replace('.', '_') as KindKey;

type KindKey = Entry['kind'] extends infer K ? (K extends `${infer A}.${infer B}` ? `${A}_${B}` : never) : never;

function whoWords({ principal: { kind, name, client } }: Entry): string {
  if (kind === 'system') return t('ledger.system');
  return client === 'operator' ? name : `${name}, ${client}`;
}
