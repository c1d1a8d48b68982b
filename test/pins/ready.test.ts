// What a start tells the world: the line its caller reads, and the file commands find it by. Neither holds a secret, but
// for the one-time address of the window. Needs the build.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApp, startApp } from '../flows/running-app.ts';
import { connectors } from '../../src-connectors/connectors.ts';

let app: RunningApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(async () => {
  await app?.stop();
  app?.remove();
});

describe('a start', () => {
  it('prints these members in its ready line', () => {
    expect(app.ready).toEqual({
      mcpUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/mcp$/) as string,
      windowUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/login\?t=[0-9a-f]{64}$/) as string,
      pid: app.process.pid,
      host: 'headless',
    });
  });

  it('writes these members to run/app.json', () => {
    expect(JSON.parse(readFileSync(join(app.home, 'run/app.json'), 'utf8'))).toEqual({
      mcpUrl: app.ready.mcpUrl,
      windowUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/$/) as string,
      pid: app.process.pid,
      host: 'headless',
      control: join(app.home, 'run/control.sock'),
      started: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/) as string,
    });
  });

  it('offers a technician of the demo every tool but the destructive ones', async () => {
    const permitted = connectors
      .flatMap(({ tools }) => tools.map((tool) => tool.definition()))
      .filter(({ risk }) => risk !== 'destructive')
      .map(({ name }) => name)
      .sort();
    await app.operator.bindCustomer({ customer: 'MERI-7' });
    const offered = await app.operator.tools(undefined);
    expect(
      offered
        .filter(({ isAllowed }) => isAllowed)
        .map(({ definition }) => definition.name)
        .sort(),
    ).toEqual(permitted);
  });
});
