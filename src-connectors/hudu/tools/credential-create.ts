// credential_create: a new password record. `write`, not `destructive`: it overwrites nothing, reveals nothing and is deleted
// in Hudu with one click. So that it cannot pass for another, a name that the customer already has is refused, it carries no
// address to log in at, and the portal never shows it (hudu.md §3.3).
import { z } from 'zod';
import { Fault } from '../../../src-shared/fault.ts';
import { changeTool } from '../../change-tool.ts';
import { narrow } from '../../narrow.ts';
import { textOf } from '../../row.ts';
import { assetRequest, assetTarget } from '../asset.ts';
import { credentialFrom, credentialRequest } from '../credential.ts';
import { RecordId } from '../ids.ts';
import { changeLimits } from '../limits.ts';
import { companyOwned } from '../owner.ts';
import { opened } from '../sealed.ts';
import { Password, Seed } from '../secret-words.ts';
import { Line } from '../text.ts';

export const credentialCreate = changeTool({
  connector: 'hudu',
  name: 'credential_create',
  title: 'Store a credential',
  description:
    'Stores a new credential of the bound customer in Hudu, by itself or with one asset. Refused when the customer already has one ' +
    "of that name (credential_update changes it). Not shown in the customer's portal. Answers with the id, never with a value. " +
    'Repeating the call after an error is refused if the first one came through.',
  risk: 'write',
  input: {
    name: Line.describe('What it opens: "SRV-01 local admin".'),
    username: Line.optional().describe('The name to log in with.'),
    password: Password.describe('The password, exactly.'),
    otpSecret: Seed.optional().describe('The seed of its one-time codes, base32.'),
    assetId: RecordId.optional().describe('The asset it belongs to, from hudu_asset_list.'),
  },
  record: z.strictObject({ id: RecordId, name: z.string().max(300) }),
  owner: companyOwned,
  references: [
    {
      target: { ...assetTarget, id: ({ assetId = 0 }) => assetId, request: ({ assetId = 0 }) => assetRequest(assetId) },
      owner: companyOwned,
      isNamed: ({ assetId }) => assetId !== undefined,
    },
  ],
  async prepare({ input: { name } }, context, call) {
    const query = { company_id: context.owner, name };
    const rows = await context.vendor.rows({ path: '/asset_passwords', query }, 'asset_passwords', call);
    const isTaken = narrow(rows, companyOwned, context).proven.some(({ record }) => isSameName(record['name'], name));
    if (isTaken) throw new Fault('INVALID_ARGUMENTS', 'This customer already has a credential of that name.');
  },
  create: { ownerMember: 'company_id', read: credentialRequest, key: 'asset_password' },
  path: () => '/asset_passwords',
  key: 'asset_password',
  element: z.strictObject({
    name: z.string(),
    username: z.string().optional(),
    password: z.string(),
    otp_secret: z.string().optional(),
    passwordable_type: z.literal('Asset').optional(),
    passwordable_id: RecordId.optional(),
    in_portal: z.literal(false),
  }),
  build: ({ input: { name, username, password, otpSecret, assetId } }) => ({
    name,
    ...(username === undefined ? {} : { username }),
    password,
    ...(otpSecret === undefined ? {} : { otp_secret: otpSecret }),
    ...(assetId === undefined ? {} : { passwordable_type: 'Asset', passwordable_id: assetId }),
    in_portal: false,
  }),
  confirm: (_saved, { input }, after = {}) => {
    const { id, name } = credentialFrom(after);
    const isAsSent =
      name === input.name.trim() &&
      opened(after)?.password === input.password &&
      (textOf(after, 'username', 300) ?? '') === (input.username?.trim() ?? '') &&
      (input.assetId === undefined || after['passwordable_id'] === input.assetId) &&
      after['in_portal'] !== true;
    return isAsSent ? { id, name } : undefined;
  },
  limits: changeLimits,
});

const isSameName = (one: unknown, other: string): boolean =>
  typeof one === 'string' && one.trim().toLowerCase() === other.trim().toLowerCase();
