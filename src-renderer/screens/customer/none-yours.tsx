import { useEffect } from 'react';
import { Link } from '@tanstack/react-router';
import { useAppState } from '../../api/app.ts';
import { useCustomers } from '../../api/queries.ts';
import { Page } from '../../parts/page.tsx';
import { roleWords } from '../../parts/role-words.ts';
import { workplaces } from '../../parts/workplaces.ts';
import { t } from '../../words.ts';

/** In the place of a choice where there is none: the policy gives the technician no customer. Why, and where their work is. */
export function NoneYours() {
  const { technician, rights } = useAppState();
  const roles = technician?.roles ?? [];
  const { refetch } = useCustomers();
  useEffect(() => void refetch(), [refetch]); // The answer may be of a moment in which nobody could tell.
  return (
    <div className="nothing">
      <Page title={t('nothing.noneYours')} lead={t('nothing.noneYoursLead')}>
        <div className="nothing-body">
          <p>
            {roles.length === 0 ? t('policy.right.noRoles') : t('policy.right.roles', { roles: roleWords(roles) })}{' '}
            {t('nothing.noneYoursAsk')}
          </p>
          <p className="row-actions">
            {workplaces
              .filter(({ right }) => rights.includes(right))
              .map(({ right, to }) => (
                <Link key={to} className="button" to={to}>
                  {t(`nothing.work.${right}`)}
                </Link>
              ))}
          </p>
        </div>
      </Page>
    </div>
  );
}
