// contract_list: what the customer has agreed with the MSP.
import { z } from 'zod';
import { listTool } from '../../list-tool.ts';
import { untrusted } from '../../untrusted.ts';
import { contractFrom, contractMembers, contractOwner } from '../contract.ts';
import { listLimits } from '../limits.ts';

export const contractList = listTool({
  connector: 'halopsa',
  name: 'contract_list',
  title: 'List contracts',
  description:
    "Lists the bound customer's contracts in HaloPSA, at most 50 a page: id, reference, type, status, start, end, note. Amounts are not " +
    `included. ${untrusted}`,
  risk: 'read',
  input: {},
  record: z.strictObject(contractMembers),
  owner: contractOwner,
  ownerParameter: 'client_id',
  request: () => ({ path: '/ClientContract' }),
  rows: 'contracts',
  project: contractFrom,
  limits: listLimits,
});
