import { demoControl } from '../../src-shared/contract/demo.ts';
import { Fault } from '../../src-shared/fault.ts';
import { client } from '../../src-shared/wire/client.ts';
import type { Client } from '../../src-shared/wire/contract.ts';
import type { Child, Host } from '../host.ts';
import { demoOptions } from './child-options.ts';
import type { Tenancy } from './facts.ts';
import type { Log } from './log.ts';
import { Member } from './member.ts';
import { readTenancy, writeTenancy } from './tenancy.ts';

/** The demo MSP: a process that is vendor and central server in one, on loopback. Outside the product's trust. */
export class Demo {
  readonly #member: Member;
  #api: Client<typeof demoControl> | undefined;
  #tenancy: Tenancy | undefined;
  /** Called when the demo is up again after a crash: its vendors listen elsewhere now. */
  onRestart: (tenancy: Tenancy) => Promise<void> = async () => {};

  constructor(host: Host, log: Log, dataFile: string) {
    this.#member = new Member({
      host,
      log,
      child: () => demoOptions(dataFile),
      setUp: (child) => this.#setUp(host, child, dataFile),
      setUpDeadline: 30_000,
      onDown: () => (this.#api = undefined),
      onChange: () => {},
    });
  }

  async start(): Promise<Tenancy> {
    await this.#member.start();
    if (!this.#tenancy) throw new Fault('DEMO_DATA', 'The demo MSP could not be read.');
    return this.#tenancy;
  }

  stop(): Promise<void> {
    return this.#member.stop();
  }

  get api(): Client<typeof demoControl> | undefined {
    return this.#api;
  }

  async #setUp(host: Host, child: Child, dataFile: string): Promise<void> {
    const api = client(demoControl, child.port);
    const { enrolment, instances } = await api.start({ dataFile });
    const isRestart = this.#tenancy !== undefined;
    writeTenancy(host, enrolment, instances);
    this.#tenancy = await readTenancy(host, enrolment.tenant);
    this.#api = api;
    if (isRestart) await this.onRestart(this.#tenancy);
  }
}
