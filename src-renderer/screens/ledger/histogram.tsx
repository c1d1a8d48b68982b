import { type KeyboardEvent, useId, useMemo, useState } from 'react';
import type { Outline } from '../../../src-shared/contract/ledger.ts';
import { minute, number, second, t } from '../../words.ts';
import { type Bar, barsOf, spanOf } from './histogram-bars.ts';

interface Props {
  readonly outline: Outline;
  readonly choose: (span: { from: string; to: string }) => void;
}

/** The entries over time. Chosen bars, by pointer or by keys, become the span of time that is shown. */
export function Histogram({ outline, choose }: Props) {
  const id = useId();
  const bars = useMemo(() => barsOf(outline), [outline]);
  const [at, setAt] = useState(0);
  const [anchor, setAnchor] = useState<number | null>(null);
  const [isPressed, setPressed] = useState(false);
  const first = bars[0];
  const last = bars.at(-1);
  if (first === undefined || last === undefined) return null;
  const place = Math.min(at, bars.length - 1);
  const take = (one: number, other: number): void => {
    const span = spanOf(bars, one, other);
    setAnchor(null);
    setPressed(false);
    if (span !== null) choose(span);
  };
  const hear = (event: KeyboardEvent): void => {
    const moves: Record<string, number> = {
      ArrowLeft: place - 1,
      ArrowRight: place + 1,
      Home: 0,
      End: bars.length - 1,
    };
    const to = moves[event.key];
    if (to !== undefined) {
      setAnchor(event.shiftKey ? (anchor ?? place) : null);
      setAt(Math.max(0, Math.min(bars.length - 1, to)));
    } else if (event.key === 'Enter' || event.key === ' ') take(anchor ?? place, place);
    else if (event.key === 'Escape' && anchor !== null) setAnchor(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <figure className="histogram">
      <div
        role="listbox"
        tabIndex={0}
        aria-label={t('ledger.histogram')}
        aria-orientation="horizontal"
        aria-multiselectable="true"
        aria-activedescendant={`${id}-${place}`}
        className="bars"
        onKeyDown={hear}
        onPointerUp={() => isPressed && take(anchor ?? place, place)}
        onPointerLeave={() => {
          if (isPressed) setAnchor(null);
          setPressed(false);
        }}
      >
        {bars.map((bar, index) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- The list hears the keys for its bars.
          <div
            key={bar.from}
            id={`${id}-${index}`}
            role="option"
            className="bar"
            aria-selected={isBetween(index, anchor ?? place, place) && (anchor !== null || index === place)}
            aria-label={barWords(bar, bars)}
            title={barWords(bar, bars)}
            onPointerDown={() => {
              setAnchor(index);
              setAt(index);
              setPressed(true);
            }}
            onPointerEnter={() => isPressed && setAt(index)}
          >
            <i style={{ height: `${bar.height * 100}%` }} />
            <b style={{ height: `${bar.deniedHeight * 100}%` }} />
          </div>
        ))}
      </div>
      <figcaption className="faint number">
        <time dateTime={first.from}>{instant(first.from, bars)}</time>
        <span>
          {t('ledger.histogramWords', { count: mostOf(bars), each: barLength(bars), most: number(mostOf(bars)) })}
        </span>
        <time dateTime={last.to}>{instant(last.to, bars)}</time>
      </figcaption>
    </figure>
  );
}

const isBetween = (index: number, one: number, other: number): boolean =>
  index >= Math.min(one, other) && index <= Math.max(one, other);

const barWords = ({ from, to, entries, denied }: Bar, bars: readonly Bar[]): string =>
  t('ledger.bar', {
    from: instant(from, bars),
    to: instant(to, bars),
    entries: number(entries),
    denied: number(denied),
  });

/** To the second where a bar is no longer than a few of them. */
const instant = (at: string, [bar]: readonly Bar[]): string =>
  bar !== undefined && Date.parse(bar.to) - Date.parse(bar.from) < 120_000 ? second(at) : minute(at);

const mostOf = (bars: readonly Bar[]): number => bars.reduce((most, { entries }) => Math.max(most, entries), 0);

/** How long a bar is, in the largest unit of which there are two. */
function barLength([bar]: readonly Bar[]): string {
  const minutes = bar === undefined ? 1 : (Date.parse(bar.to) - Date.parse(bar.from) + 1) / 60_000;
  if (minutes < 2) return t('ledger.seconds', { count: Math.max(1, Math.round(minutes * 60)) });
  if (minutes >= 2 * 24 * 60) return t('ledger.days', { count: Math.round(minutes / 24 / 60) });
  if (minutes >= 2 * 60) return t('ledger.hours', { count: Math.round(minutes / 60) });
  return t('ledger.minutes', { count: Math.round(minutes) });
}
