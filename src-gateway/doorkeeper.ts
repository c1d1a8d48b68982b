import type { TenantId } from '../src-shared/model/ids.ts';
import type { ClientApp } from '../src-shared/model/client-app.ts';
import { sameText } from '../src-shared/same-text.ts';
import type { Refusal } from './edge.ts';
import type { Price, RateLimit } from './rate-limit.ts';
import type { Recorder } from './recorder.ts';
import type { TenantSession } from './tenant-session.ts';

/** Requests a minute when the company's bundle says nothing, and the entries unknown tokens may cause. */
const defaultPerMinute = 60;
/** How many client apps' worth of requests a company's apps may make together when its bundle says nothing. */
const appsPerTenant = 10;
const recordedStrangersPerMinute = 30;
/** A body costs a token more for each full so many bytes: what is large is dear to everything behind the door. */
const bytesPerToken = 32 * 1024;
/** Milliseconds between two notices that a client app was seen. */
const seenEvery = 1000;
/** Milliseconds between two alerts that one asks too much. */
const alertEvery = 60_000;

export interface DoorPowers {
  /** Milliseconds since 1970, for times that are shown. */
  readonly now: () => number;
  /** Milliseconds from any fixed point. */
  readonly clock: () => number;
  readonly scope: { clients(): readonly ClientApp[] };
  readonly session: (tenant: TenantId) => TenantSession | undefined;
  readonly recorder: Recorder;
}

export type Heard = { readonly ok: true } | { readonly ok: false; readonly refusal: Refusal };

/**
 * The edge's view of who knocks: an unknown token gets a 401, a known one its company's rate limit. The token decides
 * only whether to listen; gate 1 asks the same question again for every tool call and is the one that counts.
 */
export class Doorkeeper {
  readonly #powers: DoorPowers;
  readonly #limit: RateLimit;
  readonly #seen: (notice: { client: string; at: string }) => void;
  readonly #lastSeen = new Map<string, number>();
  readonly #lastThrottled = new Map<string, number>();

  constructor(powers: DoorPowers, limit: RateLimit, seen: (notice: { client: string; at: string }) => void) {
    this.#powers = powers;
    this.#limit = limit;
    this.#seen = seen;
  }

  /** A request of which only the head is known. */
  hear(tokenHash: string): Heard {
    const app = this.#known(tokenHash);
    if (!app) return this.#turnAway();
    const heard = this.#take(app, () => ({ tokens: 1, again: 1 }));
    if (heard.ok) this.#notice(app);
    return heard;
  }

  /** The same request once its body is there, and nothing has looked at it yet. */
  weigh(tokenHash: string, bytes: number): Heard {
    const dear = Math.floor(bytes / bytesPerToken);
    if (dear === 0) return { ok: true };
    const app = this.#known(tokenHash);
    if (!app) return this.#turnAway();
    return this.#take(app, (perMinute) => {
      const tokens = Math.min(dear, perMinute - 1); // However low the limit is, what the edge takes can be sent.
      return { tokens, again: tokens + 1 };
    });
  }

  #known(tokenHash: string): ClientApp | undefined {
    const app = this.#powers.scope
      .clients()
      .reduce<ClientApp | undefined>((found, each) => (sameText(each.tokenHash, tokenHash) ? each : found), undefined);
    return app?.state === 'revoked' ? undefined : app;
  }

  #take(app: ClientApp, price: (perMinute: number) => Price): Heard {
    const limits = this.#powers.session(app.tenant)?.bundle.limits;
    const perMinute = limits?.requestsPerMinute ?? defaultPerMinute;
    const own = this.#limit.take(app.id, perMinute, price(perMinute));
    if (!own.ok) return this.#throttle(app, own.retryAfter, tooManyOfApp);
    // After its own: what one app is refused takes nothing from the others.
    const most = limits?.tenantRequestsPerMinute ?? perMinute * appsPerTenant;
    const all = this.#limit.take(`tenant:${app.tenant}`, most, price(most));
    return all.ok ? { ok: true } : this.#throttle(app, all.retryAfter, tooManyOfTenant);
  }

  /** Strangers are recorded, but only so many a minute: a loop outside must not fill the ledger or the disk. */
  #turnAway(): Heard {
    if (this.#limit.take('strangers', recordedStrangersPerMinute).ok) {
      void this.#powers.recorder.record({
        kind: 'call.denied',
        principal: { kind: 'anonymous', id: '', name: '', client: '' },
        customer: null,
        gates: [{ gate: 'principal', ok: false, code: 'UNAUTHENTICATED', ms: 0 }],
        result: { status: 'UNAUTHENTICATED', records: 0, dropped: 0, redacted: 0, bytes: 0, ms: 0 },
      });
    }
    const headers = { 'www-authenticate': 'Bearer error="invalid_token"' };
    return { ok: false, refusal: { status: 401, text: 'This client app is not known here.', headers } };
  }

  /** One alert a minute and client app, however many requests it covers. */
  #throttle(app: ClientApp, retryAfter: number, text: string): Heard {
    const at = this.#powers.clock();
    if (at - (this.#lastThrottled.get(app.id) ?? -Infinity) > alertEvery) {
      this.#lastThrottled.set(app.id, at);
      void this.#powers.recorder.record({
        kind: 'alert',
        principal: { kind: 'system', id: 'bulkhead', name: 'Bulkhead', client: app.name },
        customer: null,
        params: { alert: 'rate-limit', client: app.name },
      });
    }
    return { ok: false, refusal: { status: 429, text, headers: { 'retry-after': String(retryAfter) } } };
  }

  #notice(app: ClientApp): void {
    const at = this.#powers.clock();
    if (at - (this.#lastSeen.get(app.id) ?? -Infinity) < seenEvery) return;
    this.#lastSeen.set(app.id, at);
    this.#seen({ client: app.id, at: new Date(this.#powers.now()).toISOString() });
  }
}

const tooManyOfApp = 'Too many requests from this client app. Wait before the next.';
const tooManyOfTenant = 'Too many requests from all client apps together. Wait before the next.';
