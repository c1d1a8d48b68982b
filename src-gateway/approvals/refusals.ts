import type { ApprovalId } from '../../src-shared/model/approval.ts';

/** Milliseconds a person's "no" holds for the very same call. */
const denialHolds = 15 * 60_000;
/** Milliseconds for which it is remembered that nobody answered. */
const silenceHolds = 60 * 60_000;
/** How often in that time nobody may answer one call before nobody is asked for it any more. */
const mostSilences = 3;
/** Calls remembered for one client app. With so many refused, it asks nobody anything until some are forgotten. */
const mostOfOne = 200;

interface Refused {
  readonly caller: string;
  readonly last: ApprovalId;
  /** When a person's "no" ends. */
  readonly deniedUntil: number;
  /** When nobody had answered the last times, oldest first. */
  readonly silences: readonly number[];
  /** The caller has not heard yet that the last one expired. */
  isUntold: boolean;
}

/** No "no" ever, and an answer every time. */
const unrefused = { deniedUntil: -Infinity, silences: Array<number>(mostSilences).fill(-Infinity) };

/**
 * The calls that people denied or left unanswered, so that an AI can neither repeat one until somebody gives in nor wait a
 * "no" out. Times are the clock's that is passed in.
 */
export class Refusals {
  readonly #byFingerprint = new Map<string, Refused>();

  deny(fingerprint: string, { caller, approval, at }: Refusal): void {
    const { silences } = this.#byFingerprint.get(fingerprint) ?? unrefused;
    const refused = { caller, last: approval, deniedUntil: at + denialHolds, silences, isUntold: false };
    this.#byFingerprint.set(fingerprint, refused);
  }

  expire(fingerprint: string, { caller, approval, at }: Refusal): void {
    const { deniedUntil, silences } = this.#byFingerprint.get(fingerprint) ?? unrefused;
    const latest = [...silences, at].slice(-mostSilences);
    const refused = { caller, last: approval, deniedUntil, silences: latest, isUntold: true };
    this.#byFingerprint.set(fingerprint, refused);
  }

  /** What a call meets here before anybody is asked. Changes nothing. */
  of(fingerprint: string, at: number): RefusedClaim | undefined {
    const refused = this.#byFingerprint.get(fingerprint);
    if (!refused) return undefined;
    const { last: approval, deniedUntil, silences, isUntold } = refused;
    if (at < deniedUntil) return { state: 'denied', approval };
    const isFinal = silences.every((silence) => at - silence < silenceHolds);
    return isFinal || isUntold ? { state: 'expired', approval, isFinal } : undefined;
  }

  /** The calls whose "no" holds, by fingerprint. */
  denied(at: number): readonly string[] {
    return [...this.#byFingerprint].flatMap(([each, { deniedUntil }]) => (at < deniedUntil ? [each] : []));
  }

  /** The caller heard that its call expired. */
  told(fingerprint: string): void {
    const refused = this.#byFingerprint.get(fingerprint);
    if (refused) refused.isUntold = false;
  }

  isFull(caller: string): boolean {
    let count = 0;
    for (const refused of this.#byFingerprint.values()) if (refused.caller === caller) count += 1;
    return count >= mostOfOne;
  }

  forget(at: number): void {
    for (const [fingerprint, { deniedUntil, silences }] of this.#byFingerprint) {
      const isSilent = silences.some((silence) => at - silence < silenceHolds);
      if (at >= deniedUntil && !isSilent) this.#byFingerprint.delete(fingerprint);
    }
  }
}

interface Refusal {
  readonly caller: string;
  readonly approval: ApprovalId;
  readonly at: number;
}

type RefusedClaim =
  | { readonly state: 'denied'; readonly approval: ApprovalId }
  | { readonly state: 'expired'; readonly approval: ApprovalId; readonly isFinal: boolean };
