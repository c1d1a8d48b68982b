// A proxy is asked to CONNECT, so that it sees neither tokens nor answers. Over plain http there is no such tunnel: every
// request, its Authorization included, would be read by the proxy, so the two settings together are refused.
import { describe, expect, it } from 'vitest';
import { createEgress } from '../../src-connectors/egress.ts';

describe('a proxy for an instance without TLS', () => {
  it('is refused', () => {
    const settings = { onPremises: 'true', proxy: 'http://10.0.0.9:3128' };
    const make = () => createEgress({ baseUrl: 'http://halo.lan', settings });
    expect(make).toThrow(expect.objectContaining({ code: 'BINDING_INVALID' }));
  });
});
