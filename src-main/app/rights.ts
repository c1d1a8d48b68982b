// What the signed-in technician may do in Bulkhead, as the company's policy says and the gateway judges. Windows are only
// shown it; every deed asks anew at its own moment, and while the gateway cannot be asked the answer is no.
import type { gatewayControl } from '../../src-shared/contract/gateway.ts';
import { asFault, Fault } from '../../src-shared/fault.ts';
import type { CustomerId } from '../../src-shared/model/ids.ts';
import type { CustomerRight, Right } from '../../src-shared/model/right.ts';
import type { Client } from '../../src-shared/wire/contract.ts';
import type { Facts } from './facts.ts';

type Gateway = Pick<Client<typeof gatewayControl>, 'may' | 'rights'>;

export interface RightsPowers {
  readonly host: { now(): number };
  readonly facts: Pick<Facts, 'tenancy'>;
  readonly crew: {
    readonly gateway: Gateway;
    /** The next one, after one that did not answer. */
    gatewayAfter(silent: Gateway): Promise<Gateway>;
  };
}

export interface Shown {
  readonly rights: readonly Right[];
  readonly bindable: ReadonlySet<CustomerId>;
  readonly crossable: ReadonlySet<CustomerId>;
}

/** Milliseconds the gateway has to answer, which it does from memory. */
const within = { deadlineMs: 3000 };

/**
 * Throws unless policy lets the technician do it now. `customer` where the right is of one.
 * @throws Fault NOT_ALLOWED, and whatever says that the gateway is away
 */
export async function demandRight(
  crew: RightsPowers['crew'],
  right: Right | CustomerRight,
  customer?: CustomerId,
): Promise<void> {
  const question = { right, ...(customer && { customer }) };
  const { gateway } = crew;
  const { isAllowed, because } = await gateway.may(question, within).catch(async (thrown: unknown) => {
    if (!['DEADLINE', 'PORT_CLOSED'].includes(asFault(thrown).code)) throw thrown;
    return (await crew.gatewayAfter(gateway)).may(question, within);
  });
  if (isAllowed) return;
  const reason = because.find(({ says }) => says !== '')?.says;
  throw new Fault(
    'NOT_ALLOWED',
    `The company's policy does not let you ${deeds[right]}.${reason === undefined ? '' : ` ${reason}`}`,
    'Ask a manager or the Bulkhead administrator of your company.',
  );
}

const deeds: Readonly<Record<Right | CustomerRight, string>> = {
  'manage-client-apps': 'add or allow client apps',
  'manage-connectors': 'manage connectors',
  'review-tools': 'accept changed tools',
  'read-ledger': 'read the ledger',
  'export-ledger': 'export the ledger',
  'read-bodies': 'read what calls asked and which records came of it',
  'destroy-keys': "destroy customers' keys",
  'resume-ai': 'let AI calls run again',
  bind: 'select this customer',
  cross: 'let an AI work on this customer together with others',
};

/**
 * What may be shown as allowed: asked once a minute, and when the enrolment is another. Nothing while the gateway is away.
 */
export function makeShownRights({ host, facts, crew }: RightsPowers): () => Promise<Shown> {
  let known:
    | { readonly tenancy: Facts['tenancy']; readonly minute: number; readonly shown: Promise<Shown> }
    | undefined;

  async function ask(): Promise<Shown> {
    try {
      const { rights, bindable, crossable } = await crew.gateway.rights(undefined, within);
      return { rights, bindable: new Set(bindable), crossable: new Set(crossable) };
    } catch {
      known = undefined; // Being shown nothing is safe; the next look asks again.
      return nothing;
    }
  }

  return () => {
    const { tenancy } = facts;
    const minute = Math.floor(host.now() / 60_000);
    if (known?.tenancy !== tenancy || known.minute !== minute) known = { tenancy, minute, shown: ask() };
    return known.shown;
  };
}

const nothing: Shown = { rights: [], bindable: new Set(), crossable: new Set() };
