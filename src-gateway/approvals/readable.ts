import { canonical } from '../../src-shared/canonical.ts';
import { writtenArguments } from '../written-arguments.ts';
import type { AskedCall } from './asked-call.ts';

/**
 * Bytes of canonical text that the arguments of a call may have of which a person is asked. An entry of the ledger holds 8 KiB
 * (src-ledger/seal-entry.ts), arguments, fingerprint and counts together: what people approve must be readable in it, whole.
 */
const mostRead = 7 * 1024;

/** Whether people can read a call, and can prove later what they read. Secrets are neither read nor written. */
export function isReadable({ session, definition, arguments: args }: AskedCall): boolean {
  const written = writtenArguments(args, session.tools.get(definition.name));
  return Buffer.byteLength(canonical(written)) <= mostRead;
}
