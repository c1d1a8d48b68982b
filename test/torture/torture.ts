/**
 * Kills the processes of a real app at random instants while client apps call real tools, and demands that the ledger explains
 * everything afterwards: nothing reached a vendor, and nothing a client, that is not on the disk; the app serves again; nothing
 * is left behind. The seed chooses what is killed and when; what the machine makes of it differs from run to run.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { createRandom, type Random } from '../../src-demo/random.ts';
import type { AppProcess } from '../flows/processes.ts';
import { isAlive } from '../flows/running-app.ts';
import { App, freePort } from './app.ts';
import { Balance } from './balance.ts';
import { addCallers, customers } from './callers.ts';
import { makeHome, type TorturedHome } from './home.ts';
import { type Outcome, Tallies } from './outcome.ts';
import { strays } from './surroundings.ts';
import { Traffic } from './traffic.ts';

export interface TortureOptions {
  readonly kills: number;
  readonly seed: number;
  readonly say: (text: string) => void;
  /** Ends the run after the session it is in. */
  readonly signal?: AbortSignal;
}

/** Milliseconds within which the app must serve again, and children must follow a supervisor that was killed. */
const servesWithin = 120_000;
const endsWithin = 10_000;
/** What a start may say that needs nothing but another: the app before still ends, or the machine is too slow just now. */
const startAgain = /\((?:PORT_TAKEN|LEDGER_LOCKED|ALREADY_RUNNING|PROCESS_SLOW)\)\s*$/;
/** Sessions between two looks at the ledger by others. */
const verifyEvery = 5;
const exportEvery = 25;
/** After so many violations there is nothing more to learn. */
const enough = 50;

const members = ['gateway', 'ledger', 'broker'] as const;
const occasions = ['two at once', 'three at once', 'a checkpoint'] as const;
const ends = ['kill', 'while it stops', 'kill', 'kill', 'kill', 'in order', 'kill', 'kill'] as const;

export async function torture(options: TortureOptions): Promise<Outcome> {
  const place = await makeHome();
  const run = new Torture(options, place, new App(place, await freePort()));
  await run.toTheEnd();
  const isKept = run.violations.length > 0;
  await place.close(isKept);
  return run.outcome(isKept ? place.folder : null);
}

class Torture {
  readonly violations: string[] = [];
  readonly #options: TortureOptions;
  readonly #place: TorturedHome;
  readonly #app: App;
  readonly #random: Random;
  readonly #balance: Balance;
  readonly #tallies = new Tallies();
  #traffic = new Traffic([], createRandom(0));
  #session = 0;

  constructor(options: TortureOptions, place: TorturedHome, app: App) {
    this.#options = options;
    this.#place = place;
    this.#app = app;
    this.#random = createRandom(options.seed);
    this.#balance = new Balance(place, app);
  }

  /** Never rejects: what ends it early is a violation. */
  async toTheEnd(): Promise<void> {
    try {
      await this.#run();
    } catch (thrown) {
      this.#complain([thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)]);
    }
    const left = this.#app.children();
    this.#app.signal('SIGKILL');
    await this.#app.ended();
    await this.#traffic.end();
    for (const { pid } of left) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
  }

  outcome(folder: string | null): Outcome {
    const { violations } = this;
    return this.#tallies.outcome(this.#balance.book, { seed: this.#options.seed, violations, folder });
  }

  async #run(): Promise<void> {
    const { kills, seed, say, signal } = this.#options;
    await this.#startForGood();
    await this.#app.storeCredentials();
    this.#traffic = new Traffic(await addCallers(this.#app, this.#place), createRandom(seed + 1));
    while (this.#tallies.killed < kills && this.violations.length < enough && signal?.aborted !== true) {
      await this.#runSession();
      this.#session += 1;
      say(this.#progress());
    }
    await this.#startForGood();
    await this.#drawBalance();
    this.#complain(await this.#balance.verifyExport());
    await this.#endInOrder();
    this.#complain(await this.#balance.verify());
    await this.#noneLeft();
  }

  /** From a start to an end: a few kills of parts, each followed by proof that the app serves, then the end of the whole. */
  async #runSession(): Promise<void> {
    if (this.#app.hasEnded) {
      if (this.#session % 4 === 1) await this.#killWhileStarting();
      await this.#startForGood();
      await this.#drawBalance();
      if (this.#session % exportEvery === exportEvery - 1) this.#complain(await this.#balance.verifyExport());
    }
    await this.#app.operator.bindCustomer({ customer: this.#random.pick(customers) });
    this.#traffic.run();
    await this.#servesAgain('a start', Date.now());
    const special = occasions[this.#session % occasions.length] ?? 'a checkpoint';
    for (const event of this.#random.some(['worker', ...members, special], 3)) await this.#kill(event);
    await this.#end(ends[this.#session % ends.length] ?? 'kill');
  }

  async #kill(event: string): Promise<void> {
    this.#place.vendorSide.slowDown(this.#random.whole(0, 60));
    await pause(this.#random.whole(0, 200));
    const from = Date.now();
    if (event === 'three at once') for (const name of members) this.#strike(name, event);
    else if (event === 'two at once') {
      this.#strike(this.#random.pick(members), event);
      this.#strike(this.#random.pick([...members, 'worker']), event);
    } else if (event === 'a checkpoint') {
      await this.#beginCheckpoint();
      this.#strike(this.#random.pick(['ledger', 'broker']), event);
    } else this.#strike(event, 'calls');
    if (this.#random.chance(0.3)) {
      await pause(this.#random.whole(0, 800));
      this.#strike(this.#random.pick([...members, 'worker']), 'a restart');
    }
    await this.#servesAgain(event, from);
  }

  async #end(how: (typeof ends)[number]): Promise<void> {
    await pause(this.#random.whole(0, 200));
    if (how === 'in order') return this.#endInOrder();
    const children = this.#app.children();
    if (how === 'while it stops') {
      this.#app.signal('SIGTERM');
      await pause(this.#random.whole(0, 400));
      this.#strike(this.#random.pick(['supervisor', 'supervisor', ...members, 'worker']), 'its end');
    } else {
      const isCheckpoint = this.#random.chance(0.3);
      if (isCheckpoint) await this.#beginCheckpoint();
      this.#strike('supervisor', isCheckpoint ? 'a checkpoint' : 'calls');
    }
    await this.#app.ended();
    const following = this.#allEnd(children);
    const isLookedAt = this.#session % verifyEvery === verifyEvery - 1;
    // Half of the time whoever starts it again does so at once, while the old processes still end.
    if (isLookedAt || this.#random.chance(0.5)) await following;
    await this.#traffic.rest();
    if (isLookedAt) this.#complain(await this.#balance.verify());
  }

  async #endInOrder(): Promise<void> {
    const children = this.#app.children();
    this.#app.signal('SIGTERM');
    const code = await this.#app.ended();
    if (code !== 0) this.#complain([`the app ended with ${code} when it was asked to`]);
    await this.#allEnd(children);
    await this.#traffic.rest();
  }

  /** A supervisor that is gone must not leave a child: each ends itself. */
  async #allEnd(children: readonly AppProcess[]): Promise<void> {
    const deadline = Date.now() + endsWithin;
    while (children.some(({ pid }) => isAlive(pid)) && Date.now() < deadline) await pause(20);
    for (const { pid, name } of children) {
      if (!isAlive(pid)) continue;
      this.#complain([`the ${name} ${pid} outlives its supervisor`]);
      process.kill(pid, 'SIGKILL');
    }
  }

  /** Nor any process that nobody saw start. */
  async #noneLeft(): Promise<void> {
    const deadline = Date.now() + endsWithin;
    while (strays().length > 0 && Date.now() < deadline) await pause(100);
    this.#complain(strays().map(({ name, pid }) => `the ${name} ${pid} is left running`));
  }

  async #killWhileStarting(): Promise<void> {
    const starting = this.#app.start();
    this.#traffic.run();
    await pause(this.#random.whole(20, 1500));
    const seen = this.#app.children();
    this.#strike(this.#random.pick(['supervisor', 'supervisor', ...members]), 'a start');
    await Promise.race([starting, late()]);
    await this.#traffic.rest();
    const children = [...seen, ...this.#app.children()];
    this.#app.signal('SIGKILL'); // It may have come to serve all the same.
    await this.#app.ended();
    await this.#allEnd(children);
  }

  /** Starts it as a person would who is told why it does not start: again, until it does. */
  async #startForGood(): Promise<void> {
    const deadline = Date.now() + servesWithin;
    for (;;) {
      const ended = await Promise.race([this.#app.start(), late()]);
      if (ended === undefined) return;
      if (ended === 'late' || Date.now() > deadline)
        throw new Error(`the app does not start again: ${JSON.stringify(ended)}`);
      this.#tallies.refusedStarts += 1;
      this.#options.say(`refused to start: ${ended.words.trim()}`);
      if (!startAgain.test(ended.words)) this.#complain([`a start failed: ${JSON.stringify(ended)}`]);
      await pause(200);
    }
  }

  /** Kills one of these if there is one, and notes which calls it met. */
  #strike(victim: string, occasion: string): void {
    const turn = this.#random.next(); // Drawn when none runs too: what the seed chooses next must not hang on the machine.
    const running = this.#app.children().filter(({ name }) => name === victim);
    const pid = victim === 'supervisor' ? this.#app.pid : running[Math.floor(turn * running.length)]?.pid;
    if (pid === undefined || this.#app.hasEnded) return;
    this.#tallies.kill({ victim, occasion, at: Date.now(), calls: this.#traffic.inFlight() });
    process.kill(pid, 'SIGKILL');
    if (victim === 'broker') this.#app.givePassphrase();
  }

  /** A switch or an export makes a checkpoint; the kill comes while the broker signs it or the ledger stores it. */
  async #beginCheckpoint(): Promise<void> {
    const { operator } = this.#app;
    const begun = this.#random.chance(0.5)
      ? operator.bindCustomer({ customer: this.#random.pick(customers) })
      : operator.beginExport({ format: 'jsonl', filter: {} });
    begun.catch(() => {}); // It is the one that is cut short.
    await pause(this.#random.whole(0, 12));
  }

  async #servesAgain(after: string, from: number): Promise<void> {
    const deadline = Date.now() + servesWithin;
    const isUp = async (): Promise<boolean> => {
      const { processes } = await this.#app.operator.state(undefined, { deadlineMs: 5000 });
      return processes.every(({ state }) => state === 'up');
    };
    while (!this.#traffic.servedSince(from) || !(await isUp().catch(() => false))) {
      if (this.#app.hasEnded) throw new Error(`the app ended after: ${after}`);
      if (Date.now() > deadline) throw new Error(`the app does not serve again after: ${after}`);
      await pause(20);
    }
    this.#tallies.served(after, Date.now() - from);
  }

  async #drawBalance(): Promise<void> {
    const asked = this.#place.vendorSide.asked.splice(0);
    const calls = this.#traffic.calls.splice(0);
    this.#complain(await this.#balance.draw(asked, calls));
    this.#tallies.add(this.#balance.book, calls, asked);
  }

  #complain(violations: readonly string[]): void {
    this.violations.push(...violations);
    for (const violation of violations) this.#options.say(`VIOLATION ${violation}`);
  }

  #progress(): string {
    const { killed, seconds } = this.#tallies;
    const { length: entries } = this.#balance.book.lines;
    return `${killed} of ${this.#options.kills} kills, ${this.#traffic.made} calls, ${entries} entries, ${this.violations.length} violations, ${seconds} s`;
  }
}

const late = (): Promise<'late'> => pause(servesWithin, 'late' as const, { ref: false });
