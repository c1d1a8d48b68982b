import { CircleDashed, UserRoundCheck } from 'lucide-react';
import type { Approval } from '../../../src-shared/model/approval.ts';
import { plainLine } from '../../parts/vendor-text.tsx';
import { moment, t } from '../../words.ts';

/** Where two must approve: who has, and that the other is somebody else. */
export function TwoPersons({ approval: { needed, approvedBy } }: { readonly approval: Approval }) {
  if (needed < 2) return null;
  return (
    <section className="two-persons" aria-labelledby="two-persons">
      <h3 id="two-persons">{t('approvals.two.title')}</h3>
      <ol>
        {(['first', 'second'] as const).map((slot, place) => {
          const person = approvedBy[place];
          const Icon = person === undefined ? CircleDashed : UserRoundCheck;
          return (
            <li key={slot} data-filled={person !== undefined}>
              <Icon className="icon" aria-hidden="true" />
              <span className="slot-words">
                <span className="faint">{t(`approvals.two.${slot}`)}</span>
                <b>{person === undefined ? t('approvals.two.open') : plainLine(person.name)}</b>
                <span className="quiet number">
                  {person !== undefined && t('approvals.two.at', { at: moment(person.at) })}
                  {person === undefined && approvedBy.length > 0 && t('approvals.two.another')}
                </span>
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
