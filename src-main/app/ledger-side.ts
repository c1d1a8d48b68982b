import type { brokerControl } from '../../src-shared/contract/broker.ts';
import { ledgerControl, type Progress } from '../../src-shared/contract/ledger.ts';
import type { LastSigned } from '../../src-shared/model/last-signed.ts';
import { client } from '../../src-shared/wire/client.ts';
import type { Client } from '../../src-shared/wire/contract.ts';
import type { Child, Host } from '../host.ts';
import type { Facts } from './facts.ts';
import { makeListeners } from './listeners.ts';
import { paths } from './paths.ts';
import { watchPulse } from './pulse.ts';
import { makeRecorder } from './recorder.ts';

/** Milliseconds a ledger may be silent before the window says so. */
const patience = 3000;
/** Milliseconds for the broker to say what it signed last. */
const signedDeadline = 6000;
const silence = 'The ledger does not answer.';

export interface LedgerPowers {
  readonly host: Pick<Host, 'files'>;
  readonly facts: Facts;
  /** Resolves when the broker is up, or has had its time: it may just be starting again. */
  readonly brokerSoon: () => Promise<void>;
  /** Faults while the broker is away. */
  readonly broker: () => Client<typeof brokerControl>;
  /** This device's name, and its public key: base64url of 32 bytes. */
  readonly device: () => { readonly name: string; readonly key: string };
}

/**
 * The supervisor's side of the ledger: opens it in each fresh process with what the broker remembers of it, and tells what
 * becomes of it. One that hangs is told and not ended.
 */
export class LedgerSide {
  /** How far the ledger has come with a walk that somebody waits for. */
  readonly progress = makeListeners<Progress & { readonly walk: 'verifying' | 'searching' }>();
  readonly #powers: LedgerPowers;
  #api: Client<typeof ledgerControl> | undefined;
  /** The device that the open ledger is of: its checkpoints are signed with that one's key and no other. */
  #device: string | undefined;

  constructor(powers: LedgerPowers) {
    this.#powers = powers;
  }

  get api(): Client<typeof ledgerControl> | undefined {
    return this.#api;
  }

  async setUp(child: Child): Promise<void> {
    const { host, facts } = this.#powers;
    const api = client(ledgerControl, child.port);
    const { tenant } = facts;
    const file = host.files.path(paths.ledger(tenant));
    const signed = await this.#lastSigned();
    const { name: device, key: deviceKey } = this.#powers.device();
    const opened = await api.open({ tenant, file, device, deviceKey, signed, readOnly: false });
    this.#device = device;
    this.lookForKey();
    facts.change((all) => {
      const checkpoint = opened.isCut ? null : (signed?.size ?? null);
      all.ledger = { entries: opened.entries, checkpoint, problem: null };
      all.ledgerRemedy = all.clockBehind = null; // It tells of changes alone, and begins with nothing to tell.
    });
    this.#listen(api);
    const question = { limit: 1, filter: {} };
    void child.exited.then(
      watchPulse(
        (within) => api.page(question, within),
        (isAnswering) => this.#silent(!isAnswering),
        patience,
      ),
    );
    if (signed && opened.isCut) await this.#recordCut(api, { signed: signed.size, entries: opened.entries });
    this.#api = api;
  }

  /** Says whether this device can still sign for the ledger that is open. */
  lookForKey(): void {
    const { facts, device } = this.#powers;
    const isKeyLost = this.#device !== undefined && this.#device !== device().name;
    if (isKeyLost !== facts.isKeyLost) facts.change((all) => (all.isKeyLost = isKeyLost));
  }

  /** So that the ledger is one whole file, signed to its end. One that hangs is ended all the same; nothing is lost by it. */
  async close(): Promise<void> {
    await this.#api?.close(undefined, { deadlineMs: 1000 }).catch(() => undefined);
  }

  down(): void {
    this.#api = undefined;
    this.#powers.facts.change((all) => {
      all.ledger = { ...all.ledger, problem: 'The ledger is starting again.' };
      all.ledgerRemedy = null;
    });
  }

  #listen(api: Client<typeof ledgerControl>): void {
    const { facts } = this.#powers;
    api.on('grew', ({ entries }) => facts.change((all) => (all.ledger = { ...all.ledger, entries })));
    api.on('covered', ({ entries, isSigned }) =>
      facts.change((all) => {
        if (isSigned) all.ledger = { ...all.ledger, checkpoint: entries };
        all.isUnsigned = !isSigned;
      }),
    );
    for (const walk of ['verifying', 'searching'] as const) {
      api.on(walk, (progress) => this.progress.tell({ walk, ...progress }));
    }
    api.on('clock', ({ behind }) => facts.change((all) => (all.clockBehind = behind)));
    api.on('state', ({ problem, remedy }) =>
      facts.change((all) => {
        all.ledger = { ...all.ledger, problem };
        all.ledgerRemedy = remedy;
      }),
    );
  }

  /** What the ledger must begin with: it is not opened without a broker's answer. */
  async #lastSigned(): Promise<LastSigned | null> {
    await this.#powers.brokerSoon();
    return this.#powers.broker().lastSigned(undefined, { deadlineMs: signedDeadline });
  }

  /**
   * Nobody else is linked to the ledger yet, so this comes before any other entry, and no checkpoint is signed without it. Told
   * to the broker first, which remembers it until then: after a kill it is recorded once more rather than never.
   */
  async #recordCut(ledger: Client<typeof ledgerControl>, gone: { signed: number; entries: number }): Promise<void> {
    await this.#powers.broker().giveUpSigned(undefined, { deadlineMs: signedDeadline });
    const params = { alert: 'entries-lost', ...gone };
    await makeRecorder(this.#powers.facts, { ledger }).bySystem({ kind: 'alert', customer: null, params });
  }

  /** A ledger that hangs tells nobody itself. What it told before it hung stays until it tells something else. */
  #silent(isSilent: boolean): void {
    const { facts } = this.#powers;
    const { problem } = facts.ledger;
    if (problem !== (isSilent ? null : silence)) return;
    facts.change((all) => (all.ledger = { ...all.ledger, problem: isSilent ? silence : null }));
  }
}
