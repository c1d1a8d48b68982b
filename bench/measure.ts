// Measuring calls over HTTP keep-alive: latencies in milliseconds and calls a second, with so many in flight.
import { Agent, request } from 'node:http';

export interface Measured {
  readonly p50: number;
  readonly p95: number;
  readonly perSecond: number;
}

export interface Target {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Runs `count` calls with `inFlight` at once, after a tenth as many to warm up. Rejects on any status but 200. */
export async function measure(target: Target, count: number, inFlight: number): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxSockets: inFlight });
  try {
    await spend(target, agent, Math.ceil(count / 10), inFlight);
    const from = performance.now();
    const latencies = (await spend(target, agent, count, inFlight)).sort((one, other) => one - other);
    const seconds = (performance.now() - from) / 1000;
    const at = (share: number): number =>
      latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
    return { p50: at(0.5), p95: at(0.95), perSecond: count / seconds };
  } finally {
    agent.destroy();
  }
}

async function spend(target: Target, agent: Agent, count: number, inFlight: number): Promise<number[]> {
  const latencies: number[] = [];
  let left = count;
  const runner = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const from = performance.now();
      await once(target, agent);
      latencies.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, runner));
  return latencies;
}

/** The text of an allowed answer. */
export async function once(target: Target, agent: Agent): Promise<string> {
  const text = await answerOf(target, agent);
  if (text.includes('"isError":true')) throw new Error(`denied: ${text.slice(0, 300)}`);
  return text;
}

/** The text of any answer, a denial too. Rejects on any status but 200. */
export function answerOf(target: Target, agent: Agent): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const sent = request(target.url, { method: target.method, headers: target.headers, agent }, (answer) => {
    const chunks: Buffer[] = [];
    answer.on('data', (chunk: Buffer) => chunks.push(chunk));
    answer.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      if (answer.statusCode === 200) resolve(text);
      else reject(new Error(`answered ${answer.statusCode}: ${text.slice(0, 300)}`));
    });
    answer.on('error', reject);
  });
  sent.on('error', reject);
  sent.end(target.body);
  return promise;
}
