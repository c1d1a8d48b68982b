/** The code of the fault that a promise rejects with; `done` when it does not. Listened to from the start, so that none goes unheard. */
export const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'done',
    (error: { code?: string }) => error.code,
  );
