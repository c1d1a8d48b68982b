import { describe, expect, it } from 'vitest';
import { mark } from '../../../src-gateway/screen/records.ts';
import { screening } from './customers.ts';

const { text } = screening();
/** The mark is written as ▢ here. */
const shown = (given: string, bound?: string): string => String(text(given, bound)).replaceAll(mark, '▢');

describe('makeScreen, names of several words', () => {
  it.each([
    ['Same as at Acme Group last week', 'Same as at ▢ last week'],
    ['same as at acme group last week', 'same as at ▢ last week'],
    ['ACME   GROUP', '▢'],
    ['Acme\r\n  Group', '▢'],
    ['> Acme\n> Group', '> ▢'],
    ['<b>Acme</b> <i>Group</i>', '<b>▢</i>'],
    ['Acme-Group, Acme_Group and Acme/Group', '▢, ▢ and ▢'],
    ['Acme&nbsp;Group', '▢'],
    ['https://x.example/Acme%20Group/a.pdf', 'https://x.example/▢/a.pdf'],
    ['#AcmeGroup and \\\\files\\acmegroup$', '#▢ and \\\\files\\▢$'],
    ['Copperfield & Rhodes Solicitors', '▢'],
    ['Copperfield and Rhodes Solicitors', '▢'],
    ['Copperfield &amp; Rhodes Solicitors', '▢'],
    ['Copperfield Rhodes Solicitors', '▢'],
    ['Copperfield+Rhodes+Solicitors', '▢'],
    ['the Saint Agnes Hospice', 'the ▢'],
    ['St. Agnes’ roof', '▢’ roof'],
    ['OBrien Freight, O’Brien Freight (UK) Limited', '▢, ▢'],
    ['Mueller Werkzeugbau, Muller Werkzeugbau GmbH', '▢, ▢'],
    ['Acme Ltd and Acme Limited', '▢ and ▢'],
    ['Acme Group Holdings Ltd', '▢ Holdings Ltd'],
    ['Meridian Dental Group Ltd.', '▢.'],
    ['Acme grouping', '▢ grouping'],
    ['Acme ---------- Group', '▢ ---------- Group'],
    ['Pacme Group', 'Pacme Group'],
  ])('%j leaves as %j', (given, left) => {
    expect(shown(given)).toBe(left);
  });
});

describe('makeScreen, what is the bound customer’s own', () => {
  it.each([
    [
      'acme-ltd',
      'Acme called, Acme Limited too; see acmeltd.example',
      'Acme called, Acme Limited too; see acmeltd.example',
    ],
    ['acme-ltd', 'Acme called about Acme Group', 'Acme called about ▢'],
    ['acme-group', 'Acme is ours, Acme Ltd is not, nor acmeltd.example', 'Acme is ours, ▢ is not, nor ▢'],
    ['meridian-logistics', 'Meridian and Meridian Logistics', 'Meridian and Meridian Logistics'],
    ['meridian-logistics', 'Meridian Dental Group', '▢'],
    ['meridian-dental', 'the Dental Group, Meridian, MDG', 'the Dental Group, Meridian, MDG'],
    ['meridian-dental', 'Meridian Haulage', '▢'],
    ['vale', 'as at Vale and Vale Homes', 'as at Vale and Vale Homes'],
  ])('bound to %s, %j leaves as %j', (bound, given, left) => {
    expect(shown(given, bound)).toBe(left);
  });

  it('knows no own name of a customer it does not know', () => {
    expect(shown('Acme Group', 'nobody')).toBe('▢');
  });
});

describe('makeScreen, everyday words', () => {
  it.each([
    // One ordinary word: only as a name inside a sentence.
    'We reached the summit of the list',
    'Summit meeting on Tuesday',
    'The Summit Road office',
    'See you in the vale',
    'Vale Road junction',
    'it works now',
    'The works department called',
    'PLEASE CALL SUMMIT NOW ABOUT THIS',
    'A first choice of printer; the first\nchoice',
    // Words everybody writes with a capital, and two letters.
    'Her new Apple is slow, Apple ID locked',
    'IT will call back, it is late',
    'as IT said',
    'c & r',
    // People.
    'Sam Thornton cannot print',
    'Please call Mr Thornton or S. Thornton',
    'Thornton, Sam',
    'Emeka Thornton cannot print',
    'Will Thornton',
    'the account of Will Thornton is locked',
    'sam.thornton@elsewhere.example wrote',
    'thornton@elsewhere.example wrote',
    // Mail everybody has.
    'jo@gmail.com',
    // Short ones not spelled as theirs.
    'the mdg file, a tarn in the hills',
    'IN-5, it-5',
  ])('%j leaves as it is', (given) => {
    expect(shown(given)).toBe(given);
  });

  it.each([
    ['Same fault as at Summit last week', 'Same fault as at ▢ last week'],
    ['At Summit they had it too', 'At ▢ they had it too'],
    ['the server of Vale, again', 'the server of ▢, again'],
    ["as with Summit's firewall", "as with ▢'s firewall"],
    ['Copied from The Works yesterday', 'Copied from The ▢ yesterday'],
    ['First Choice called', '▢ called'],
    ['FIRST CHOICE called', '▢ called'],
    ['Apple Ltd and IT Limited', '▢ and ▢'],
    ['Summit Ltd opened a case', '▢ opened a case'],
    ['forwarded by MDG', 'forwarded by ▢'],
    ['sent by C&R', 'sent by ▢'],
    ['Will Thornton call back? Call Thornton.', 'Will ▢ call back? Call ▢.'],
    ['Fwd: Thornton outage. RE: Thornton', 'Fwd: ▢ outage. RE: ▢'],
    ['Zofia thornton', 'Zofia ▢'],
    ['as at thornton or Tarn', 'as at ▢ or ▢'],
    ['Vale Homes, VALE HOMES', '▢, ▢'],
  ])('%j leaves as %j', (given, left) => {
    expect(shown(given)).toBe(left);
  });
});

describe('makeScreen, domains, codes and ids', () => {
  it.each([
    ['visit acmegroup.example.', 'visit ▢.'],
    ['ACMEGROUP.EXAMPLE', '▢'],
    ['jo.o-neil+x@acmegroup.example wrote', '▢ wrote'],
    ['jo@mail.acmegroup.example wrote', '▢ wrote'],
    ['https://portal.acmegroup.example/t/1', 'https://▢/t/1'],
    ['hxxp://acmegroup[.]example/x', 'hxxp://▢/x'],
    ['notsummit.example', 'notsummit.example'],
    ['not-summit.example', 'not-summit.example'],
    ['summit.example.org, summit.example-x', 'summit.example.org, summit.example-x'],
    ['summit.example', '▢'],
    ['copperfield-rhodes.example', '▢'],
    ['tarn.co.uk.example', '▢'],
    ['https://acmegroup.sharepoint.com', 'https://▢.sharepoint.com'],
    ['MERI-7, meri-7 and MERI‑7', '▢, ▢ and ▢'],
    ['host MERI7-PC-1', 'host ▢-PC-1'],
    ['MERI-71, MERI-712, XMERI-7, meri7pc0033', 'MERI-71, MERI-712, XMERI-7, meri7pc0033'],
    ['IT-5 is theirs', '▢ is theirs'],
    ['id 0B6C2F4E-1d3a-4c55-9e10-7a2b3c4d5e6f', 'id ▢'],
    ['0b6c2f4e1d3a4c559e107a2b3c4d5e6f!', '▢!'],
    ['see org-44a21', 'see ▢'],
    ['client 127', 'client ▢'],
    ['client_ids=99,167,207', 'client_ids=99,▢,▢'],
    ['"customer_id": 127', '"customer_id": ▢'],
    ['Customer no. 87', 'Customer no. ▢'],
    ['company #87', 'company #▢'],
    ['127 users, client 87 rooms, room 127', '127 users, client 87 rooms, room 127'],
    ['Ask the client. 127 are affected', 'Ask the client. 127 are affected'],
  ])('%j leaves as %j', (given, left) => {
    expect(shown(given)).toBe(left);
  });

  it('leaves the bound customer’s own ids, whatever vendor gave the number to another', () => {
    expect(shown('client 87, client 127', 'acme-ltd')).toBe('client 87, client ▢');
    expect(shown('0b6c2f4e-1d3a-4c55-9e10-7a2b3c4d5e6f', 'acme-group')).toBe('0b6c2f4e-1d3a-4c55-9e10-7a2b3c4d5e6f');
  });
});

describe('makeScreen, phrases that are never a mention', () => {
  it('leaves them, and a longer name they are part of is still one', () => {
    const { text: leaves } = screening({ never: ['Meridian', 'Tarn Wadling'] });
    expect(leaves('Meridian line, Tarn Wadling lake, at Tarn')).toBe(`Meridian line, Tarn Wadling lake, at ${mark}`);
    expect(leaves('Meridian Logistics')).toBe(mark);
  });
});
