/** A span of time as people say it, in its largest unit of which there are two or more: "119 minutes", "46 hours". Rounded down. */
export function spanWords(seconds: number): string {
  const [size, unit] = units.find(([each]) => seconds >= 2 * each) ?? ([1, 'second'] as const);
  const count = Math.floor(seconds / size);
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

const units = [
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
] as const;
