import { describe, expect, it } from 'vitest';
import { fieldsOf, linkedIds, shownField, writeName, writeObstacle } from '../../../src-connectors/hudu/fields.ts';
import { layoutNames } from '../../../src-connectors/hudu/layouts.ts';
import type { ToolCall, Vendor } from '../../../src-connectors/vendor.ts';
import { Fault } from '../../../src-shared/fault.ts';

const typed = (type: string, label: string) => ({ fieldType: new Map([[`7/${label.toLowerCase()}`, type]]) });
const asset = (label: unknown, value: unknown) => ({ asset_layout_id: 7, fields: [{ label, value }] });
const shown = (label: unknown, value: unknown, type?: string) =>
  fieldsOf(asset(label, value), type === undefined ? {} : typed(type, String(label))).map((field) => shownField(field));

describe('a field', () => {
  it.each([
    'Password',
    'BIOS password',
    'AdminPassword',
    'PASSWORT',
    'Pass-phrase',
    'Passwd',
    'pass code',
    'Root PW',
    'PIN',
    'Alarm pin.',
    'Wi-Fi Key',
    'API_KEY',
    'Licence keys',
    'Client Secret',
    'TOTP seed',
    '2FA backup',
    'PSK',
    'SNMP community',
    'Recovery words',
    'BitLocker',
    'Bearer token',
    'Kennwort',
    'Contraseña',
    'Mot de passe',
    'Łosenord / lösenord',
  ])('labelled %s is a secret whatever its type', (label) => {
    expect(shown(label, 'x', 'text')).toEqual([{ label, isSecret: true }]);
    expect(shown(label, 'x')).toEqual([{ label, isSecret: true }]);
  });

  it.each(['Keyboard', 'Compass', 'Spine switch', 'Monkey', 'Secondary DNS', 'Opinion', 'Passenger lift'])(
    'labelled %s is none',
    (label) => {
      expect(shown(label, 'x', 'text')).toEqual([{ label, value: 'x', isSecret: false }]);
    },
  );

  it.each(['Admin login', 'Access', 'Door code', 'VPN', 'Wi-Fi', 'Safe'])(
    'labelled %s is one only where nobody says of which type it is',
    (label) => {
      expect(shown(label, 'x', 'text')).toEqual([{ label, value: 'x', isSecret: false }]);
      expect(shown(label, 'x')).toEqual([{ label, isSecret: true }]);
    },
  );

  it.each(['password', 'confidentialtext'])('of type %s is a secret whatever its label', (type) => {
    expect(shown('Colour', 'x', type)).toEqual([{ label: 'Colour', isSecret: true }]);
  });

  it.each([
    '-----BEGIN OPENSSH PRIVATE KEY-----',
    'otpauth://totp/x?secret=ABC',
    '123456-123456-123456-123456-123456-123456-123456-123456',
    'smb://user:word@host/share',
  ])('whose value is like %s is a secret', (value) => {
    expect(shown('Colour', value, 'text')).toEqual([{ label: 'Colour', isSecret: true }]);
  });

  it.each([
    ['a link as text', '[{"id":402,"url":"/a/ff","name":"FOREIGN"}]', undefined],
    ['a link as such', [{ id: 402, name: 'FOREIGN' }], undefined],
    ['an object', { name: 'FOREIGN' }, undefined],
    ['a list option', '{"list_ids":[1]}', undefined],
    ['a link by its type', 'FOREIGN', 'assettag'],
    ['a frame', '<iframe src="https://x.example">FOREIGN</iframe>', 'embed'],
    ['nothing', null, 'text'],
  ])('that is %s has no value', (_, value, type) => {
    expect(shown('Server', value, type)).toEqual([{ label: 'Server', isSecret: false }]);
  });

  it.each([
    ['is JSON in JSON', JSON.stringify('[{"id":402,"url":"/a/ff","name":"FOREIGN"}]')],
    ['begins with a space that JSON has not', '\u00a0[{"id":402,"url":"/a/ff","name":"FOREIGN"}]'],
    ['is markup', '<p>See [{&quot;id&quot;: 402, &quot;name&quot;: &quot;FOREIGN&quot;}]</p>'],
    ['goes on after it', '[{"id":402,"url":"/a/ff","name":"FOREIGN"}] and more'],
  ])('that is a link and %s has no value where nobody says of which type it is', (_, value) => {
    expect(shown('Server', value)).toEqual([{ label: 'Server', isSecret: false }]);
  });

  it('that is text by its type may hold what looks like part of a link', () => {
    const value = 'Send {"id": 5} to it.';
    expect(shown('Server', value, 'text')).toEqual([{ label: 'Server', value, isSecret: false }]);
    expect(shown('Server', value)).toEqual([{ label: 'Server', isSecret: false }]);
  });

  it('is text, a number, a switch, or what a person would see of markup', () => {
    const value = (of: unknown) => shown('Server', of, 'richtext')[0]?.value;
    expect([value('a'), value(5), value(true), value('<p>a</p><p hidden>b</p>'), value('[draft] 1 < 2')]).toEqual([
      'a',
      '5',
      'true',
      'a',
      '[draft] 1 < 2',
    ]);
    expect(value('x'.repeat(5000))).toHaveLength(4000);
  });

  it.each([{}, { fields: 'none' }, { fields: [1, null, {}, { label: 5 }] }])('is not made out of %o', (row) => {
    expect(fieldsOf(row, {})).toEqual([]);
  });
});

describe('a field that no layout names, though they were read', () => {
  it.each([
    ['of another label', { asset_layout_id: 7 }],
    ['of another layout', { asset_layout_id: 8 }],
    ['of no layout', {}],
  ])('is a secret: %s', (_, row) => {
    const [field] = fieldsOf({ ...row, fields: [{ label: 'Server', value: 'x' }] }, typed('text', 'Colour'));
    expect(field && shownField(field)).toEqual({ label: 'Server', isSecret: true });
  });
});

describe('a field that points at assets', () => {
  const links =
    '[{"id":402,"url":"/a/ff","name":"FOREIGN"},{"id":403,"url":"/a/fe","name":"Old name"},{"id":55,"url":"/passwords/x"}]';
  const [field] = fieldsOf(asset('Servers', links), typed('assettag', 'Servers'));
  if (field === undefined) throw new Error('no field');

  it('names the ids of assets and of nothing else', () => {
    expect(linkedIds(field)).toEqual([402, 403]);
    expect(linkedIds({ ...field, isSecret: true })).toEqual([]);
    for (const value of ['x', '[1]', '[{"id":"402","url":"/a/x"}]', '[{"id":402}]', '{"id":402,"url":"/a/x"}', null])
      expect(linkedIds({ ...field, value })).toEqual([]);
  });

  it('shows those that are proven, by the names they have themselves', () => {
    expect(
      shownField(field, [
        { id: 403, name: 'SRV-03' },
        { id: 999, name: 'of another field' },
      ]),
    ).toEqual({
      label: 'Servers',
      isSecret: false,
      links: [{ id: 403, name: 'SRV-03' }],
    });
  });
});

describe('writeObstacle', () => {
  const obstacle = (type: string | undefined, value: unknown, text: string) =>
    writeObstacle({ label: 'Server', type, value, isSecret: false }, text) !== undefined;

  it('lets plain kinds be written and no others', () => {
    expect(['text', 'richtext', 'number', 'date', 'website'].map((type) => obstacle(type, 'a', '<b>'))).toEqual(
      Array.from({ length: 5 }, () => false),
    );
    for (const type of ['assettag', 'assetlink', 'relation', 'embed', 'heading', 'listselect', 'anything new'])
      expect(obstacle(type, 'a', 'b')).toBe(true);
  });

  it('takes nothing that might be markup or a reference where the kind is unknown', () => {
    expect(obstacle(undefined, 'a', 'b')).toBe(false);
    for (const text of ['<b>', '&lt;', '[1]', ' {"id":1}']) expect(obstacle(undefined, 'a', text)).toBe(true);
    expect(obstacle(undefined, '[{"id":1}]', 'b')).toBe(true);
  });
});

describe('writeName', () => {
  it('is the label in snake case', () => {
    expect(['Operating System', 'OS / Version', 'IP'].map(writeName)).toEqual(['operating_system', 'os_version', 'ip']);
  });
});

describe('layoutNames', () => {
  const call = { signal: new AbortController().signal } as ToolCall;
  const forbidden = (): never => {
    throw new Fault('CREDENTIAL_UNAVAILABLE', 'Not this key.');
  };
  const layout = (fields: unknown) => ({ id: 7, name: 'Servers', fields });

  function layouts(rows: () => readonly unknown[]) {
    const clock = { now: 0 };
    const asked = { count: 0 };
    const page: Vendor['page'] = async () => {
      asked.count += 1;
      return { rows: rows(), isFull: false };
    };
    return { clock, asked, names: layoutNames({ page }, () => clock.now) };
  }

  it('keeps what it read for ten minutes', async () => {
    const { clock, asked, names } = layouts(() => [layout([{ label: 'BIOS', field_type: 'ConfidentialText' }])]);
    expect(await names(call)).toEqual({ fieldType: new Map([['7/bios', 'confidentialtext']]) });
    clock.now = 599_999;
    await names(call);
    expect(asked.count).toBe(1);
    clock.now = 600_000;
    await names(call);
    expect(asked.count).toBe(2);
  });

  it('asks again soon when the key may not read them, and knows nothing meanwhile', async () => {
    const { clock, asked, names } = layouts(forbidden);
    expect(await names(call)).toEqual({});
    await names(call);
    expect(asked.count).toBe(1);
    clock.now = 30_000;
    await names(call);
    expect(asked.count).toBe(2);
  });

  it('fails as reading them did otherwise, and asks again at once', async () => {
    const rows = [layout([{ label: 'BIOS', field_type: 'Text' }])];
    let fails = true;
    const { asked, names } = layouts(() => {
      if (fails) throw new Fault('VENDOR_BUSY', 'Later.');
      return rows;
    });
    await expect(names(call)).rejects.toMatchObject({ code: 'VENDOR_BUSY' });
    fails = false;
    expect(await names(call)).toEqual({ fieldType: new Map([['7/bios', 'text']]) });
    expect(asked.count).toBe(2);
  });

  it('learns nothing from a call that was given up', async () => {
    const { names } = layouts(forbidden);
    await expect(names({ ...call, signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'CREDENTIAL_UNAVAILABLE',
    });
  });

  it('keeps what it knew when the key may read them no more', async () => {
    let mayRead = true;
    const { clock, names } = layouts(() =>
      mayRead ? [layout([{ label: 'BIOS', field_type: 'Password' }])] : forbidden(),
    );
    const known = await names(call);
    mayRead = false;
    clock.now = 600_000;
    expect(await names(call)).toEqual(known);
  });

  it('fails when only some of them can be read', async () => {
    const page: Vendor['page'] = async ({ page: at }) => (at > 1 ? forbidden() : { rows: [], isFull: true });
    await expect(layoutNames({ page }, () => 0)(call)).rejects.toMatchObject({ code: 'CREDENTIAL_UNAVAILABLE' });
  });

  it('believes the secret one of two fields with the same label, in either order', async () => {
    const pair = [
      { label: 'X', field_type: 'Password' },
      { label: 'x', field_type: 'Text' },
    ];
    for (const fields of [pair, pair.toReversed()])
      expect(await layouts(() => [layout(fields)]).names(call)).toEqual({ fieldType: new Map([['7/x', 'password']]) });
  });

  it.each([null, 'rows', { id: 0 }, layout('none'), layout([null, { label: 5 }, { label: 'x' }])])(
    'makes nothing out of %o',
    async (row) => {
      expect(await layouts(() => [row]).names(call)).toEqual({ fieldType: new Map() });
    },
  );
});
