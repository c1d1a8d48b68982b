// The vendor's errors, in the shape that is switched on (halopsa.md §4.7). Trusts its callers.
import type { Answer } from '../vendor/answer.ts';
import { emptyAnswer, jsonAnswer, textAnswer } from '../vendor/answer.ts';
import type { ErrorShape, HaloFaults } from './faults.ts';

export function refuse(faults: HaloFaults, status: number, message: string): Answer {
  if (faults.errorShape === 'empty') return emptyAnswer(status);
  if (faults.errorShape === 'text') return textAnswer(status, message);
  return jsonAnswer(status, JSON.stringify(errorBody(faults.errorShape, status, message)));
}

export function notFound(faults: HaloFaults): Answer {
  return refuse(faults, 404, 'The record could not be found');
}

function errorBody(shape: Exclude<ErrorShape, 'empty' | 'text'>, status: number, message: string): object {
  switch (shape) {
    case 'dotnet':
      return { ClassName: 'System.Exception', Message: message };
    case 'message':
      return { Message: message };
    case 'error':
      return { error: message };
    case 'result':
      return { resultCode: String(status), errorMessage: message };
  }
}
