import type { Rule } from '../../src-shared/model/approval.ts';
import { t } from '../words.ts';
import { plainLine } from './vendor-text.tsx';

/** Rules of the company's policy in its own sentences; by their id where they have none. */
export function RuleList({ rules }: { readonly rules: readonly Rule[] }) {
  return (
    <ul className="rules">
      {rules.map(({ id, says }) => (
        <li key={id}>
          {says !== '' && <bdi>{t('policy.mayDo.rule', { says: plainLine(says) })}</bdi>} <code>{id}</code>
        </li>
      ))}
    </ul>
  );
}
