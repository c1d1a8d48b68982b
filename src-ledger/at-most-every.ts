/** Passes on the first value at once and after that the latest value, at most once in `ms` milliseconds. */
export function atMostEvery<T>(ms: number, pass: (value: T) => void): (value: T) => void {
  let timer: NodeJS.Timeout | undefined;
  let latest: { readonly value: T } | undefined;
  const tick = (): void => {
    timer = undefined;
    if (!latest) return;
    pass(latest.value);
    latest = undefined;
    timer = setTimeout(tick, ms).unref();
  };
  return (value) => {
    latest = { value };
    if (!timer) tick();
  };
}
