import { Link } from '@tanstack/react-router';
import { Page } from '../parts/page.tsx';
import { t } from '../words.ts';

export function NotFound() {
  return (
    <Page title={t('notFound.title')}>
      <p className="pad">
        <Link to="/">{t('notFound.home')}</Link>
      </p>
    </Page>
  );
}
