/** Megabytes of V8's young generation. By default it grows to twice this in every process, and gains nothing measurable. */
const youngMb = 8;

/** Node's flags that keep a child as small as it needs to be; the same in both hosts. */
export const memoryFlags = (memoryMb: number): string[] => [
  `--max-old-space-size=${memoryMb}`,
  `--max-semi-space-size=${youngMb}`,
];
