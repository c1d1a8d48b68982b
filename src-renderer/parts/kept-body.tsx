/** What a call asked and which records came of it: sealed until a person who may read it asks to. */
import { useRef } from 'react';
import { EyeOff, LockKeyhole } from 'lucide-react';
import type { OpenedBody } from '../../src-shared/contract/ledger.ts';
import type { Entry } from '../../src-shared/model/entry.ts';
import { isCommitted } from '../screens/ledger/prove-entry.ts';
import { number, t } from '../words.ts';
import { BodyContent } from './body-content.tsx';
import { Button } from './button.tsx';
import { FaultLine } from './fault-line.tsx';
import { useBodies } from './use-bodies.ts';
import { useHeir } from './use-heir.ts';
import { useRight } from './use-right.ts';

/** `entries` are those of one call: its intent holds what was asked, its outcome what came of it. */
export function KeptBody({ entries }: { readonly entries: readonly Entry[] }) {
  const mayRead = useRight('read-bodies');
  const sealed = entries.filter(({ body }) => body !== undefined);
  const { bodies, isBusy, fault, run } = useBodies(sealed.map(({ seq }) => seq));
  const section = useRef<HTMLElement>(null);
  const show = useHeir(() => section.current?.focus());
  const [first] = entries;
  if (first === undefined) return null;
  return (
    <section ref={section} className="kept-body" tabIndex={-1} aria-label={t('ledger.body.title')}>
      <h3>{t('ledger.body.title')}</h3>
      {sealed.length === 0 && <p className="quiet">{t('ledger.body.why.none', { seq: number(first.seq) })}</p>}
      {sealed.length > 0 && !mayRead && (
        <p className="quiet">
          <LockKeyhole className="icon" aria-hidden="true" /> {t('ledger.body.noRight')}
        </p>
      )}
      {sealed.length > 0 && mayRead && bodies === null && (
        <>
          <p className="quiet">
            <LockKeyhole className="icon" aria-hidden="true" />{' '}
            {first.customer === null
              ? t('ledger.body.sealedNone')
              : t('ledger.body.sealed', { customer: first.customer })}
          </p>
          <Button ref={show} isBusy={isBusy} onClick={run}>
            {t(sealed.every(({ kind }) => kind === 'call.outcome') ? 'ledger.body.showRecords' : 'ledger.body.show')}
          </Button>
          <FaultLine fault={fault} />
        </>
      )}
      <div role="status">
        {bodies !== null && (
          <>
            {bodies.map((body) => (
              <Opened key={body.seq} body={body} entry={sealed.find(({ seq }) => seq === body.seq)} />
            ))}
            <p className="faint">
              {t(bodies.some(({ body }) => body !== null) ? 'ledger.body.recorded' : 'ledger.body.recordedNone')}
            </p>
          </>
        )}
      </div>
    </section>
  );
}

function Opened({ body: { seq, body, why }, entry }: { readonly body: OpenedBody; readonly entry: Entry | undefined }) {
  if (body === null) {
    return (
      <p className={why === 'damaged' ? 'bad' : 'quiet'}>
        <EyeOff className="icon" aria-hidden="true" /> {t(`ledger.body.why.${why ?? 'none'}`, { seq: number(seq) })}
      </p>
    );
  }
  const isChecked = entry?.body !== undefined && 'blind' in body;
  const isSame = isChecked && entry.body !== undefined && isCommitted(entry.body, body);
  return (
    <>
      <BodyContent body={body} />
      {isChecked && (
        <p className={isSame ? 'faint' : 'bad'}>
          {t(isSame ? 'ledger.body.committed' : 'ledger.body.notCommitted', { seq: number(seq) })}
        </p>
      )}
    </>
  );
}
