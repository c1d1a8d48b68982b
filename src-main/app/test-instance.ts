import { asFault } from '../../src-shared/fault.ts';
import type { Instance } from '../../src-shared/model/instance.ts';
import { deny } from '../../src-shared/model/denial.ts';
import { type DeniedAnswer, isDenied, type ToolAnswer } from '../../src-shared/model/tool-answer.ts';
import type { Facts } from './facts.ts';
import type { Surveys } from './surveys.ts';
import { vendorRemedies } from './vendor-remedies.ts';

export interface TestPowers {
  readonly facts: Facts;
  readonly surveys: Pick<Surveys, 'run'>;
  /** One tool of the bound customer through all gates, as the operator. */
  readonly callTool: (tool: string) => Promise<ToolAnswer>;
  /** Throws NOT_ALLOWED unless the technician may survey a vendor. */
  readonly maySurvey: () => Promise<void>;
}

interface Tested {
  readonly ok: boolean;
  readonly detail: string;
}

/**
 * Whether an instance answers. Where it serves the bound customer: the connector's plainest read of that customer, through
 * all gates like any call of the operator, so only for who proved to be that. Else the smallest survey, which is for those
 * who manage connectors.
 */
export async function testInstance(instance: Instance, powers: TestPowers, signal: AbortSignal): Promise<Tested> {
  const { facts, surveys, callTool, maySurvey } = powers;
  const tool = plainestRead(instance, facts);
  if (tool !== undefined && servesBound(instance, facts)) {
    const answer = await callTool(tool);
    if (isDenied(answer)) return { ok: false, detail: `${answer.reason} ${remedyOf(answer)}` };
    return { ok: true, detail: `${instance.name} answered for ${answer.customer}.` };
  }
  await maySurvey();
  try {
    await surveys.run(instance, 'probe', signal);
    return { ok: true, detail: `${instance.name} answered.` };
  } catch (thrown) {
    const { code, message, remedy } = asFault(thrown);
    if (!answers.has(code)) throw thrown;
    return { ok: false, detail: remedy === undefined ? message : `${message} ${remedy}` };
  }
}

/**
 * In place of the fixed words for who only called a tool, those for who looks at the account. Words of its own say more, such as
 * how long the vendor asks to wait; but of a timeout they tell the caller to ask for less, and a test asks for the least.
 */
function remedyOf({ code, remedy }: DeniedAnswer): string {
  const isFixed = code === 'TIMED_OUT' || remedy === deny(code).remedy;
  return (isFixed ? vendorRemedies[code] : undefined) ?? remedy;
}

/** What a test is there to find out. Anything else is a fault of ours and is told as one. */
const answers = new Set([
  'BINDING_INVALID',
  'CREDENTIAL_UNAVAILABLE',
  'CREDENTIAL_MISSING',
  'VAULT_LOCKED',
  'VENDOR_ERROR',
  'TIMED_OUT',
]);

function plainestRead({ connector }: Instance, { tools }: Facts): string | undefined {
  return tools.find(
    (tool) =>
      tool.connector === connector &&
      tool.risk === 'read' &&
      tool.returns === 'one' &&
      String(tool.inputSchema['required']) === 'customer',
  )?.name;
}

/** Whether gate 4 would take this very instance for the bound customer: the first of its connector that is mapped. */
function servesBound({ id, connector }: Instance, { switcher, tenancy }: Facts): boolean {
  const customer = switcher?.binding.customer;
  if (customer === undefined) return false;
  const taken = tenancy.instances.find((each) => each.connector === connector && Object.hasOwn(each.mapping, customer));
  return taken?.id === id;
}
