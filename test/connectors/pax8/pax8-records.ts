// Who and what there is in the small Pax8 account of the tests, and how its records look: 12 is the bound company, 31 the
// other one. What is of 31, or of nobody provably, says FOREIGN; every amount that only the MSP may know ends in .6113.

export const uuid = (kind: string, number: number) =>
  `${kind.padStart(8, '0')}-0000-4000-8000-${String(number).padStart(12, '0')}`;

export const own = uuid('c0', 12);
export const foreign = uuid('c0', 31);
export const ownTenant = uuid('e0', 12);
export const foreignTenant = uuid('e0', 31);

/** Ids by what they are. */
export const ids = {
  deleted: uuid('c0', 40),
  office: uuid('a0', 1),
  azure: uuid('a0', 2),
  backup: uuid('a0', 3),
  phone: uuid('a0', 4),
  dns: uuid('a0', 5),
  oneYear: uuid('b0', 1),
  threeYear: uuid('b0', 3),
  subscription: uuid('50', 1),
  azureSubscription: uuid('50', 2),
  backupSubscription: uuid('50', 3),
  phoneSubscription: uuid('50', 4),
  crossed: uuid('50', 5),
  cancelled: uuid('50', 6),
  waiting: uuid('50', 7),
  foreignSubscription: uuid('50', 31),
  foreignAddOn: uuid('50', 32),
  foreignAzure: uuid('50', 33),
  ownerless: uuid('50', 40),
  summary: uuid('51', 1),
  foreignSummary: uuid('51', 31),
  ownerlessSummary: uuid('51', 40),
  strayedSummary: uuid('51', 50),
  order: uuid('d0', 1),
  foreignOrder: uuid('d0', 31),
  ownerlessOrder: uuid('d0', 40),
  mspInvoice: uuid('f0', 1),
  ownInvoice: uuid('f0', 2),
  foreignInvoice: uuid('f0', 31),
  aprilInvoice: uuid('f0', 4),
  item: uuid('f1', 1),
  ownInvoiceItem: uuid('f1', 2),
  aprilItem: uuid('f1', 4),
  quote: uuid('90', 1),
  missing: uuid('ff', 99),
} as const;

/** In no answer for company 12, whatever happens. */
export const foreignMarks = ['FOREIGN', foreign, foreignTenant, 'foreign.example'];
/** Amounts and members that must never leave the worker, whoever's they are (pax8.md §6 row 11). */
export const secretMarks = ['.6113', '6113', 'SECRET'];

export const today = Date.parse('2026-06-15T10:00:00Z');

export const price = (productId: string, more: object) => ({
  productId,
  productName: 'Product',
  billingTerm: 'Monthly',
  type: 'Flat',
  unitOfMeasurement: 'User',
  ...more,
});
export const rate = (suggestedRetailPrice: number, more: object = {}) => ({
  partnerBuyRate: 17.6113,
  suggestedRetailPrice,
  startQuantityRange: 1,
  chargeType: 'Per Unit',
  ...more,
});
export const subscription = (id: string, companyId: string | undefined, more: object) => ({
  id,
  productId: ids.office,
  productName: companyId === own ? 'Office Premium' : 'FOREIGN Premium',
  quantity: 25,
  startDate: '2026-01-01T00:00:00Z',
  createdDate: '2025-12-20',
  billingStart: '2026-01-01',
  status: 'Active',
  price: 22,
  partnerCost: 17.6113,
  currencyCode: 'GBP',
  billingTerm: 'Monthly',
  ...(companyId === undefined ? {} : { companyId }),
  ...more,
});
export const commitmentTerm = { id: ids.oneYear, term: '1-Year', endDate: '2026-12-31T23:59:59Z' };
export const item = (companyId: string | undefined, more: object) => ({
  type: 'subscription',
  startPeriod: '2026-05-01',
  endPeriod: '2026-05-31',
  quantity: 25,
  unitOfMeasure: 'User',
  term: 'Monthly',
  sku: 'MST-1',
  description: companyId === own ? 'Office Premium' : 'FOREIGN item',
  details: 'Seats',
  rateType: 'flat',
  chargeType: 'per',
  price: 22,
  cost: 17.6113,
  subTotal: 440.6113,
  costTotal: 440.6113,
  total: 550,
  amountDue: 440.6113,
  billingFee: 1.6113,
  salesTax: 88.6113,
  offeredBy: 'SECRET',
  currencyCode: 'GBP',
  productId: ids.office,
  productName: companyId === own ? 'Office Premium' : 'FOREIGN product',
  subscriptionId: ids.subscription,
  ...(companyId === undefined ? {} : { companyId, companyName: companyId === own ? 'Acme' : 'FOREIGN' }),
  ...more,
});
export const quote = (number: number, client: object | undefined, more: object = {}) => ({
  id: uuid('90', number),
  status: 'sent',
  intentType: 'PARTNER_TO_CLIENT',
  referenceCode: number === 1 ? 'Q-1001' : `FOREIGN-${number}`,
  createdBy: 'SECRET person',
  createdOn: '2026-05-01T09:00:00Z',
  partner: { id: uuid('aa', 1), name: 'SECRET partner' },
  salesMarginPercentage: 20.6113,
  totals: {
    initialCost: { amount: 9.6113, currency: 'GBP' },
    initialTotal: { amount: 100, currency: 'GBP' },
    recurringTotal: { amount: 550, currency: 'GBP' },
  },
  lineItems: [],
  ...(client === undefined ? {} : { client }),
  ...more,
});
