import { useId } from 'react';
import { TriangleAlert } from 'lucide-react';
import type { ToolReview } from '../../../src-shared/contract/ui.ts';
import { asFault } from '../../../src-shared/fault.ts';
import { unseenCharacters } from '../../../src-shared/unseen.ts';
import { api, within } from '../../api/app.ts';
import { Button } from '../../parts/button.tsx';
import { connectorName } from '../../parts/connector-name.ts';
import { FaultLine } from '../../parts/fault-line.tsx';
import { RiskBadge } from '../../parts/risk.tsx';
import { CodeBlock } from '../../parts/scroll-region.tsx';
import { useAction } from '../../parts/use-action.ts';
import { plainLine } from '../../parts/vendor-text.tsx';
import { t } from '../../words.ts';
import { ExactText } from '../approvals/exact-view.tsx';
import type { DiffLine } from './line-diff.ts';
import { reviewChanges } from './review-changes.ts';

interface Props {
  readonly review: ToolReview;
  readonly accepted: () => void;
  /** It is another one by now. */
  readonly again: () => void;
}

/** One tool: what changed, the warning, and accepting exactly what is on screen. */
export function ToolReviewCard({ review, accepted, again }: Props) {
  const { name, hash, before, now } = review;
  const heading = useId();
  const changes = reviewChanges(review);
  const short = hash.slice(0, 8);
  const accept = useAction(async () => {
    try {
      await api().acceptTool({ name, hash }, within(15_000));
    } catch (thrown) {
      if (asFault(thrown).code !== 'TOOL_CHANGED') throw thrown;
      return again(); // What was read is not what would be accepted.
    }
    accepted();
  });
  return (
    <section className="review" aria-labelledby={heading}>
      <header className="try-head">
        <h2 id={heading}>{plainLine(now.title)}</h2>
        <span className="review-kind">{t(before === null ? 'policy.reviews.isNew' : 'policy.reviews.isChanged')}</span>
        <RiskBadge risk={now.risk} />
        <span className="quiet">{connectorName(now.connector)}</span>
        <code>{name}</code>
      </header>
      {changes.length === 0 && <p className="quiet">{t('policy.reviews.same')}</p>}
      <dl className="changes">
        {changes.map(({ field, lines }) => (
          <div key={field}>
            <dt>{t(`policy.reviews.field.${field}`)}</dt>
            <dd className={isCode(field) ? 'mono' : ''}>
              <Diff lines={lines} isNew={before === null} />
            </dd>
          </div>
        ))}
      </dl>
      <details>
        <summary>{t('policy.reviews.whole')}</summary>
        {before !== null && (
          <>
            <h3>{t('policy.reviews.wholeBefore')}</h3>
            <CodeBlock label={t('policy.reviews.wholeBefore')} text={asJson(before)} />
          </>
        )}
        <h3>{t('policy.reviews.wholeNow')}</h3>
        <CodeBlock label={t('policy.reviews.wholeNow')} text={asJson(now)} />
      </details>
      <p className="why asked">
        <TriangleAlert className="icon" aria-hidden="true" /> {t('policy.reviews.warning')}
      </p>
      <FaultLine fault={accept.fault} />
      <p className="review-acts">
        <Button isBusy={accept.isBusy} onClick={accept.run}>
          {t('policy.reviews.accept', { name, hash: short })}
        </Button>
        <code className="faint" title={hash}>
          {t('policy.reviews.hash', { hash: `${hash.slice(0, 16)}…` })}
        </code>
      </p>
    </section>
  );
}

/** Lines with what went and what came, without the space between two sentences. Of a new tool all is new, so nothing is marked. */
function Diff({ lines, isNew }: { readonly lines: readonly DiffLine[]; readonly isNew: boolean }) {
  return (
    <ul className="diff">
      {lines.map(({ kind, text }, place) => (
        // oxlint-disable-next-line react/no-array-index-key -- A diff never changes its order.
        <li key={place} className={isNew ? 'same' : kind}>
          {!isNew && kind !== 'same' ? (
            <>
              <span className="unseen">{t(kind === 'gone' ? 'policy.reviews.gone' : 'policy.reviews.added')} </span>
              {kind === 'gone' ? (
                <del>
                  <ExactText text={text.replace(/^ /, '')} />
                </del>
              ) : (
                <ins>
                  <ExactText text={text.replace(/^ /, '')} />
                </ins>
              )}
            </>
          ) : (
            <ExactText text={text.replace(/^ /, '')} />
          )}
        </li>
      ))}
    </ul>
  );
}

const isCode = (field: string): boolean => field === 'inputSchema' || field === 'recordSchema';

const unseen = new RegExp(String.raw`(?!\n)[${unseenCharacters}]`, 'gu');

/** JSON in which what cannot be seen is its code. */
const asJson = (value: unknown): string =>
  JSON.stringify(value, null, 2).replaceAll(unseen, (hidden) => `\\u{${(hidden.codePointAt(0) ?? 0).toString(16)}}`);
