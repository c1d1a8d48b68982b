import { demoControl } from '../../src-shared/contract/demo.ts';
import { Fault } from '../../src-shared/fault.ts';
import { client } from '../../src-shared/wire/client.ts';
import type { Client } from '../../src-shared/wire/contract.ts';
import type { Child, Host } from '../host.ts';
import { demoOptions } from './child-options.ts';
import type { Tenancy } from './facts.ts';
import type { Log } from './log.ts';
import { Member } from './member.ts';
import { paths } from './paths.ts';
import { readTenancy, writeEnrolment } from './tenancy.ts';

type Issued = Awaited<ReturnType<Client<typeof demoControl>['start']>>;

/** The demo MSP: a process that is vendor and central server in one, on loopback. Outside the product's trust. */
export class Demo {
  readonly #host: Host;
  readonly #member: Member;
  #api: Client<typeof demoControl> | undefined;
  #issued: Issued | undefined;
  /** Called when the demo is up again after a crash: its vendors listen elsewhere now. */
  onRestart: () => Promise<void> = async () => {};

  /** `signedIn` is a technician's id; null takes the one the file names. */
  constructor(host: Host, log: Log, wanted: { readonly dataFile: string; readonly signedIn: string | null }) {
    this.#host = host;
    host.files.makeFolder(paths.demoFolder);
    const folder = host.files.path(paths.demoFolder);
    this.#member = new Member({
      host,
      log,
      child: () => demoOptions(wanted.dataFile, folder),
      setUp: (child) => this.#setUp(child, { ...wanted, folder }),
      setUpDeadline: 30_000,
      onUp: async () => {},
      onDown: () => (this.#api = undefined),
      onChange: () => {},
    });
  }

  async start(): Promise<Tenancy> {
    await this.#member.start();
    return this.tenancy();
  }

  /** What the demo issued last, with what a person changed since. */
  async tenancy(): Promise<Tenancy> {
    if (!this.#issued) throw new Fault('DEMO_DATA', 'The demo MSP could not be read.');
    const { enrolment, instances } = this.#issued;
    writeEnrolment(this.#host, enrolment);
    return readTenancy(this.#host, enrolment.tenant, instances);
  }

  stop(): Promise<void> {
    return this.#member.stop();
  }

  get api(): Client<typeof demoControl> | undefined {
    return this.#api;
  }

  async #setUp(child: Child, wanted: Parameters<Client<typeof demoControl>['start']>[0]): Promise<void> {
    const api = client(demoControl, child.port);
    const isRestart = this.#issued !== undefined;
    this.#issued = await api.start(wanted);
    this.#api = api;
    if (isRestart) await this.onRestart();
  }
}
