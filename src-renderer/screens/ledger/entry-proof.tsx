import { CircleAlert, ShieldCheck } from 'lucide-react';
import type { Entry } from '../../../src-shared/model/entry.ts';
import { faultWords } from '../../api/fault-words.ts';
import { Button } from '../../parts/button.tsx';
import { useRight } from '../../parts/use-right.ts';
import { number, t } from '../../words.ts';
import { useProof } from './use-proof.ts';

/** Whether this entry is in the tree its device signed: asked of the ledger, and recomputed in this window. */
export function EntryProof({ entry }: { readonly entry: Entry }) {
  const mayProve = useRight('export-ledger');
  const { data, isFetching, error, refetch } = useProof(entry, mayProve);
  const seq = number(entry.seq);
  return (
    <section className="entry-proof" aria-labelledby="entry-proof">
      <h3 id="entry-proof">{t('ledger.proof.title')}</h3>
      {!mayProve && <p className="quiet">{t('ledger.proof.noRight')}</p>}
      <div role="status">
        {isFetching && (
          <p className="quiet">
            <span className="busy" aria-hidden="true" /> {t('ledger.proof.asking')}
          </p>
        )}
        {!isFetching && error !== null && (
          <p className="bad">
            <b>{faultWords(error).message}</b> {faultWords(error).remedy}{' '}
            <Button onClick={() => void refetch()}>{t('state.retry')}</Button>
          </p>
        )}
        {!isFetching && data?.isProven === true && (
          <div className="why proven">
            <ShieldCheck className="icon" aria-hidden="true" />
            <span className="number">
              <b>{t('ledger.proof.proven', { seq, size: number(data.size) })}</b>{' '}
              {t('ledger.proof.hashes', { count: data.hashes })} {t(`ledger.proof.signature.${data.signature}`)}
            </span>
          </div>
        )}
        {!isFetching && data?.isProven === false && (
          <div className="why denied">
            <CircleAlert className="icon" aria-hidden="true" />
            <span className="number">
              <b>{t('ledger.proof.notProven', { seq })}</b>{' '}
              {t(`ledger.proof.because.${data.because}`, { seq, size: number(data.size) })}
            </span>
          </div>
        )}
      </div>
    </section>
  );
}
