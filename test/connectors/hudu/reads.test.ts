import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BoundHudu, idsOf, recordsOf, startBoundHudu } from './bound-hudu.ts';
import { huduData, ids } from './hudu-data.ts';

let bound: BoundHudu;
beforeEach(async () => {
  bound = await startBoundHudu();
});
afterEach(() => bound.hudu.close());

const read = async (tool: string, input = {}) => recordsOf(await bound.call(tool, input));
const updatedAt = '2026-04-01T10:00:00.000Z';
const createdAt = '2025-01-02T10:00:00.000Z';

describe('hudu_customer_get', () => {
  it('shows the company without its parent, and of its notes what a person would see', async () => {
    expect(await read('hudu_customer_get')).toEqual([
      {
        id: 12,
        name: 'Acme',
        type: 'Client',
        address: 'Leeds',
        website: 'https://www.acme.example/home',
        notes: 'Ring first.',
        isArchived: false,
      },
    ]);
  });
});

describe('hudu_asset_list', () => {
  it('lists the active ones, found by a part of name or serial', async () => {
    expect(await read('hudu_asset_list', { text: 'sn1' })).toEqual([
      { id: 301, name: 'SRV-01', type: 'Servers', serial: 'SN1', isArchived: false, updatedAt },
    ]);
    expect(idsOf(await bound.call('hudu_asset_list'))).toEqual([ids.asset, ids.otherAsset]);
    expect(idsOf(await bound.call('hudu_asset_list', { state: 'archived' }))).toEqual([ids.archivedAsset]);
  });

  it.each(['shown', 'hidden'] as const)('lists the same when archived ones are %s by default', async (mode) => {
    bound.hudu.faults.archivedInLists = mode;
    expect(idsOf(await bound.call('hudu_asset_list'))).toEqual([ids.asset, ids.otherAsset]);
    expect(idsOf(await bound.call('hudu_asset_list', { state: 'archived' }))).toEqual([ids.archivedAsset]);
  });

  it('goes on page by page to the last', async () => {
    await bound.hudu.close();
    bound = await startBoundHudu({}, huduData(230));
    const seen: unknown[] = [];
    let page: string | undefined;
    for (let at = 1; at <= 3; at += 1) {
      const answer = await bound.call('hudu_asset_list', page === undefined ? {} : { page });
      if (answer.status !== 'ok') throw new Error(answer.code);
      seen.push(answer.records.length);
      page = answer.next;
    }
    expect([...seen, page]).toEqual([100, 100, 32, undefined]);
  });
});

describe('hudu_asset_get', () => {
  it('shows fields as text and keeps back what is or may be a secret', async () => {
    expect(await read('hudu_asset_get', { id: ids.asset })).toEqual([
      {
        id: 301,
        name: 'SRV-01',
        type: 'Servers',
        serial: 'SN1',
        isArchived: false,
        updatedAt,
        fields: [
          { label: 'Operating System', value: 'Windows Server 2022', isSecret: false },
          { label: 'BIOS', isSecret: true },
          { label: 'Linked servers', isSecret: false, links: [{ id: ids.otherAsset, name: 'SRV-02' }] },
          { label: 'Notes', value: 'In rack 2.', isSecret: false },
          { label: 'iLO Passwort', isSecret: true },
          { label: 'Admin login', value: 'acme\\admin', isSecret: false },
          { label: 'Certificate', isSecret: true },
          { label: 'Cores', value: '16', isSecret: false },
        ],
      },
    ]);
  });

  it('keeps more back when the layouts cannot be read', async () => {
    bound.hudu.faults.key.companyIds = [12];
    const answer = await bound.worker.call('hudu_asset_get', { id: ids.asset });
    expect(recordsOf(answer)).toMatchObject([
      { fields: expect.arrayContaining([{ label: 'Admin login', isSecret: true }]) },
    ]);
    expect(JSON.stringify(answer)).not.toMatch(/SECRET-(?:ilo|hidden)|PRIVATE/);
  });

  it('reads the layouts once for many assets', async () => {
    for (const id of [ids.asset, ids.otherAsset, ids.asset]) await read('hudu_asset_get', { id });
    expect(bound.hudu.requests.filter(({ path }) => path === '/api/v1/asset_layouts')).toHaveLength(1);
  });
});

describe('kb_search and kb_get', () => {
  it('find the customer’s own articles and read one as text, without links, pictures or public addresses', async () => {
    expect(await read('kb_search', { text: 'vpn' })).toEqual([
      {
        id: ids.articleId,
        name: 'VPN reset',
        isDraft: false,
        isArchived: false,
        createdAt,
        updatedAt,
        beginning: 'VPN\n\nRestart it.\n\n[picture]file',
      },
      {
        id: ids.sharedArticle,
        name: 'VPN for guests',
        isDraft: false,
        isArchived: false,
        createdAt,
        updatedAt,
        beginning: 'Guest VPN',
      },
    ]);
    expect(await read('kb_get', { id: ids.articleId })).toMatchObject([
      { text: 'VPN\n\nRestart it.\n\n[picture]file' },
    ]);
    expect(await read('kb_get', { id: ids.globalArticle })).toEqual([]);
  });
});

describe('credential_find', () => {
  it.each([
    [{}, [ids.password]],
    [{ text: 'LOCAL' }, [ids.password]],
    [{ text: 'admin' }, [ids.password]],
    [{ text: 'vpn.acme' }, [ids.password]],
    [{ text: 'SECRET-55' }, []],
    [{ text: 'description' }, []],
    [{ text: 'token' }, []],
  ])('finds %o by what it shows and nothing else', async (input, found) => {
    expect(idsOf(await bound.call('credential_find', input))).toEqual(found);
  });

  it('shows what is needed to choose one', async () => {
    expect(await read('credential_find')).toEqual([
      { id: 55, name: 'SRV-01 local admin', username: 'admin', host: 'vpn.acme.example', updatedAt },
    ]);
    // The vendor's own search might look into what is kept back.
    expect(bound.hudu.requests.map(({ query }) => query).join('&')).not.toMatch(/search|name/);
  });
});

describe('credential_reveal', () => {
  const reveal = async (part: string) => recordsOf(await bound.worker.call('credential_reveal', { id: 55, part }));
  const head = { id: 55, name: 'SRV-01 local admin', username: 'admin', host: 'vpn.acme.example' };

  it('shows the password, the code of this moment, or both, and never the seed', async () => {
    expect(await reveal('password')).toEqual([{ ...head, password: 'SECRET-55' }]);
    expect(await reveal('code')).toEqual([{ ...head, code: '287082', codeSeconds: 1 }]);
    expect(await reveal('both')).toEqual([{ ...head, password: 'SECRET-55', code: '287082', codeSeconds: 1 }]);
  });

  it.each([' leading and trailing ', 'two\nlines', '"quoted" <b>&amp;</b>', 'ünïcödé 密码'])(
    'shows it letter for letter: %j',
    async (password) => {
      await bound.put('/asset_passwords/55', { asset_password: { password } });
      expect(await reveal('password')).toEqual([{ ...head, password }]);
    },
  );

  it.each(['zero\u200bwidth', 'tag\u{e0041}', 'bell\u0007', 'x'.repeat(9000)])(
    'shows nothing rather than something else',
    async (password) => {
      await bound.put('/asset_passwords/55', { asset_password: { password } });
      expect(await bound.call('credential_reveal', { id: 55 })).toEqual({
        status: 'denied',
        code: 'VENDOR_ERROR',
        reason: 'This password cannot be shown exactly as it is stored. Read it in Hudu.',
      });
    },
  );

  it('has no code where the seed is none', async () => {
    await bound.put('/asset_passwords/55', { asset_password: { otp_secret: 'not base32!' } });
    expect(await reveal('code')).toEqual([head]);
  });
});

describe('expiration_list', () => {
  it('lists what runs out, of one kind or before a day', async () => {
    expect(await read('expiration_list')).toEqual([
      { id: 71, date: '2026-12-01', kind: 'domain', recordType: 'Website', recordId: 2 },
      { id: 72, date: '2028-01-01', kind: 'warranty', recordType: 'Asset', recordId: 301 },
    ]);
    expect(idsOf(await bound.call('expiration_list', { kind: 'warranty' }))).toEqual([72]);
    expect(idsOf(await bound.call('expiration_list', { before: '2026-12-01' }))).toEqual([]);
    expect(idsOf(await bound.call('expiration_list', { before: '2026-12-02' }))).toEqual([71]);
  });
});

describe('website_list', () => {
  it('lists the customer’s websites without what a monitor signs in with', async () => {
    expect(await read('website_list')).toEqual([
      {
        id: 2,
        website: 'https://acme.example',
        status: 'ready',
        monitoring: 'up',
        httpStatus: 200,
        isPaused: false,
        isArchived: false,
        notes: 'Main site',
      },
    ]);
  });
});

describe('procedure_list and procedure_get', () => {
  it('tell processes from their runs', async () => {
    expect(idsOf(await bound.call('procedure_list'))).toEqual([ids.procedure]);
    expect(idsOf(await bound.call('procedure_list', { kind: 'run' }))).toEqual([ids.run]);
  });

  it('read the tasks in order, their descriptions decoded', async () => {
    expect(await read('procedure_get', { id: ids.procedure })).toEqual([
      {
        id: ids.procedure,
        name: 'Monthly check',
        isRun: false,
        status: 'not_started',
        percentDone: 0,
        isArchived: false,
        updatedAt,
        description: 'Every month.',
        tasks: [
          { id: 2, name: 'Write', description: 'How: Write', isDone: false },
          { id: 1, name: 'Look', description: 'How: Look', isDone: false },
        ],
      },
    ]);
  });

  it.each([
    ['plain text', 'Just do it.', 'Just do it.'],
    ['nearly base64', 'aGVs bG8x', 'aGVs bG8x'],
    ['base64 of bytes that are no text', '/////w==', '/////w=='],
    ['nothing', null, undefined],
  ])('take a description that is %s', async (_, description, shown) => {
    await bound.put('/procedure_tasks/1', { procedure_task: { description } });
    expect(await read('procedure_get', { id: ids.procedure })).toMatchObject([
      { tasks: [{ id: 2 }, shown === undefined ? { id: 1 } : { id: 1, description: shown }] },
    ]);
  });
});

describe('upload_list', () => {
  it('lists the files of one record, told apart by kind where two have the same id', async () => {
    expect(await read('upload_list', { kind: 'asset', id: ids.asset })).toEqual([
      { id: 41, name: 'plan.txt', mime: 'text/plain', size: '11 bytes', createdAt },
    ]);
    expect(idsOf(await bound.call('upload_list', { kind: 'article', id: ids.articleId }))).toEqual([44]);
    expect(idsOf(await bound.call('upload_list', { kind: 'article', id: ids.asset }))).toEqual([]);
  });
});

describe('relation_list', () => {
  it('shows the far ends that are the customer’s, by their own names', async () => {
    expect(await read('relation_list', { kind: 'asset', id: ids.asset })).toEqual([
      { kind: 'credential', id: 55, name: 'SRV-01 local admin' },
      { kind: 'article', id: 8, name: 'VPN reset' },
    ]);
    expect(await read('relation_list', { kind: 'credential', id: 55 })).toEqual([
      { kind: 'asset', id: 301, name: 'SRV-01' },
    ]);
    expect(await read('relation_list', { kind: 'article', id: ids.asset })).toEqual([]);
  });
});

describe('network_list and ip_address_list', () => {
  it('list what the vendor never pages, all or of one network', async () => {
    expect(await read('network_list')).toEqual([
      { id: 81, name: 'Office LAN', address: '10.1.0.0/24', isArchived: false },
    ]);
    expect(idsOf(await bound.call('ip_address_list'))).toEqual([91, 92]);
    expect(await read('ip_address_list', { networkId: 81 })).toEqual([
      { id: 91, address: '10.1.0.4', status: 'unassigned', hostName: 'srv.acme.example', networkId: 81 },
    ]);
  });
});
