/**
 * Writes where something unexpected was thrown to this process's stderr, which the supervisor keeps for its log. Only the
 * kind of error and the places in our code: a message may quote a secret or a customer's data.
 */
export function reportUnexpected(thrown: unknown): void {
  const kind = thrown instanceof Error ? thrown.name : typeof thrown;
  const frames = thrown instanceof Error ? (thrown.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : [];
  process.stderr.write(`${[kind, ...frames.slice(0, 12)].join('\n')}\n`);
}
