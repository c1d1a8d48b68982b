import { describe, expect, it } from 'vitest';
import { connect } from '../../src-renderer/api/connect.ts';
import { bridgePort } from '../../src-renderer/api/open-port.ts';
import { ui } from '../../src-shared/contract/ui.ts';
import { Fault } from '../../src-shared/fault.ts';
import { memoryPorts } from '../../src-shared/wire/memory-port.ts';
import { serve } from '../../src-shared/wire/serve.ts';
import { fixtureHandlers } from '../e2e/window-fixture-handlers.ts';
import { FixtureMsp } from '../e2e/window-fixture-msp.ts';

const msp = new FixtureMsp(5, { changed: () => undefined, grew: () => undefined });

function listen() {
  const heard: string[] = [];
  return {
    heard,
    hearing: {
      opened: () => void heard.push('opened'),
      changed: () => void heard.push('changed'),
      grew: () => void heard.push('grew'),
      approvalsChanged: () => void heard.push('approvals changed'),
      lost: (seconds: number) => void heard.push(`lost ${seconds}`),
      signedOut: () => void heard.push('signed out'),
    },
  };
}

describe('connect', () => {
  it('opens, passes events on, and says when the line is lost', async () => {
    const { heard, hearing } = listen();
    const [mine, theirs] = memoryPorts();
    const { emit } = serve(ui, fixtureHandlers(msp), theirs);
    const life = new AbortController();
    const done = connect(async () => mine, hearing, life.signal);
    await expect.poll(() => heard).toEqual(['opened']);
    emit('grew', { entries: 3 });
    emit('approvalsChanged', { pending: 2 });
    await expect.poll(() => heard).toEqual(['opened', 'grew', 'approvals changed']);
    life.abort();
    theirs.close();
    await done;
    expect(heard).toEqual(['opened', 'grew', 'approvals changed', 'lost 0.5']);
  });

  it('closes a port whose other end gives no state, before it tries anew', async () => {
    const { heard, hearing } = listen();
    const [mine, theirs] = memoryPorts();
    const refuse = () => Promise.reject(new Fault('STARTING_AGAIN', 'x'));
    serve(ui, { ...fixtureHandlers(msp), state: refuse }, theirs);
    theirs.onClose(() => heard.push('closed'));
    const life = new AbortController();
    const lost = (seconds: number): void => {
      hearing.lost(seconds);
      life.abort();
    };
    await connect(async () => mine, { ...hearing, lost }, life.signal);
    expect(heard).toEqual(['closed', 'lost 0.5']);
  });

  it('gives up when the window is signed out', async () => {
    const { heard, hearing } = listen();
    await connect(() => Promise.reject(new Fault('SIGNED_OUT', 'x')), hearing, new AbortController().signal);
    expect(heard).toEqual(['signed out']);
  });
});

describe('bridgePort', () => {
  it('carries JSON texts both ways', () => {
    const posted: string[] = [];
    const listeners: ((text: string) => void)[] = [];
    const port = bridgePort({
      post: (text) => void posted.push(text),
      onMessage: (listener) => void listeners.push(listener),
    });
    const heard: unknown[] = [];
    port.onMessage((message) => heard.push(message));
    port.post({ type: 'cancel', id: 1 });
    for (const listener of listeners) listener('{"type":"reply","id":1}');
    expect([posted, heard]).toEqual([['{"type":"cancel","id":1}'], [{ type: 'reply', id: 1 }]]);
  });
});
