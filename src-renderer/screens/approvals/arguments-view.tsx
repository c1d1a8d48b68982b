import { KeyRound } from 'lucide-react';
import type { Approval } from '../../../src-shared/model/approval.ts';
import { Button } from '../../parts/button.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { number, t } from '../../words.ts';
import { type ArgumentRow, argumentRows, longLength } from './argument-rows.ts';
import { exactParts } from './exact-text.ts';
import { ExactText } from './exact-view.tsx';

interface Props {
  readonly approval: Approval;
  /** Whether they are the words of an AI, as nearly always, or of the person at this desk. */
  readonly isOfAi: boolean;
  /** Whether a person has opened what was folded because it is long. */
  readonly isOpened: boolean;
  readonly open: () => void;
}

/** The arguments, whole. Long ones are folded until they are opened, and nothing can be approved before. */
export function ArgumentsView({ approval, isOfAi, isOpened, open }: Props) {
  const rows = argumentRows(approval);
  const length = longLength(rows);
  const isFolded = length > 0 && !isOpened;
  return (
    <section className="arguments" aria-labelledby="arguments">
      <div className="section-head">
        <h3 id="arguments">
          {t('approvals.card.arguments')} {isOfAi && <span className="faint">{t('approvals.card.argumentsOf')}</span>}
        </h3>
        <CopyButton text={JSON.stringify(approval.arguments, null, 2)} label={t('approvals.card.copy')} />
      </div>
      {rows.length === 0 && <p className="quiet">{t('approvals.card.noArguments')}</p>}
      <dl className="argument-rows" data-folded={isFolded}>
        {rows.map(({ name, kind, text }) => (
          <div key={name}>
            <dt>
              <ExactText text={name} />
            </dt>
            <dd className={kind}>
              {kind === 'secret' ? (
                <span className="secret-place">
                  <KeyRound className="icon" aria-hidden="true" />
                  {t('approvals.card.secret')}
                </span>
              ) : (
                <ExactText text={text} />
              )}
            </dd>
          </div>
        ))}
      </dl>
      {isFolded && (
        <Button className="unfold" onClick={open}>
          {t('approvals.card.showAll', { shown: number(length) })}
        </Button>
      )}
      {hidesSomething(rows) && <p className="bad small">{t('approvals.card.argumentsHelp')}</p>}
    </section>
  );
}

const hidesSomething = (rows: readonly ArgumentRow[]): boolean =>
  rows.some(({ name, text }) => [name, text].some((each) => exactParts(each).some(({ kind }) => kind === 'mark')));

/** Whether something of it is folded away until a person opens it. */
export const isLong = (approval: Approval): boolean => longLength(argumentRows(approval)) > 0;
