import type { ReactNode } from 'react';
import type { Right } from '../../src-shared/model/right.ts';
import { useAppState } from '../api/app.ts';
import { t } from '../words.ts';
import { Page } from './page.tsx';
import { roleWords } from './role-words.ts';
import { Empty } from './states.tsx';
import { useRight } from './use-right.ts';

interface Props {
  readonly right: Right;
  readonly title: string;
  readonly children: ReactNode;
}

/** A screen for those who have the right; the others see why not, however they came here. */
export function RightScreen({ right, title, children }: Props) {
  if (useRight(right)) return children;
  return (
    <Page title={title}>
      <NoRight right={right} />
    </Page>
  );
}

/** What stands where a role includes no more: what is missing, and whom to ask. */
function NoRight({ right }: { readonly right: Right }) {
  const { technician } = useAppState();
  const roles = technician?.roles ?? [];
  return (
    <Empty title={t('policy.right.title')}>
      <p>{t('policy.right.lead', { what: t(`policy.right.what.${right}`) })}</p>
      <p>
        {roles.length === 0 ? t('policy.right.noRoles') : t('policy.right.roles', { roles: roleWords(roles) })}{' '}
        {t('policy.right.ask')}
      </p>
    </Empty>
  );
}
