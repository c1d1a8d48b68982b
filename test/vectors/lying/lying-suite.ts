// A vendor that lies in most of its answers, tool after tool, customer after customer: not one text of another customer may
// come out, through the worker and through the gateway's second judge. See src-demo/vendor/lie.ts for what is a lie.
import { afterAll, expect, it } from 'vitest';
import { connectors } from '../../../src-connectors/connectors.ts';
import type { Keep } from '../../../src-connectors/narrow.ts';
import type { Connector } from '../../../src-connectors/vendor.ts';
import { createRandom } from '../../../src-demo/random.ts';
import type { Emulator } from '../../../src-demo/vendor/emulator.ts';
import { narrow } from '../../../src-gateway/narrow.ts';
import type { WorkerAnswer } from '../../../src-shared/contract/worker.ts';
import type { ToolDefinition } from '../../../src-shared/model/tool.ts';
import { bind, type Bound } from '../../connectors/bound.ts';
import type { Example } from '../../connectors/example.ts';
import { foreignMarks, ownMarks } from './marked.ts';

export interface LyingVendor {
  readonly connector: string;
  readonly start: () => Promise<Emulator>;
  readonly credential: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, string>>;
  /** The vendor's ids of the customers worked for. */
  readonly owners: readonly string[];
  readonly examples: (owner: string, other: string) => readonly Example[];
}

/** How many answers of the vendor each connector is told. */
const responses = Number(process.env['LYING_RESPONSES'] ?? 100_000);

/** Writes are rarer than reads, as they are in life: the vendor's data must not grow without end. */
const writeShare = 0.05;

/** A tenth without the worker's check: less of it is needed, for nothing that a worker drops is lost on the gateway then. */
const withoutWorker = Math.ceil(responses / 10);

export function lyingSuite(name: string, vendor: LyingVendor): void {
  const open: Emulator[] = [];
  afterAll(() => Promise.all(open.map((emulator) => emulator.close())));

  it(`${name}: ${responses} answers, most of them lies, and nothing of another customer comes out`, {
    timeout: 900_000,
  }, async () => {
    const told = await tell(vendor, { open, responses, writeShare });
    const seen = { calls: 0, records: 0, own: 0, dropped: 0, denied: 0 };
    const perTool = new Map<string, number>();
    for await (const { owner, definition, answer } of told.answers) {
      seen.calls += 1;
      if (answer === undefined || answer.status === 'denied') {
        seen.denied += 1;
        expect(foreignMarks(JSON.stringify(answer ?? null), owner), definition.name).toEqual([]);
        continue;
      }
      const text = JSON.stringify(answer.records.map(({ record }) => record));
      const foreign = foreignMarks(text, owner).filter((mark) => mark !== 'nobody');
      expect(foreign, `${definition.name} for ${owner}`).toEqual([]);
      expect(narrow(answer, owner, definition).dropped, 'what the gateway would still have to drop').toBe(
        answer.dropped,
      );
      seen.records += answer.records.length;
      seen.dropped += answer.dropped;
      seen.own += ownMarks(text, owner);
      if (answer.records.length > 0) perTool.set(definition.name, (perTool.get(definition.name) ?? 0) + 1);
    }
    console.log(`${name}: ${told.count()} answers, ${JSON.stringify(seen)}`);
    // The suite must not pass because nothing came out at all, or because nobody lied.
    expect(seen.own).toBeGreaterThan(1000);
    expect(seen.dropped).toBeGreaterThan(1000);
    const silent = told.reads.filter((tool) => !perTool.has(tool));
    expect(silent, 'reading tools that never answered anything').toEqual([]);
  });

  // Reads alone: a write goes to a record that the worker has proven, so without its check a vendor would be made to mix
  // customers up itself.
  it(`${name}: ${withoutWorker} answers, most of them lies, and the gateway alone lets nothing of them out`, {
    timeout: 900_000,
  }, async () => {
    const told = await tell(vendor, { open, responses: withoutWorker, writeShare: 0, keep: () => 'whole' });
    const seen = { calls: 0, own: 0, loose: 0 };
    for await (const { owner, definition, answer } of told.answers) {
      seen.calls += 1;
      if (answer === undefined || answer.status === 'denied') continue;
      const { records } = narrow(answer, owner, definition);
      const text = JSON.stringify(records);
      const foreign = foreignMarks(text, owner).filter((mark) => mark !== 'nobody');
      expect(foreign, `${definition.name} for ${owner}`).toEqual([]);
      seen.own += ownMarks(text, owner);
      seen.loose += foreignMarks(JSON.stringify(answer.records.map(({ record }) => record)), owner).length;
    }
    console.log(`${name}, the gateway alone: ${told.count()} answers, ${JSON.stringify(seen)}`);
    expect(seen.own).toBeGreaterThan(withoutWorker / 100);
    expect(seen.loose, 'what came out of the workers').toBeGreaterThan(withoutWorker / 10);
  });
}

interface Telling {
  readonly open: Emulator[];
  readonly responses: number;
  readonly writeShare: number;
  /** Instead of the workers' own judgement. */
  readonly keep?: Keep;
}

interface Told {
  readonly owner: string;
  readonly definition: ToolDefinition;
  /** Undefined when it ended in a fault. */
  readonly answer: WorkerAnswer | undefined;
}

/** Calls tool after tool for customer after customer, until the vendor has answered so often. */
async function tell(vendor: LyingVendor, { open, keep, ...share }: Telling) {
  const emulator = await vendor.start();
  open.push(emulator);
  const told = { count: 0 };
  const connector = counting(vendor.connector, told);
  const tools = new Map(connector.tools.map((tool) => [tool.name, tool.definition()]));
  const bound = vendor.owners.map((owner, at) => {
    const other = vendor.owners[(at + 1) % vendor.owners.length] ?? '';
    const settings = { demo: 'true', requestsPerMinute: '900000', ...vendor.settings };
    const { credential, connector: kind } = vendor;
    const judge = keep === undefined ? {} : { keep };
    const place = {
      url: emulator.url,
      connector: kind,
      owner,
      connectors: [connector],
      credential,
      settings,
      ...judge,
    };
    return { owner, worker: bind(place), examples: vendor.examples(owner, other) };
  });
  const isAsked = (tool: string): boolean => share.writeShare > 0 || isRead(tools.get(tool)?.risk ?? '');
  for (const { worker, examples } of bound)
    for (const { tool, own } of examples) if (isAsked(tool)) await worker.call(tool, own);
  return { answers: answers(), count: () => told.count, reads: [...tools.values()].flatMap(readName) };

  async function* answers(): AsyncGenerator<Told> {
    const random = createRandom(20261122);
    for (let round = 0; told.count < share.responses; round += 1) {
      if (round % 500 === 0) Object.assign(emulator.faults, { lie: { seed: 1 + round / 500, rate: 0.8 } });
      const { owner, worker, examples } = random.pick(bound);
      const example = random.pick(examples);
      const definition = tools.get(example.tool);
      if (definition === undefined) throw new Error(`there is no tool ${example.tool}`);
      if (!isRead(definition.risk) && !random.chance(share.writeShare)) continue;
      const chosen = random.next();
      const args =
        chosen < 0.7 ? example.own : chosen < 0.9 ? (example.foreign ?? example.own) : (example.missing ?? example.own);
      yield { owner, definition, answer: await callOf(worker, example.tool, args) };
    }
  }
}

const readName = ({ name, risk }: ToolDefinition): string[] => (isRead(risk) ? [name] : []);
const isRead = (risk: string): boolean => ['read', 'sensitive', 'credential'].includes(risk);

/** Faults of the wire are denials to the gateway; here they are nothing that came out. */
async function callOf(worker: Bound, tool: string, args: Example['own']) {
  try {
    return await worker.call(tool, args);
  } catch {
    return undefined;
  }
}

function counting(name: string, told: { count: number }): Connector {
  const connector = connectors.find((one) => one.name === name);
  if (connector === undefined) throw new Error(`there is no connector ${name}`);
  return {
    ...connector,
    open: (place, powers) =>
      connector.open(place, {
        ...powers,
        http: async (request) => {
          told.count += 1;
          return powers.http(request);
        },
      }),
  };
}
