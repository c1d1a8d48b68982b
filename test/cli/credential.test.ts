import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { makeInput } from '../../src-cli/input.ts';
import { makeSealKey, type SealedBox } from '../../src-shared/seal.ts';
import { type FakeApp, fakeApp, operatorToken } from './fake-app.ts';
import { type Given, runCommand } from './run-command.ts';

const secret = 'hunter2=with equals';
let app: FakeApp | undefined;
afterEach(async () => {
  await app?.stop();
  app = undefined;
});

async function setCredential(given: Given) {
  const { sealKey, open } = await makeSealKey();
  let box: SealedBox | undefined;
  app = await fakeApp({
    sealKey: () => ({ sealKey, purpose: 'northway/halo', fields: ['clientId', 'clientSecret'] }),
    setCredential: (given) => void (box = given.box),
  });
  const ran = await runCommand(['connector', 'credential', 'set', 'halo', '--json', '--home', app.home], {
    env: { BULKHEAD_OPERATOR_TOKEN: operatorToken },
    ...given,
  });
  const sent = JSON.stringify(app.calls);
  return { ran, sent, stored: box && (JSON.parse(await open(box, 'northway/halo')) as unknown) };
}

describe('connector credential set', () => {
  const credential = { clientId: 'id', clientSecret: secret };

  it.each([
    ['a JSON object', JSON.stringify(credential, null, 2)],
    ['lines', `clientId=id\r\nclientSecret=${secret}\r\n`],
  ])('seals what a pipe brings as %s', async (_, piped) => {
    const { ran, sent, stored } = await setCredential({ piped });
    expect([ran.code, ran.json]).toEqual([0, { instance: 'halo', fields: ['clientId', 'clientSecret'] }]);
    expect(stored).toEqual(credential);
    expect(sent + ran.stdout + ran.stderr).not.toContain('hunter2');
  });

  it('asks a person for each field without echo', async () => {
    const { ran, stored } = await setCredential({ typed: ['id', secret] });
    expect(ran.asked).toEqual(['clientId: ', 'clientSecret: ']);
    expect(stored).toEqual(credential);
  });

  it.each([
    ['nothing', ''],
    ['broken JSON', '{"clientSecret":"hunter2'],
    ['a JSON text of numbers', '{"clientId":"id","clientSecret":2}'],
    ['a line without a name', 'hunter2'],
    ['a field too few', 'clientSecret=hunter2'],
    ['a field too many', 'clientId=id\nclientSecret=x\nhunter2=x'],
    ['an empty field', 'clientId=hunter2\nclientSecret='],
  ])('refuses %s and repeats nothing of it', async (_, piped) => {
    const { ran, sent, stored } = await setCredential({ piped });
    expect(ran.code).toBe(1);
    expect(ran.json).toMatchObject({
      error: { code: 'CREDENTIAL_INVALID', remedy: 'It needs: clientId, clientSecret.' },
    });
    expect(sent + ran.stdout + ran.stderr).not.toContain('hunter2');
    expect(stored).toBeUndefined();
  });
});

describe('makeInput', () => {
  function terminal() {
    const raw: boolean[] = [];
    const shown: string[] = [];
    const stdin = Object.assign(new PassThrough(), {
      isTTY: true,
      setRawMode: (isRaw: boolean) => void raw.push(isRaw),
    });
    return { stdin, raw, shown, input: makeInput(stdin, (text) => void shown.push(text)) };
  }

  it('hides what is typed, and takes back what was mistyped', async () => {
    const { stdin, raw, shown, input } = terminal();
    const answer = input.askHidden('Token: ');
    stdin.write('abx\u007fc');
    stdin.write('\r');
    expect(await answer).toBe('abc');
    expect([raw, shown]).toEqual([
      [true, false],
      ['Token: ', '\n'],
    ]);
  });

  it('keeps what was pasted beyond a line for the next question', async () => {
    const { stdin, input } = terminal();
    const first = input.askHidden('one: ');
    stdin.write('1\n2\n');
    expect([await first, await input.askHidden('two: ')]).toEqual(['1', '2']);
  });

  it('ends the command on Ctrl-C, with the terminal as it was', async () => {
    const { stdin, raw, input } = terminal();
    const answer = input.askHidden('Token: ');
    stdin.write('half\u0003');
    await expect(answer).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(raw).toEqual([true, false]);
  });

  it('stops reading a pipe that does not end', async () => {
    const { stdin, input } = terminal();
    const all = input.readAll();
    stdin.write('x'.repeat(70_000));
    await expect(all).rejects.toMatchObject({ code: 'INPUT_TOO_LONG' });
  });
});
