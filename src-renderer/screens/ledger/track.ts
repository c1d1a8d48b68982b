/**
 * Scrolling through more rows than a browser can make tall: past some 17 million pixels an element ends. Such a list gets a
 * shorter track. A small move along it moves the rows by as much, a far one goes to the same share of the list, and near both
 * ends the two are one. `shift` is what the track's position lacks to the rows' own.
 */
export interface Track {
  /** How tall the element in the scroller is, in pixels. */
  readonly height: number;
  readonly range: number;
  readonly scrollRange: number;
}

export interface Rows {
  readonly rows: number;
  readonly rowHeight: number;
  /** How much of them can be seen at once, in pixels. */
  readonly view: number;
}

/** Pixels. Well below what any browser ends at, and so that half a pixel can still be told apart. */
const tallest = 6_000_000;
/** Pixels at both ends in which a move is the same for the track and the rows. */
const edge = 1_000_000;
/** A move beyond this is no wheel and no key: somebody drags the bar. */
const far = 4000;

export function makeTrack({ rows, rowHeight, view }: Rows): Track {
  const total = rows * rowHeight;
  const height = Math.min(total, tallest);
  return { height, range: Math.max(0, total - view), scrollRange: Math.max(0, height - view) };
}

/** The rows' own position for a position of the track. */
export function toTop({ range, scrollRange }: Track, scroll: number): number {
  if (range === scrollRange || scroll <= edge) return scroll;
  if (scroll >= scrollRange - edge) return range - (scrollRange - scroll);
  return edge + ((scroll - edge) * (range - 2 * edge)) / (scrollRange - 2 * edge);
}

export function toScroll({ range, scrollRange }: Track, top: number): number {
  if (range === scrollRange || top <= edge) return top;
  if (top >= range - edge) return scrollRange - (range - top);
  return edge + ((top - edge) * (scrollRange - 2 * edge)) / (range - 2 * edge);
}

/** The shift after the track moved from one position to another. Whole pixels, so that text stays sharp. */
export function shiftAfter(track: Track, shift: number, { from, to }: { from: number; to: number }): number {
  const moved = Math.abs(to - from) > far ? toTop(track, to) - to : shift;
  return Math.round(Math.max(-to, Math.min(track.range - to, moved)));
}

/** Where to set the track so that the rows begin at `top`, and the shift there. */
export function positionFor(track: Track, top: number): { readonly scroll: number; readonly shift: number } {
  const wanted = Math.max(0, Math.min(track.range, top));
  const scroll = Math.round(toScroll(track, wanted));
  return { scroll, shift: Math.round(wanted - scroll) };
}

/** The row's `top` that brings it into view: with the least movement, and to the middle from farther than a view away. */
export function topFor({ rowHeight, view }: Rows, top: number, row: number): number {
  const start = row * rowHeight;
  if (start < top - view || start > top + 2 * view) return start - (view - rowHeight) / 2;
  if (start < top) return start;
  return start + rowHeight > top + view ? start + rowHeight - view : top;
}
