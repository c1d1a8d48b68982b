// The vendor's errors (hudu.md §1). Their bodies are mostly undocumented: nobody should read more than the status.
import type { Answer } from '../vendor/answer.ts';
import { jsonAnswer } from '../vendor/answer.ts';

export function refuse(status: number, error: string, details: readonly string[] = []): Answer {
  return jsonAnswer(status, JSON.stringify(details.length === 0 ? { error } : { error, details }));
}

export const unauthorized = refuse(401, 'unauthorized');
export const missing = refuse(404, 'Record not found');
export const noSuchMethod = refuse(405, 'Method not allowed');

export function invalid(error: string, details: readonly string[] = []): Answer {
  return refuse(422, error, details);
}
