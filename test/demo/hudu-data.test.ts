import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { textOf } from '../../src-demo/vendor/json.ts';
import { companyId, huduData } from './hudu-instance.ts';
import { haloData, northway, northwayFile } from './northway.ts';

const data = huduData();
const ofCompany = <T extends { company_id?: number | null | undefined }>(rows: readonly T[]) =>
  Map.groupBy(rows, (row) => row.company_id);
const mapped = new Map(northway.customers.map((one) => [one.id, one.vendors['hudu']]));

describe('the mapping of customers to Hudu companies', () => {
  it('leaves four to a person, all of them there under some name', () => {
    const left = northway.customers.filter((one) => one.vendors['hudu'] === undefined);
    expect(left.map((one) => one.id)).toEqual([
      'ashdown-estates',
      'thornton-printing',
      'yarrow-media',
      'zenith-components',
    ]);
    const names = data.companies.map((one) => one.name);
    expect(names).toEqual(
      expect.arrayContaining(['Ashdown Estates', 'Thornton Press', 'Yarrow Media', 'Zenith Components Ltd.']),
    );
  });

  it('has an ambiguous name and companies that are nobody’s', () => {
    const others = data.companies.filter((one) => ![...mapped.values()].includes(one.id)).map((one) => one.name);
    expect(others.toSorted()).toEqual([
      'Ashdown Estate',
      'Ashdown Estates',
      'Harrow Lane Furniture',
      'Northway IT (internal)',
      'Thornton Press',
      'Yarrow Media',
      'Zenith Components Ltd.',
    ]);
  });

  it('uses ids in no order that are no Halo ids', () => {
    const halo = new Set(haloData().clients.map(({ id }) => id));
    const ids = northway.customers.flatMap((one) => one.vendors['hudu'] ?? []);
    expect(data.companies.filter(({ id }) => halo.has(id))).toEqual([]);
    expect(ids).not.toEqual(ids.toSorted((a, b) => Number(a) - Number(b)));
  });

  it('can be read from integrations where there are any', () => {
    for (const company of data.companies) {
      const [integration] = (company['integrations'] ?? []) as { sync_id: number; company_id: number }[];
      if (integration === undefined) continue;
      const customer = northway.customers.find((one) => one.vendors['halopsa'] === integration.sync_id);
      expect([company.id, undefined]).toContain(customer?.vendors['hudu']);
      expect(integration.company_id).toBe(company.id);
    }
  });
});

describe('the documentation of each customer', () => {
  const owners = northway.customers.map((one) => mapped.get(one.id)).filter((id) => typeof id === 'number');

  it('is of believable size', () => {
    const assets = ofCompany(data.assets);
    const passwords = ofCompany(data.asset_passwords);
    const articles = ofCompany(data.articles);
    const size = (group: readonly unknown[] | undefined, low: number, high: number) =>
      (group?.length ?? 0) >= low && (group?.length ?? 0) <= high;
    expect(owners.filter((id) => !size(assets.get(id), 6, 12))).toEqual([]);
    expect(owners.filter((id) => !size(passwords.get(id), 3, 6))).toEqual([]);
    expect(owners.filter((id) => !size(articles.get(id), 4, 8))).toEqual([]);
    expect(articles.get(null)).toHaveLength(2);
    expect(readFileSync(northwayFile).length).toBeLessThan(7_000_000);
  });

  it('has secrets that are fake, say so, and are all different', () => {
    const passwords = data.asset_passwords.map((row) => String(row['password']));
    const seeds = data.asset_passwords.flatMap((row) =>
      row['otp_secret'] === null ? [] : [textOf(row['otp_secret'])],
    );
    const types = new Map(data.asset_layouts.flatMap(({ fields }) => fields.map((field) => [field.id, field])));
    const secret = /pass|secret|psk|key|pin/i;
    const fields = data.assets.flatMap(({ fields: all = [] }) =>
      all.filter((one) => secret.test(types.get(one.id)?.label ?? '')),
    );
    const values = [...passwords, ...seeds, ...fields.map((one) => String(one.value))];
    expect(values.filter((value) => !/demo/i.test(value))).toEqual([]);
    expect(new Set(values).size).toBe(values.length);
    expect(fields.length).toBeGreaterThan(150);
  });

  it('names no other customer except where it is a trap', () => {
    const names = data.companies.map((one) => [one.id, one.name] as const);
    const mentions = data.articles.filter((row) =>
      names.some(
        ([id, name]) =>
          id !== row.company_id && new RegExp(`\\b${name}\\b`).test(`${row.name} ${String(row['content'])}`),
      ),
    );
    expect(new Set(mentions.map((row) => row.name))).toEqual(
      new Set(['Shared host with the sister company', 'Shared riser', 'Split of the tenants']),
    );
  });

  it('contains text that tries to command its reader', () => {
    const text = JSON.stringify(data.articles);
    for (const trick of ['<!-- SYSTEM:', 'Ignore earlier instructions', 'tool_result']) expect(text).toContain(trick);
  });
});

describe('links across customers', () => {
  it('has a parent and a child that are two customers', () => {
    const child = data.companies.find((one) => one.name === 'Acme Ltd');
    expect(child?.parent_company_id).toBe(companyId('Acme Group'));
  });

  it('has relations, a run and a rack that lead to another customer', () => {
    const owner = new Map(
      [...data.assets, ...data.asset_passwords, ...data.articles].map((row) => [row.id, row.company_id]),
    );
    const crossing = data.relations.filter((row) => owner.get(row.fromable_id ?? 0) !== owner.get(row.toable_id ?? 0));
    expect(crossing).toHaveLength(3);
    const run = data.procedures.find((row) => typeof row['asset'] === 'object' && row['asset'] !== null);
    expect(run?.company_id).not.toBe(((run?.['asset'] ?? {}) as { company_id?: number }).company_id);
  });
});
