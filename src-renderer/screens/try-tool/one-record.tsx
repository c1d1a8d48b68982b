import { asWords } from '../../parts/as-words.ts';
import { CodeBlock } from '../../parts/scroll-region.tsx';
import { t } from '../../words.ts';
import { SecretValue } from './secret-value.tsx';

interface Props {
  readonly record: Readonly<Record<string, unknown>>;
  /** Whether a member holds a secret; null when none does. */
  readonly hidden: ((member: string, value: unknown) => boolean) | null;
}

/** One record, member by member, with its texts in full. */
export function OneRecord({ record, hidden }: Props) {
  const members = Object.entries(record).filter(([, value]) => value !== null && value !== undefined && value !== '');
  return (
    <>
      {hidden !== null && <p className="quiet">{t('try.secret.lead')}</p>}
      <dl className="facts record-facts" aria-label={t('try.record')}>
        {members.map(([member, value]) => (
          <div key={member}>
            <dt>{asWords(member)}</dt>
            <dd>
              {hidden?.(member, value) === true ? (
                <SecretValue name={asWords(member)} value={typeof value === 'string' ? value : JSON.stringify(value)} />
              ) : (
                <Plain name={asWords(member)} value={value} />
              )}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function Plain({ name, value }: { readonly name: string; readonly value: unknown }) {
  if (typeof value === 'boolean') return t(value ? 'try.yes' : 'try.no');
  if (typeof value === 'number') return <span className="number">{value}</span>;
  if (typeof value === 'string') return <bdi className="record-text">{value}</bdi>;
  return <CodeBlock label={name} text={JSON.stringify(value, null, 2).slice(0, 100_000)} />;
}
