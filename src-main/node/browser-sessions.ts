import { createHash, timingSafeEqual } from 'node:crypto';

const ticketLife = 10 * 60_000;
const maxTickets = 20;
const maxSessions = 50;

export interface SessionPowers {
  now(): number;
  randomHex(bytes: number): string;
}

/**
 * Who may use the window in a browser. All of it lives in memory and ends with the process. Only hashes are kept, and
 * every comparison takes the same time whatever it is given.
 */
export class BrowserSessions {
  readonly #powers: SessionPowers;
  #tickets: { readonly hash: Buffer; readonly expires: number }[] = [];
  #sessions: Buffer[] = [];

  constructor(powers: SessionPowers) {
    this.#powers = powers;
  }

  /** A secret for one log-in within ten minutes. Old ones go first when too many wait. */
  mintTicket(): string {
    const ticket = this.#powers.randomHex(32);
    const expires = this.#powers.now() + ticketLife;
    this.#tickets = [...this.#tickets, { hash: sha256(ticket), expires }].slice(-maxTickets);
    return ticket;
  }

  /** True once for each ticket that is not too old. */
  redeem(ticket: string): boolean {
    const hash = sha256(ticket);
    const now = this.#powers.now();
    const found = this.#tickets.filter((waiting) => timingSafeEqual(waiting.hash, hash));
    this.#tickets = this.#tickets.filter((waiting) => !found.includes(waiting) && waiting.expires > now);
    return found.some(({ expires }) => expires > now);
  }

  /** A new session's secret, for the cookie. */
  begin(): string {
    const session = this.#powers.randomHex(32);
    this.#sessions = [...this.#sessions, sha256(session)].slice(-maxSessions);
    return session;
  }

  isSession(secret: string): boolean {
    const hash = sha256(secret);
    return this.#sessions.filter((session) => timingSafeEqual(session, hash)).length > 0;
  }
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
