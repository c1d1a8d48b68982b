import { useEffect } from 'react';
import { useApp } from '../api/app.ts';
import { usePendingCount } from '../api/queries.ts';
import { t } from '../words.ts';

/** Whose compartment this is and how many calls wait, where a row of windows or tabs shows it. */
export function useWindowTitle(): void {
  const name = useApp((app) => app.state?.binding?.customer.name);
  const count = usePendingCount();
  useEffect(() => {
    const title = t('frame.title', { name: name ?? t('scope.noCustomer') });
    document.title = count === 0 ? title : t('approvals.notice.title', { count, title });
  }, [name, count]);
}
