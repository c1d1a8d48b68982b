import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { api, useAppState, within } from '../../api/app.ts';
import { RightScreen } from '../../parts/no-right.tsx';
import { Page } from '../../parts/page.tsx';
import { Empty, Failed, Waiting } from '../../parts/states.tsx';
import { t } from '../../words.ts';
import { ToolReviewCard } from './tool-review-card.tsx';

/** Tools whose definition nobody accepted as it is: what changed, word by word, and the one way to let them be called. */
export function ToolReviewsScreen() {
  return (
    <RightScreen right="review-tools" title={t('policy.reviews.title')}>
      <Reviews />
    </RightScreen>
  );
}

function Reviews() {
  const { changedTools, tenant, version } = useAppState();
  const reviews = useQuery({
    queryKey: ['tool-reviews', tenant?.id, version, changedTools],
    queryFn: ({ signal }) => api().toolReviews(undefined, within(20_000, signal)),
    placeholderData: (before) => before, // One that is accepted goes by itself; the others stay in sight meanwhile.
    staleTime: 0,
  });
  const [told, setTold] = useState<{ readonly key: 'accepted' | 'changedAgain'; readonly name: string } | null>(null);
  const place = useRef<HTMLDivElement>(null);
  const shown = reviews.data ?? [];
  const tell = (key: 'accepted' | 'changedAgain', name: string): void => {
    setTold({ key, name });
    place.current?.focus(); // The card goes with its button.
    void reviews.refetch();
  };
  return (
    <Page title={t('policy.reviews.title')} lead={t('policy.reviews.lead')}>
      <div ref={place} tabIndex={-1} className="reviews" aria-label={t('policy.reviews.title')} role="group">
        <p className={`pad ${told?.key === 'accepted' ? 'good' : 'bad'}`} role="status">
          {told !== null && t(`policy.reviews.${told.key}`, { name: told.name })}
        </p>
        {reviews.isPending && <Waiting rows={6} />}
        {reviews.isError && <Failed thrown={reviews.error} retry={() => void reviews.refetch()} />}
        {reviews.isSuccess && shown.length === 0 && (
          <Empty title={t('policy.reviews.none')}>
            <p>{t('policy.reviews.noneHelp')}</p>
          </Empty>
        )}
        {shown.map((review) => (
          <ToolReviewCard
            key={`${review.name} ${review.hash}`}
            review={review}
            accepted={() => tell('accepted', review.name)}
            again={() => tell('changedAgain', review.name)}
          />
        ))}
      </div>
    </Page>
  );
}
