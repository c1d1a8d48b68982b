import { useMemo, useState } from 'react';
import { Link } from '@tanstack/react-router';
import { useAppState } from '../../api/app.ts';
import { type Kept, useKept } from '../../api/use-kept.ts';
import { Button } from '../../parts/button.tsx';
import { RightScreen } from '../../parts/no-right.tsx';
import { Page } from '../../parts/page.tsx';
import { ScrollRegion } from '../../parts/scroll-region.tsx';
import { Empty, Failed, Waiting } from '../../parts/states.tsx';
import { useRight } from '../../parts/use-right.ts';
import { fold, typedWords } from '../../switcher/match-customers.ts';
import { day, number, t } from '../../words.ts';
import { DestroyDialog, type Doomed } from './destroy-dialog.tsx';

/** Of which customers how much is kept, and where a customer's key can be destroyed. */
export function KeptScreen() {
  return (
    <RightScreen right="read-ledger" title={t('ledger.kept.title')}>
      <KeptList />
    </RightScreen>
  );
}

function KeptList() {
  const mayDestroy = useRight('destroy-keys');
  const bound = useAppState().binding?.customer.code;
  const { data, error, refetch } = useKept(true);
  const [find, setFind] = useState('');
  const [doomed, setDoomed] = useState<Doomed | null>(null);
  const [gone, setGone] = useState<string | null>(null);
  const rows = useMemo(() => matching(data ?? [], find), [data, find]);
  return (
    <Page
      className="fill"
      title={t('ledger.kept.title')}
      lead={t('ledger.kept.lead')}
      actions={
        <Link className="button" to="/ledger">
          {t('nav.ledger')}
        </Link>
      }
    >
      <div className="filters kept-find">
        <input
          type="search"
          className="field"
          aria-label={t('ledger.kept.find')}
          placeholder={t('ledger.kept.find')}
          value={find}
          onChange={({ target }) => setFind(target.value)}
        />
      </div>
      <div role="status">
        {gone !== null && <p className="verdict-panel good">{t('ledger.kept.destroyed', { name: gone })}</p>}
      </div>
      {error !== null && <Failed thrown={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Waiting rows={8} />}
      {data !== undefined && find === '' && rows.length === 0 && (
        <Empty title={t('ledger.kept.none')}>
          <p>{t('ledger.kept.noneHelp')}</p>
        </Empty>
      )}
      {data !== undefined && find !== '' && rows.length === 0 && <Empty title={t('ledger.kept.noMatch')} />}
      {rows.length > 0 && (
        <ScrollRegion className="table kept-table" label={t('ledger.kept.title')}>
          <table>
            <thead>
              <tr>
                {(['customer', 'bodies', 'oldest', 'days', 'act'] as const).map((column) => (
                  <th key={column} scope="col" className={column}>
                    {t(`ledger.kept.column.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((kept) => (
                <tr key={kept.customer === null ? '' : `${kept.customer.code} ${kept.customer.name}`}>
                  <th scope="row">
                    {kept.customer === null ? (
                      <i>{t('ledger.kept.company')}</i>
                    ) : (
                      <>
                        {kept.customer.name}{' '}
                        <span className="faint">{kept.customer.code ?? t('ledger.kept.left')}</span>
                      </>
                    )}
                  </th>
                  <td className="number">{number(kept.bodies)}</td>
                  <td className="number">{kept.oldest === null ? '' : day(kept.oldest)}</td>
                  <td className="number">{keptFor(kept.days)}</td>
                  <td className="act">
                    {kept.customer !== null && kept.customer.code === bound && (
                      <span className="faint">{t('ledger.kept.isBound')}</span>
                    )}
                    {kept.customer !== null && kept.customer.code !== bound && mayDestroy && (
                      <DestroyButton name={kept.customer.name} open={() => setDoomed(doomedOf(kept))} />
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
      {doomed !== null && (
        <DestroyDialog
          doomed={doomed}
          changed={() => void refetch()}
          done={() => {
            setGone(doomed.name);
            setDoomed(null);
          }}
          close={() => setDoomed(null)}
        />
      )}
    </Page>
  );
}

/** A customer that the company no longer has goes by its id, which is its name here. */
const doomedOf = ({ customer, bodies }: Kept): Doomed | null =>
  customer === null ? null : { name: customer.name, code: customer.code ?? customer.name, bodies };

const DestroyButton = ({ name, open }: { readonly name: string; readonly open: () => void }) => (
  <Button onClick={open}>
    {t('ledger.kept.destroy')}
    <span className="unseen"> {name}</span>
  </Button>
);

const keptFor = (days: number | null): string =>
  days === null ? t('ledger.kept.forGood') : t('ledger.kept.days', { count: days, shown: number(days) });

/** Those with most kept come first; those of whom nothing is kept are there for whoever looks for them. */
function matching(all: readonly Kept[], find: string): readonly Kept[] {
  const words = typedWords(find);
  const fits = ({ customer, bodies }: Kept): boolean => {
    if (words.length === 0) return bodies > 0;
    const text = fold(customer === null ? t('ledger.kept.company') : `${customer.name} ${customer.code ?? ''}`);
    return words.every((word) => text.includes(word));
  };
  return all.filter(fits).toSorted((one, other) => other.bodies - one.bodies);
}
