import { describe, expect, it } from 'vitest';
import { checkSettings, haloSettings, numberOf } from '../../../src-connectors/halopsa/settings.ts';

describe('the settings of a HaloPSA tenant', () => {
  it('stand for the numbers of stock tenants where they are empty', () => {
    for (const settings of [{}, { replyOutcome: '' }]) expect(numberOf(settings, 'replyOutcome')).toBe(2);
    expect(numberOf({ replyOutcome: '71' }, 'replyOutcome')).toBe(71);
  });

  it.each(['0', '-1', '1.5', 'x', '99999999999', ' '])('are not usable as "%s"', (text) => {
    for (const { name } of haloSettings.filter(({ name: one }) => one !== 'tenant')) {
      const check = (): void => checkSettings({ [name]: text });
      expect(check).toThrow(
        expect.objectContaining({ code: 'BINDING_INVALID', message: expect.stringContaining(name) }),
      );
    }
  });
});
