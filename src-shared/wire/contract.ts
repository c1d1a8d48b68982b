import type { z } from 'zod';

/** A request with one argument and one answer. */
export interface Call<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly kind: 'call';
  readonly input: I;
  readonly output: O;
}

/** A value the serving side pushes to whoever listens. */
export interface Event<T extends z.ZodType = z.ZodType> {
  readonly kind: 'event';
  readonly value: T;
}

export type Contract = Readonly<Record<string, Call | Event>>;

export const call = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O): Call<I, O> => ({
  kind: 'call',
  input,
  output,
});
export const event = <T extends z.ZodType>(value: T): Event<T> => ({ kind: 'event', value });

type Calls<C> = { [K in keyof C]: C[K] extends Call ? K : never }[keyof C];
type Events<C> = { [K in keyof C]: C[K] extends Event ? K : never }[keyof C];

/** What the calling side may add to a call. An aborted call is cancelled at the serving side too. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds after which the call rejects with DEADLINE and is cancelled. */
  readonly deadlineMs?: number;
}

/** What the calling side holds. */
export type Client<C extends Contract> = {
  readonly [K in Calls<C>]: C[K] extends Call<infer I, infer O>
    ? (input: z.input<I>, options?: CallOptions) => Promise<z.output<O>>
    : never;
} & {
  readonly on: <K extends Events<C>>(
    name: K,
    listener: (value: C[K] extends Event<infer T> ? z.output<T> : never) => void,
  ) => () => void;
};

/** What the serving side must supply: one function for every call, none left out. The signal aborts when the caller does. */
export type Handlers<C extends Contract> = {
  readonly [K in Calls<C>]: C[K] extends Call<infer I, infer O>
    ? (input: z.output<I>, signal: AbortSignal) => Promise<z.input<O>> | z.input<O>
    : never;
};

export type Emit<C extends Contract> = <K extends Events<C>>(
  name: K,
  value: C[K] extends Event<infer T> ? z.input<T> : never,
) => void;
