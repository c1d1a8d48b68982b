// A stream waits for hours, and meanwhile the garbage collector runs. What nobody holds any more must not be the way by which a
// revoked client app's stream is ended: it would go on hearing.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { Streams } from '../../src-gateway/streams.ts';
import { caller } from '../gateway/given.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Opens a stream the way the endpoint does: the request itself is let go, its signal is listened to. */
function listening(streams: Streams): { readonly isOver: boolean } {
  const heard = { isOver: false };
  streams.begin(new Request('http://127.0.0.1/mcp'), caller).signal.addEventListener('abort', () => {
    heard.isOver = true;
  });
  return heard;
}

describe('a stream whose request nobody holds', () => {
  it('ends all the same when its client app may not hear any more', async () => {
    const streams = new Streams();
    const heard = [listening(streams), listening(streams), listening(streams)];
    for (let round = 0; round < 5; round += 1) {
      collect();
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await streams.endUnless(async () => false);
    expect(heard).toEqual([{ isOver: true }, { isOver: true }, { isOver: true }]);
  });
});
