// credential_update: a new password, seed, user name or name for one record. What it was is lost, so a person agrees first.
// Its customer, its place and whether the customer's portal shows it are never sent (hudu.md §5 rows 7, 10).
import { z } from 'zod';
import { Fault } from '../../../src-shared/fault.ts';
import { changeTool } from '../../change-tool.ts';
import { textOf } from '../../row.ts';
import { credentialFrom, credentialRequest, credentialTarget } from '../credential.ts';
import { RecordId } from '../ids.ts';
import { changeLimits } from '../limits.ts';
import { companyOwned } from '../owner.ts';
import { opened } from '../sealed.ts';
import { Password, Seed } from '../secret-words.ts';
import { Line } from '../text.ts';

export const credentialUpdate = changeTool({
  connector: 'hudu',
  name: 'credential_update',
  title: 'Change a credential',
  description:
    'Overwrites the password, one-time code seed, user name or name of one credential of the bound customer in Hudu, after it was ' +
    'rotated on the system itself: this does not change it there. What was stored before cannot be read back by any tool. What is ' +
    'left out stays. Needs a person every time. Answers with what was changed, never with a value. Safe to repeat.',
  risk: 'destructive',
  isIdempotent: true,
  afterwards: 'The change may or may not have happened: repeating the same call is safe.',
  input: {
    id: RecordId.describe('The id, from credential_find.'),
    name: Line.optional().describe('A new name.'),
    username: Line.optional().describe('A new user name.'),
    password: Password.optional().describe('The new password, exactly.'),
    otpSecret: Seed.optional().describe('The new seed of its one-time codes, base32.'),
  },
  record: z.strictObject({
    id: RecordId,
    name: z.string().max(300),
    changed: z.array(z.enum(['name', 'username', 'password', 'otpSecret'])).max(4),
  }),
  owner: companyOwned,
  target: { ...credentialTarget, id: ({ id }) => id, request: ({ id }) => credentialRequest(id) },
  async prepare({ input }) {
    if (members.every((name) => input[name] === undefined))
      throw new Fault('INVALID_ARGUMENTS', 'Nothing to change was given.');
  },
  method: 'PUT',
  path: ({ id }) => `/asset_passwords/${id}`,
  key: 'asset_password',
  element: z.strictObject({
    name: z.string().optional(),
    username: z.string().optional(),
    password: z.string().optional(),
    otp_secret: z.string().optional(),
  }),
  build: ({ input: { name, username, password, otpSecret } }) => ({
    ...(name === undefined ? {} : { name }),
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(otpSecret === undefined ? {} : { otp_secret: otpSecret }),
  }),
  confirm: (_saved, { input }, after = {}) => {
    const { id, name: nameNow } = credentialFrom(after);
    const now = opened(after);
    const isDone =
      (input.name === undefined || nameNow === input.name.trim()) &&
      (input.username === undefined || textOf(after, 'username', 300) === input.username.trim()) &&
      (input.password === undefined || now?.password === input.password) &&
      (input.otpSecret === undefined || now?.code() !== undefined);
    if (!isDone) return undefined;
    return { id, name: nameNow, changed: members.filter((name) => input[name] !== undefined) };
  },
  limits: changeLimits,
});

const members = ['name', 'username', 'password', 'otpSecret'] as const;
