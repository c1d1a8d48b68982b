// The emulator's own endpoints, for tests in other processes. Not part of any vendor's API:
//   GET, POST    /_emulator/faults        the faults; POST changes the members its JSON object names
//   GET, DELETE  /_emulator/requests      the log of requests; DELETE empties it
// and what a vendor adds. Loopback only and never for a browser page: the server refuses other peers and any request
// with an Origin.
import type { z } from 'zod';
import type { Answer } from './answer.ts';
import { jsonAnswer } from './answer.ts';
import type { CommonFaults } from './faults.ts';
import { parseJson } from './json.ts';
import type { RequestLog } from './request-log.ts';

export type AdminCall = { readonly method: string; readonly path: string; readonly body: string };

export type Administered<F extends CommonFaults> = {
  readonly faults: F;
  readonly faultSchema: z.ZodObject;
  /** The vendor's own endpoints: an answer, or null for one it does not have. */
  readonly admin?: (call: AdminCall) => Answer | null;
};

export function answerAdmin<F extends CommonFaults>(vendor: Administered<F>, log: RequestLog, call: AdminCall): Answer {
  const path = call.path.replace(/\/+$/, '');
  const what = `${call.method} ${path}`;
  if (what === 'GET /_emulator/faults') return jsonAnswer(200, JSON.stringify(vendor.faults));
  if (what === 'POST /_emulator/faults') return changeFaults(vendor, call.body);
  if (what === 'GET /_emulator/requests') return jsonAnswer(200, JSON.stringify(log.requests));
  if (what === 'DELETE /_emulator/requests') return (log.clear(), jsonAnswer(200, '[]'));
  return vendor.admin?.({ ...call, path }) ?? adminProblem(404, 'There is no such emulator endpoint.');
}

export function adminProblem(status: number, error: string): Answer {
  return jsonAnswer(status, JSON.stringify({ error }));
}

export function issuesOf(error: z.ZodError): string {
  return error.issues.map((one) => `${one.path.join('.')}: ${one.message}`).join('; ');
}

function changeFaults<F extends CommonFaults>({ faults, faultSchema }: Administered<F>, body: string): Answer {
  const change = faultSchema.partial().safeParse(parseJson(body));
  if (!change.success) return adminProblem(400, issuesOf(change.error));
  Object.assign(faults, change.data);
  return jsonAnswer(200, JSON.stringify(faults));
}
