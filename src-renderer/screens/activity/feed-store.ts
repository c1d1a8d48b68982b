/** Keeps the call feed up with the ledger while the window is connected: the newest page first, then whatever it grows by. */
import { create } from 'zustand';
import type { Entry } from '../../../src-shared/model/entry.ts';
import { api, useApp, within } from '../../api/app.ts';
import { addEntries, type CallFeed, emptyFeed, feedKinds } from './call-feed.ts';

interface FeedStore {
  readonly feed: CallFeed;
  /** The newest page is here; rows can be trusted to be the latest. */
  readonly isLoaded: boolean;
  /** There is nothing older in the ledger. */
  readonly isWhole: boolean;
  readonly thrown: unknown;
}

export const useFeed = create<FeedStore>(() => ({ feed: emptyFeed, isLoaded: false, isWhole: false, thrown: null }));

const pageSize = 500;
let isFollowing = false;
let isBehind = false;

/** Fetches what is new. One fetch at a time; a growth that comes meanwhile is fetched right after. */
export async function follow(): Promise<void> {
  isBehind = true;
  const mayRead = useApp.getState().state?.rights.includes('read-ledger') ?? false;
  if (isFollowing || !mayRead) return; // Whose role does not read the ledger does not ask for it either.
  isFollowing = true;
  try {
    while (isBehind) {
      isBehind = false;
      if (useFeed.getState().isLoaded) await catchUp();
      else await loadNewest();
    }
  } catch (thrown) {
    useFeed.setState({ thrown }); // Shown with a retry; the next growth tries again too.
  } finally {
    isFollowing = false;
  }
}

/** Fetches one page of older calls. */
export async function loadOlder(): Promise<void> {
  const { feed, isWhole } = useFeed.getState();
  if (isWhole || feed.firstSeq <= 1 || !Number.isFinite(feed.firstSeq)) return;
  const { entries, isEnd } = await page({ before: feed.firstSeq });
  add(entries);
  useFeed.setState({ isWhole: isEnd || entries.length === 0 });
}

/** Forgets everything: another tenant, or another start of the app. */
export function resetFeed(): void {
  useFeed.setState({ feed: emptyFeed, isLoaded: false, isWhole: false, thrown: null });
}

async function loadNewest(): Promise<void> {
  const { entries, isEnd } = await page({ before: useApp.getState().entries + 1 });
  add(entries);
  useFeed.setState({ isLoaded: true, isWhole: isEnd, thrown: null });
}

async function catchUp(): Promise<void> {
  for (let isEnd = false; !isEnd; ) {
    const answer = await page({ after: useFeed.getState().feed.lastSeq });
    add(answer.entries);
    isEnd = answer.isEnd || answer.entries.length === 0;
  }
  useFeed.setState({ thrown: null });
}

const page = (where: { readonly after?: number; readonly before?: number }) =>
  api().entries({ ...where, limit: pageSize, filter: { kinds: feedKinds } }, within(20_000));

const add = (entries: readonly Entry[]): void => useFeed.setState(({ feed }) => ({ feed: addEntries(feed, entries) }));
