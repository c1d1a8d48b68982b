import { InvalidArgumentError } from 'commander';

/** The port of the MCP endpoint when none is named. */
export const defaultPort = 7421;

/** For commander: a port number, 0 for any free one. */
export function portNumber(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new InvalidArgumentError('It must be 0 to 65535.');
  return Number(text);
}
