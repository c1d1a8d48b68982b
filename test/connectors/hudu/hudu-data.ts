// A small Hudu instance with every trap the tools may meet: 12 is the bound customer, 31 the other one.
import { parseDemoData } from '../../../src-demo/demo-data.ts';
import type { HuduData } from '../../../src-demo/demo-data.ts';
import { twoCustomers } from '../two-customers.ts';

export const own = 12;
export const foreign = 31;
export const credential = { apiKey: 'key-of-the-test' };

/** Ids by what they are. Each kind counts for itself, so the same number names several records. */
export const ids = {
  asset: 301,
  foreignAsset: 302,
  otherAsset: 303,
  ownerlessAsset: 304,
  archivedAsset: 305,
  password: 55,
  foreignPassword: 56,
  articleId: 8,
  foreignArticle: 9,
  globalArticle: 10,
  sharedArticle: 11,
  procedure: 3,
  foreignProcedure: 4,
  globalProcedure: 5,
  run: 6,
  missing: 999_999,
} as const;

/** In no answer for customer 12, whatever happens. Every record of 31 carries one of these. */
export const foreignMarks = ['FOREIGN', 'Alder', 'foreign.example'];

/** Values that must never leave the worker, whoever's they are: passwords, seeds, cards, share addresses, hidden text. */
export const secretMarks = ['SECRET', 'JBSWY3DP', 'shared_article', 'public_photo', 'shared_procedure', 'GLOBAL'];

/** RFC 6238, appendix B: "12345678901234567890". */
export const seed = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

const card = {
  id: 61,
  integrator_id: 1,
  integrator_name: 'ninja',
  link: 'https://SECRET.example/device',
  data: { id: 1, bitlockerRecoveryKey: 'SECRET-bitlocker', company_id: foreign, company_name: 'Alder' },
  sync_type: 'device',
  sync_id: 1,
};

export function huduData(extraAssets = 0): HuduData {
  const name = (owner: number | null | undefined, text: string): string =>
    owner === foreign ? `FOREIGN ${text}` : owner === own ? text : `GLOBAL ${text}`;
  const owned = (id: number, owner: number | null | undefined, text: string, more: object = {}) => ({
    id,
    name: name(owner, text),
    ...(owner === undefined ? {} : { company_id: owner }),
    ...more,
  });
  const field = (id: number, label: string, value: unknown) => ({ id, label, value, position: id });
  const link = (id: number, text: string) => ({ id, url: `/a/${id}`, name: text });
  const password = (id: number, owner: number, text: string, more: object = {}) =>
    owned(id, owner, text, {
      username: owner === own ? 'admin' : 'FOREIGN-admin',
      password: `SECRET-${id}`,
      otp_secret: owner === own ? seed : 'JBSWY3DPEHPK3PXP',
      description: `SECRET-description ${text}`,
      login_url: owner === own ? 'https://vpn.acme.example/login?token=SECRET' : 'https://foreign.example',
      ...more,
    });
  const task = (id: number, procedure: number, text: string) => ({
    id,
    procedure_id: procedure,
    name: text,
    position: 10 - id,
    description: Buffer.from(`<p>How: <b>${text}</b></p>`).toString('base64'),
  });
  const relation = (id: number, from: readonly [string, number], to: readonly [string, number]) => ({
    id,
    fromable_type: from[0],
    fromable_id: from[1],
    toable_type: to[0],
    toable_id: to[1],
    description: 'SECRET relation',
  });
  const raw = {
    ...twoCustomers('hudu', own, foreign),
    vendors: {
      hudu: {
        instance: 'hudu',
        name: 'Hudu',
        credential,
        companies: [
          {
            id: own,
            name: 'Acme',
            parent_company_id: foreign,
            website: 'https://www.acme.example/home',
            notes: '<p>Ring first.</p><p style="display: none">SECRET hidden</p>',
            city: 'Leeds',
            integrations: [
              { id: 900, integrator_name: 'halo', sync_id: 12, company_id: own },
              { id: 901, integrator_name: 'halo', sync_id: 31, company_id: foreign, company_name: 'Alder' },
            ],
          },
          { id: foreign, name: 'Alder', website: 'foreign.example', archived: true },
        ],
        asset_layouts: [
          {
            id: 7,
            name: 'Servers',
            fields: [
              { id: 1, label: 'Operating System', field_type: 'Text' },
              { id: 2, label: 'BIOS', field_type: 'ConfidentialText' },
              { id: 3, label: 'Linked servers', field_type: 'AssetTag' },
              { id: 4, label: 'Notes', field_type: 'RichText' },
              { id: 5, label: 'iLO Passwort', field_type: 'Text' },
              { id: 6, label: 'Admin login', field_type: 'Text' },
              { id: 8, label: 'Certificate', field_type: 'Text' },
              { id: 9, label: 'Cores', field_type: 'Number' },
            ],
          },
        ],
        assets: [
          owned(ids.asset, own, 'SRV-01', {
            asset_layout_id: 7,
            primary_serial: 'SN1',
            fields: [
              field(1, 'Operating System', 'Windows Server 2022'),
              field(2, 'BIOS', 'SECRET-bios'),
              field(
                3,
                'Linked servers',
                JSON.stringify([link(ids.foreignAsset, 'FOREIGN SRV'), link(ids.otherAsset, 'SRV-02')]),
              ),
              field(4, 'Notes', '<p>In rack 2.<span hidden>SECRET hidden</span></p>'),
              field(5, 'iLO Passwort', 'SECRET-ilo'),
              field(6, 'Admin login', 'acme\\admin'),
              field(8, 'Certificate', '-----BEGIN PRIVATE KEY-----\nSECRET'),
              field(9, 'Cores', 16),
            ],
            cards: [card],
          }),
          owned(ids.foreignAsset, foreign, 'SRV', { asset_layout_id: 7, primary_serial: 'FOREIGN-SN', cards: [card] }),
          owned(ids.otherAsset, own, 'SRV-02', { asset_layout_id: 7 }),
          owned(ids.ownerlessAsset, undefined, 'SRV-03', { asset_layout_id: 7 }),
          owned(ids.archivedAsset, own, 'SRV-OLD', { asset_layout_id: 7, archived: true }),
          ...Array.from({ length: extraAssets }, (_, at) => owned(5000 + at, own, `PC-${at}`, { asset_layout_id: 7 })),
        ],
        asset_passwords: [
          password(ids.password, own, 'SRV-01 local admin', { passwordable_type: 'Asset', passwordable_id: ids.asset }),
          password(ids.foreignPassword, foreign, 'SRV local admin'),
        ],
        articles: [
          owned(ids.articleId, own, 'VPN reset', {
            folder_id: 4,
            content:
              '<h1>VPN</h1><p>Restart <b>it</b>.</p><img src="/public_photo/abc"><a href="/file/SECRET">file</a>',
          }),
          owned(ids.foreignArticle, foreign, 'VPN reset', { content: '<p>FOREIGN text</p>' }),
          owned(ids.globalArticle, null, 'VPN for all', { content: '<p>GLOBAL VPN text</p>' }),
          owned(ids.sharedArticle, own, 'VPN for guests', {
            enable_sharing: true,
            content: '<p>Guest VPN</p>',
            public_photos: [{ id: 'abc', url: '/public_photo/abc' }],
          }),
          // The same number as the own asset, for whoever joins by number alone.
          owned(ids.asset, foreign, 'Twin of the asset', { content: '<p>FOREIGN twin</p>' }),
        ],
        websites: [
          owned(2, own, 'https://acme.example', { headers: 'SECRET-header', notes: '<p>Main site</p>' }),
          owned(1, foreign, 'https://foreign.example'),
          owned(9, undefined, 'https://nobody.example'),
        ],
        procedures: [
          owned(ids.procedure, own, 'Monthly check', { description: '<p>Every month.</p>' }),
          owned(ids.foreignProcedure, foreign, 'Monthly check'),
          owned(ids.globalProcedure, null, 'Template'),
          owned(ids.run, own, 'Monthly check', {
            parent_process_id: ids.procedure,
            status: 'in_progress',
            asset: { id: ids.foreignAsset, name: 'FOREIGN SRV', company_id: foreign },
          }),
        ],
        procedure_tasks: [
          task(1, ids.procedure, 'Look'),
          task(2, ids.procedure, 'Write'),
          task(3, ids.foreignProcedure, 'FOREIGN task'),
          task(4, ids.globalProcedure, 'GLOBAL task'),
        ],
        uploads: [
          { id: 41, name: 'plan.txt', uploadable_type: 'Asset', uploadable_id: ids.asset, content: 'SECRET plan' },
          { id: 42, name: 'FOREIGN.txt', uploadable_type: 'Article', uploadable_id: ids.asset },
          { id: 43, name: 'FOREIGN.pdf', uploadable_type: 'Asset', uploadable_id: ids.foreignAsset },
          { id: 44, name: 'vpn.txt', uploadable_type: 'Article', uploadable_id: ids.articleId },
        ],
        relations: [
          relation(1, ['Asset', ids.asset], ['AssetPassword', ids.password]),
          relation(2, ['Asset', ids.asset], ['Asset', ids.foreignAsset]),
          relation(3, ['Asset', ids.foreignAsset], ['Asset', ids.asset]),
          relation(4, ['Article', ids.articleId], ['Asset', ids.asset]),
          relation(5, ['Asset', ids.asset], ['Article', ids.globalArticle]),
          relation(6, ['Asset', ids.foreignAsset], ['AssetPassword', ids.foreignPassword]),
          relation(7, ['Article', ids.asset], ['AssetPassword', ids.foreignPassword]),
          relation(9, ['Asset', ids.asset], ['Asset', ids.asset]),
          relation(8, ['Article', ids.asset], ['Procedure', ids.procedure]),
        ],
        expirations: [
          {
            id: 71,
            company_id: own,
            expiration_type: 'domain',
            expirationable_type: 'Website',
            expirationable_id: 2,
            date: '2026-12-01',
          },
          {
            id: 72,
            company_id: own,
            expiration_type: 'warranty',
            expirationable_type: 'Asset',
            expirationable_id: 301,
            date: '2028-01-01',
          },
          {
            id: 74,
            company_id: own,
            expiration_type: 'domain',
            date: '2026-01-01',
            discarded_at: '2026-02-01T00:00:00.000Z',
          },
          {
            id: 73,
            company_id: foreign,
            expiration_type: 'domain',
            expirationable_type: 'FOREIGN',
            date: '2026-11-01',
          },
        ],
        networks: [
          owned(81, own, 'Office LAN', { address: '10.1.0.0/24' }),
          owned(82, foreign, 'LAN', { address: '10.2.0.0/24' }),
        ],
        ip_addresses: [
          { id: 91, company_id: own, address: '10.1.0.4', network_id: 81, fqdn: 'srv.acme.example' },
          { id: 92, company_id: own, address: '10.9.0.4', network_id: 83 },
          { id: 93, company_id: foreign, address: '10.2.0.4', network_id: 82, fqdn: 'foreign.example' },
        ],
        activity_logs: [{ id: 1, record_name: 'FOREIGN' }],
        public_photos: [{ id: 'abc', numeric_id: 1, record_type: 'Article', record_id: ids.sharedArticle }],
        folders: [{ id: 4, name: 'Guides', company_id: own }],
      },
    },
  };
  const { hudu } = parseDemoData(JSON.stringify(raw), 'test').vendors;
  if (hudu === undefined) throw new Error('the test data lost its vendor');
  return hudu;
}
