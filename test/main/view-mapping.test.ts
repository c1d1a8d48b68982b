import { describe, expect, it } from 'vitest';
import { viewMapping } from '../../src-main/app/view-mapping.ts';
import { instanceOf } from '../gateway/enrolment.ts';
import { deskWorld } from './desk-of.ts';

const theirs = (id: string, name: string, otherIds: string[] = []) => ({
  id,
  name,
  domains: [],
  otherIds,
  isInactive: false,
});
const row = (customer: string, more: object = {}) => ({
  customer,
  owner: null,
  suggestion: null,
  candidates: [],
  ...more,
});

describe('viewMapping', () => {
  it('shows what is mapped, proposes for what is not, and proposes no id that is mapped', () => {
    const instance = instanceOf({ mapping: { acme: '12' } });
    const { facts } = deskWorld({}, { instances: [instance] });
    const customers = [theirs('12', 'Acme'), theirs('13', 'Acme Ltd'), theirs('17', 'Zenith Group')];
    expect(viewMapping(instance, { customers, isWhole: false }, facts)).toEqual({
      vendorCustomers: customers,
      isWhole: false,
      rows: [row('acme', { owner: '12' }), row('zenith', { suggestion: { owner: '17', because: ['name'] } })],
    });
  });

  it('leaves out what is no id of this vendor’s, and shows one that is listed twice once', () => {
    const instance = instanceOf({ mapping: {} });
    const { facts } = deskWorld({}, { instances: [instance] });
    const customers = [
      theirs('0', 'Acme'),
      theirs('12; drop', 'Acme Ltd'),
      theirs('17', 'Zenith'),
      theirs('17', 'Zenith'),
    ];
    const view = viewMapping(instance, { customers, isWhole: true }, facts);
    expect([view.vendorCustomers.map(({ id }) => id), view.rows[0]]).toEqual([['17'], row('acme')]);
  });

  it('knows customers by the ids other vendors hold for them, and never by another account of the same vendor', () => {
    const hudu = instanceOf({ id: 'hudu', connector: 'hudu', mapping: {} });
    const psa = instanceOf({ mapping: { acme: '12' } });
    const { facts } = deskWorld({}, { instances: [psa, hudu] });
    facts.connectors = facts.connectors.map((each) => ({ ...each, name: 'hudu' }));
    const customers = [theirs('5', 'AMX', ['12'])];
    expect(viewMapping(hudu, { customers, isWhole: true }, facts).rows[0]).toEqual(
      row('acme', { suggestion: { owner: '5', because: ['id'] } }),
    );
    const again = instanceOf({
      id: 'hudu-2',
      connector: 'hudu',
      baseUrl: 'https://two.example',
      mapping: { zenith: '12' },
    });
    const other = deskWorld({}, { instances: [again, hudu] }).facts;
    other.connectors = facts.connectors;
    expect(viewMapping(hudu, { customers, isWhole: true }, other).rows).toEqual([row('acme'), row('zenith')]);
  });

  it('takes an id for mapped that a second instance of the same account maps', () => {
    const [one, two] = [instanceOf({ mapping: { zenith: '12' } }), instanceOf({ id: 'again', mapping: {} })];
    const { facts } = deskWorld({}, { instances: [one, two] });
    const view = viewMapping(two, { customers: [theirs('12', 'Acme Ltd')], isWhole: true }, facts);
    expect(view.rows[0]).toEqual(row('acme'));
  });
});
