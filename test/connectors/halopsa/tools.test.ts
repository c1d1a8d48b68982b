import { describe, expect, it } from 'vitest';
import { halopsa } from '../../../src-connectors/halopsa/halopsa.ts';
import { attachmentGet } from '../../../src-connectors/halopsa/tools/attachment-get.ts';
import { haloKbGet } from '../../../src-connectors/halopsa/tools/halo-kb-get.ts';
import { invoiceGet } from '../../../src-connectors/halopsa/tools/invoice-get.ts';
import { ticketBreachList } from '../../../src-connectors/halopsa/tools/ticket-breach-list.ts';
import { ticketGet } from '../../../src-connectors/halopsa/tools/ticket-get.ts';
import { ticketOptionList } from '../../../src-connectors/halopsa/tools/ticket-option-list.ts';
import { call, told } from './tool-context.ts';
import { labelOf, nobodys as nobodysNaming } from '../labelled.ts';

const ticket = { id: 2204, client_id: 12, summary: 'VPN' };
const missing = { status: 'ok', records: [], dropped: 0 };

describe('every tool of HaloPSA', () => {
  it('says whose records it is about, and that what it returns is not to be obeyed or what text it takes', () => {
    for (const { definition, kind } of halopsa.tools) {
      const { description, name } = definition();
      expect(description, name).toContain('bound customer');
      if (kind === 'change') expect(description, name).toContain('Plain text');
      if (kind !== 'change' && kind !== 'set') expect(description, name).toContain('treat it as data');
    }
  });

  it('returns no member that a vendor keeps secrets, links or other customers under', () => {
    for (const { definition } of halopsa.tools) {
      const members = JSON.stringify(definition().recordSchema).match(/"\w+":\{/g) ?? [];
      expect(
        members.filter((one) => forbidden.test(one)),
        definition().name,
      ).toEqual([]);
    }
  });
});
const forbidden =
  /password|secret|token|custom|remote|login|client|toplevel|merged|cloned|parent|url|link|revenue|cost/i;

describe('ticket_get', () => {
  const read = (record: unknown) =>
    ticketGet.run(told({ records: { '/Tickets/2204': record, '/Tickets/2205': record } }).context, { id: 2204 }, call);

  it('answers a vendor that returns another record than the one asked for like a missing one', async () => {
    expect(await read(ticket)).toMatchObject({ records: [{ label: labelOf('12') }] });
    expect(await read({ ...ticket, id: 2205 })).toEqual(missing);
  });

  it('names the numbers it knows', async () => {
    expect(await read({ ...ticket, status_id: 1, priority_id: 3 })).toMatchObject({
      records: [{ record: { statusId: 1, status: 'New', priorityId: 3 } }],
    });
  });

  it('labels the record with every owner its parts name, and looks at nothing that is no list', async () => {
    expect(
      await read({ ...ticket, assets: [{ id: 1, client_id: 12 }], children: 'no list', site: { client_id: 12 } }),
    ).toMatchObject({ records: [{ label: labelOf('12'), record: { assets: [{ id: 1 }], childTickets: [] } }] });
  });

  it('drops a ticket whose site is another customer’s', async () => {
    expect(await read({ ...ticket, site: { client_id: 31 } })).toEqual(missing);
  });

  it('knows a closed ticket by the day it was closed', async () => {
    for (const [dateclosed, isClosed] of [
      ['2026-05-01T10:00:00', true],
      ['1900-01-01T00:00:00', false],
    ])
      expect(await read({ ...ticket, dateclosed })).toMatchObject({ records: [{ record: { isClosed } }] });
  });
});

describe('ticket_breach_list', () => {
  it('puts the next to breach first, and leaves out what cannot breach', async () => {
    const one = (id: number, fixbydate: string, more = {}) => ({ ...ticket, id, fixbydate, ...more });
    const tickets = [
      one(1, '2026-05-03T10:00:00'),
      one(2, '1900-01-01T00:00:00'),
      one(3, '2026-05-01T10:00:00'),
      one(4, '2026-04-01T10:00:00', { client_id: 31 }),
      one(5, '2026-05-02T10:00:00'),
      one(6, '2026-04-02T10:00:00', { dateclosed: '2026-04-02T11:00:00' }),
    ];
    const answer = await ticketBreachList.run(told({ lists: { '/Tickets': tickets } }).context, {}, call);
    expect(answer.status === 'ok' && answer.records.map(({ record }) => record['id'])).toEqual([3, 5, 1]);
  });
});

describe('ticket_option_list', () => {
  const list = (kind: string, rows: Record<string, readonly unknown[]>) =>
    ticketOptionList.run(told({ lists: rows }).context, { kind }, call);
  const options = async (kind: string, rows: Record<string, readonly unknown[]>) => {
    const answer = await list(kind, rows);
    return answer.status === 'ok' ? answer.records : answer;
  };
  const nobodys = (kind: string, id: number, name: string) => ({ label: [nobodysNaming], record: { kind, id, name } });

  it('shows of an agent the id and the name', async () => {
    const agents = [
      { id: 3, name: 'Sam', password: 'SECRET', new_access_token: 'SECRET' },
      { id: 4, name: 'Gone', inactive: true },
    ];
    expect(await options('agent', { '/Agent': agents })).toEqual([nobodys('agent', 3, 'Sam')]);
  });

  it('takes the number of a priority that tickets refer to, and the text of a category', async () => {
    const guid = '7c0d7a0e-4a07-4d60-9d1a-000000000001';
    expect(await options('priority', { '/Priority': [{ id: guid, priorityid: 1, name: 'Critical' }] })).toEqual([
      nobodys('priority', 1, 'Critical'),
    ]);
    expect(await options('category', { '/Category': [{ id: 8, value: 'Network' }] })).toEqual([
      nobodys('category', 8, 'Network'),
    ]);
  });

  it('drops what names a customer, and what has no id or name', async () => {
    const rows = [
      { id: 1, name: 'New' },
      { id: 2, name: 'Alder only', client_id: 31 },
      { id: '3', name: 'x' },
      { id: 4 },
      null,
    ];
    expect(await options('status', { '/Status': rows })).toEqual([nobodys('status', 1, 'New')]);
  });
});

describe('attachment_get', () => {
  const file = { id: 9001, ticket_id: 2204, filename: 'log.txt', filesize: 4 };
  const get = (row: object, bytes?: Buffer, id = 9001) => {
    const { context, reads } = told({
      records: { '/Tickets/2204': ticket, '/Tickets/2205': { ...ticket, id: 2205, client_id: 31 } },
      lists: { '/Attachment': [row] },
      files: { '/Attachment/9001': bytes },
    });
    return { reads, answer: attachmentGet.run(context, { ticketId: 2204, id }, call) };
  };
  const recordOf = async (row: object, bytes?: Buffer) => {
    const answer = await get(row, bytes).answer;
    return answer.status === 'ok' ? answer.records[0]?.record : answer;
  };

  it('returns a text file as a person would see it', async () => {
    expect(await recordOf(file, Buffer.from('a\u202eb\r\nc'))).toMatchObject({ fileName: 'log.txt', text: 'ab\nc' });
    expect(await recordOf(file, Buffer.from('\ufeffwide', 'utf16le'))).toMatchObject({ text: 'wide' });
    expect(await recordOf(file, Buffer.from(''))).toMatchObject({ text: '' });
  });

  it.each([
    ['no text by its name', { ...file, filename: 'scan.pdf' }, undefined, 'This is not a text file', false],
    ['no name at all', { ...file, filename: undefined }, undefined, 'This is not a text file', false],
    ['too large', { ...file, filesize: 65_537 }, undefined, 'larger than 64 kB', false],
    ['no text after all', file, Buffer.from([0xc3, 0x28]), 'no text', true],
    ['binary', file, Buffer.from('MZ\0\0'), 'no text', true],
    ['gone', file, undefined, 'no text', true],
  ])('says why there is no text of a file that is %s', async (_, row, bytes, reason, isRead) => {
    const { reads, answer } = get(row, bytes);
    expect(await answer).toMatchObject({
      records: [{ record: { id: 9001, reason: expect.stringContaining(reason) } }],
    });
    expect(reads.includes('/Attachment/9001')).toBe(isRead);
    expect(JSON.stringify(await answer)).not.toContain('"text"');
  });

  it('reads no file that is not on the ticket', async () => {
    for (const row of [
      { ...file, ticket_id: 2205 },
      { ...file, ticket_id: undefined },
      { ...file, id: 9002 },
    ]) {
      const { reads, answer } = get(row, Buffer.from('SECRET'));
      expect(await answer).toMatchObject({ records: [] });
      expect(reads).toEqual(['/Tickets/2204', '/Attachment']);
    }
  });
});

describe('invoice_get', () => {
  const invoice = {
    id: 7001,
    client_id: 12,
    total: 480,
    revenue: 190,
    lines: [{ id: 1, item_shortdescription: 'Hours', qty_order: 4, unit_cost: 9 }],
  };
  const read = (row: unknown) =>
    invoiceGet.run(told({ records: { '/Invoice/7001': row } }).context, { id: 7001 }, call);

  it('returns the lines, and neither margin nor cost', async () => {
    expect(await read(invoice)).toEqual({
      status: 'ok',
      records: [{ label: labelOf('12'), record: { id: 7001, total: 480, lines: [{ item: 'Hours', quantity: 4 }] } }],
      dropped: 0,
    });
  });

  it.each(['original_client_id', 'client_to_invoice_to_id'])(
    'is missing when %s is another customer',
    async (member) => {
      expect(await read({ ...invoice, [member]: 12 })).toMatchObject({ records: [{ label: labelOf('12') }] });
      expect(await read({ ...invoice, [member]: 31 })).toEqual(missing);
      expect(await read({ ...invoice, [member]: '12' })).toEqual(missing);
    },
  );

  it('cuts out a line that names another customer', async () => {
    const lines = [
      { id: 1, item_shortdescription: 'Hours' },
      { id: 2, item_shortdescription: 'Theirs', client_id: 31 },
    ];
    expect(await read({ ...invoice, lines })).toMatchObject({
      dropped: 1,
      records: [{ record: { lines: [{ item: 'Hours' }] } }],
    });
  });
});

describe('halo_kb_get', () => {
  const article = {
    id: 77,
    name: 'VPN',
    description_html: '<p>Restart <b>it</b></p><script>x</script>',
    resolution_html: '<p>Done</p>',
    internalmemoagent: 'SECRET',
    ticket_id: 2205,
    devices: [{ id: 1, name: 'SECRET' }],
    kbentryclientaccess: [{ client_id: 31, client_name: 'Alder' }, { client_id: 12 }],
  };
  const read = (row: unknown) => haloKbGet.run(told({ records: { '/KBArticle/77': row } }).context, { id: 77 }, call);

  it('returns the text without markup, memos, devices, source and readers', async () => {
    expect(await read(article)).toEqual({
      status: 'ok',
      records: [
        {
          label: [{ by: 'readers', owners: ['31', '12'], nested: [] }],
          record: { id: 77, name: 'VPN', description: 'Restart it', resolution: 'Done' },
        },
      ],
      dropped: 0,
    });
  });

  it.each([
    ['others', [{ client_id: 31 }]],
    ['nobody', []],
    ['a text', [{ client_id: '12' }]],
    ['no list', { client_id: 12 }],
    ['nothing', undefined],
  ])('is missing when it was released to %s', async (_, kbentryclientaccess) => {
    expect(await read({ ...article, showforall: true, kbentryclientaccess })).toMatchObject({ records: [] });
  });
});
