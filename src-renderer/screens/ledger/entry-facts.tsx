import type { ReactNode } from 'react';
import type { Entry } from '../../../src-shared/model/entry.ts';
import { CrossLink } from '../../parts/cross-link.tsx';
import { number, second, t, took } from '../../words.ts';
import { stopOf } from '../activity/call-row.ts';
import { clientName, customerFact } from '../activity/call-words.ts';
import { callOf } from './entry-words.ts';

interface Props {
  readonly entry: Entry;
  readonly setOpen: (seq: number) => void;
}

/** The members of an entry as facts, those of every entry and those that only some have. */
export function EntryFacts({ entry, setOpen }: Props) {
  const { at, principal, cross, policyVersion, decision, result, ref, tenant, device, prev, leaf, body } = entry;
  const call = callOf(entry);
  const code = call === null ? undefined : stopOf(call)?.code;
  return (
    <dl className="facts">
      <Fact name={t('ledger.detail.time')}>
        <span className="number">
          {second(at)}
          {at.slice(19, 23)}
        </span>
      </Fact>
      <Fact name={t('ledger.detail.who')}>
        {principal.name} <span className="faint">{t(`ledger.detail.kindOf.${principal.kind}`)}</span>
        <br />
        <code>{principal.id}</code>
      </Fact>
      <Fact name={t('ledger.detail.client')}>{clientName(principal.client)}</Fact>
      <Fact name={t('ledger.detail.customer')}>{customerFact(entry)}</Fact>
      {cross !== undefined && (
        <Fact name={t('detail.cross')}>
          <CrossLink cross={cross} />
        </Fact>
      )}
      {result !== undefined && (
        <Fact name={t('ledger.detail.result')}>
          <span className="number">
            <code>{result.status}</code>,{' '}
            {t('detail.recordsWords', {
              records: number(result.records),
              dropped: number(result.dropped),
              redacted: number(result.redacted),
            })}
            {result.flagged !== undefined && `, ${t('ledger.detail.flagged', { count: result.flagged })}`}
            <br />
            {t('detail.bytes', { bytes: number(result.bytes) })}, {took(result.ms)}
          </span>
        </Fact>
      )}
      {code !== undefined && (
        <Fact name={t('detail.code')}>
          <code>{code}</code>
        </Fact>
      )}
      {policyVersion !== undefined && (
        <Fact name={t('detail.policy')}>
          <span className="number">{policyVersion}</span>
        </Fact>
      )}
      {decision !== undefined && decision.policies.length > 0 && (
        <Fact name={t('detail.rules')}>
          <code>{decision.policies.join(', ')}</code>
        </Fact>
      )}
      {decision?.approval !== undefined && (
        <Fact name={t('detail.approval')}>
          <code>{decision.approval}</code>
        </Fact>
      )}
      {decision?.standing !== undefined && (
        <Fact name={t('detail.standing')}>
          <code>{decision.standing}</code>
        </Fact>
      )}
      {ref !== undefined && (
        <Fact name={t('ledger.detail.belongs')}>
          <button type="button" className="link number" onClick={() => setOpen(ref)}>
            {t('ledger.detail.title', { seq: number(ref) })}
          </button>
        </Fact>
      )}
      <Fact name={t('ledger.detail.device')}>
        {device} <span className="faint">{tenant}</span>
      </Fact>
      <Fact name={t('ledger.detail.leaf')}>
        <Hash hash={leaf} />
      </Fact>
      <Fact name={t('ledger.detail.prev')}>
        <Hash hash={prev} />
      </Fact>
      {body !== undefined && (
        <Fact name={t('ledger.detail.commitment')}>
          <Hash hash={body.commitment} />
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** Its two ends, by which people compare hashes; the whole of it is in the entry as JSON. */
const Hash = ({ hash }: { readonly hash: string }) => (
  <code title={hash}>
    {hash.slice(0, 16)}…{hash.slice(-8)}
  </code>
);
