import { useCallback, useEffect, useRef, useState } from 'react';
import type { MappingView } from '../../../src-shared/contract/ui.ts';
import type { InstanceId } from '../../../src-shared/model/ids.ts';
import { api, within } from '../../api/app.ts';

export type Survey =
  | { readonly state: 'asking'; readonly since: number }
  | { readonly state: 'known'; readonly view: MappingView }
  | { readonly state: 'failed'; readonly thrown: unknown }
  | { readonly state: 'cancelled' };

/** A vendor with thousands of customers is read page by page. */
const surveyMs = 180_000;

/**
 * Asks a vendor for its customers, once and again only when a person says so: a survey takes long and is recorded, so a
 * lost line or a push of the state must not repeat it.
 */
export function useSurvey(instance: InstanceId, isWanted: boolean) {
  const [survey, setSurvey] = useState<Survey>({ state: 'cancelled' });
  const running = useRef<AbortController | null>(null);
  const isKnown = useRef(false);
  const ask = useCallback(() => {
    running.current?.abort();
    const mine = new AbortController();
    running.current = mine;
    setSurvey({ state: 'asking', since: Date.now() });
    const tell = (next: Survey): void => {
      if (running.current !== mine || mine.signal.aborted) return;
      isKnown.current = next.state === 'known';
      setSurvey(next);
    };
    surveyed(instance, mine.signal).then(
      (view) => tell({ state: 'known', view }),
      (thrown: unknown) => tell({ state: 'failed', thrown }),
    );
  }, [instance]);
  const cancel = useCallback(() => {
    running.current?.abort();
    setSurvey({ state: 'cancelled' });
  }, []);
  useEffect(() => {
    if (isWanted && !isKnown.current) ask();
    return () => running.current?.abort();
  }, [ask, isWanted]);
  return { survey, ask, cancel };
}

/** Async, so that a line that is down is a rejection like any other. */
const surveyed = async (instance: InstanceId, signal: AbortSignal): Promise<MappingView> =>
  api().surveyInstance({ instance }, within(surveyMs, signal));
