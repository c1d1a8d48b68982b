import type { Check } from '../../src-shared/contract/ui.ts';
import { asFault } from '../../src-shared/fault.ts';
import type { Broken } from './facts.ts';
import { isKept } from './kept-policies.ts';
import { brokenWords } from './verify-ledger.ts';
import type { ViewPowers } from './view.ts';

/** Milliseconds for the broker to list what it keeps. Whoever asked waits for no more than half a minute in all. */
const brokerDeadline = 5000;
const silentRemedy =
  'It is started anew within half a minute; if that does not help, look at logs/bulkhead.log in the home folder.';

/** What a running app can say of itself. The command adds what it sees from outside: ports, disk, display, versions. */
export async function checkUp({ facts, crew, host }: ViewPowers): Promise<Check[]> {
  const down = crew.views().filter(({ state }) => state !== 'up');
  const { bundle, identity } = facts.tenancy;
  const ends = Math.min(identity.exp * 1000, Date.parse(bundle.expires));
  return [
    check(
      'processes',
      down.length === 0,
      down.length === 0 ? 'all are up' : `${down.map(({ name }) => name).join(', ')} not up`,
      'Wait a moment; if it stays, look at logs/bulkhead.log in the home folder.',
    ),
    check(
      'gateway',
      facts.mcpUrl !== null,
      facts.mcpUrl ?? 'not listening',
      'Choose a free port with `bulkhead start --port N`.',
    ),
    await vault(crew),
    check(
      'ledger',
      facts.ledger.problem === null,
      facts.ledger.problem ?? `${facts.ledger.entries} entries`,
      facts.ledgerRemedy ?? 'Look at logs/bulkhead.log in the home folder.',
    ),
    ...(facts.broken ? [broken(facts.broken)] : []),
    check(
      'checkpoint',
      !facts.isUnsigned,
      facts.isUnsigned ? 'the last one is not signed' : (facts.ledger.checkpoint?.toString() ?? 'none made yet'),
      facts.isKeyLost
        ? 'The key that signs was in memory only, and ended with its broker: stop Bulkhead and start it again.'
        : 'The broker signs them: look at the keystore, and at logs/bulkhead.log in the home folder.',
    ),
    check(
      'enrolment',
      ends > host.now(),
      `${bundle.tenant.name}, policy ${bundle.version}, until ${new Date(ends).toISOString()}`,
      'Check the clock, then sign in again.',
    ),
    check(
      'policy text',
      await isKept(host, facts.tenancy),
      `version ${bundle.version}`,
      'It could not be written at the start, so later evidence will be without it: restore write access to the home folder and start again.',
    ),
    ...facts.tenancy.instances.map(({ id, name }) => {
      const health = facts.health.get(id);
      const hasCredential = facts.credentials.has(id);
      const detail = hasCredential ? health?.detail || health?.state || 'not used yet' : 'no credential';
      return check(
        `connector ${id}`,
        hasCredential && health?.state !== 'failing',
        `${name}: ${detail}`,
        `Run \`bulkhead connector credential set ${id}\`, or test it with \`bulkhead connector test ${id}\`.`,
      );
    }),
  ];
}

function broken(found: Broken): Check {
  const { text, remedy } = brokenWords(found);
  return check('ledger verified', false, text, remedy);
}

async function vault(crew: ViewPowers['crew']): Promise<Check> {
  try {
    const stored = await crew.broker.credentials(undefined, { deadlineMs: brokerDeadline });
    return check('keystore', true, `${stored.length} credential(s)`, '');
  } catch (thrown) {
    const { code, message, remedy } = asFault(thrown);
    if (code === 'DEADLINE') return check('keystore', false, 'The broker does not answer.', silentRemedy);
    return check('keystore', false, message, remedy ?? 'Unlock the keychain.');
  }
}

const check = (name: string, ok: boolean, detail: string, remedy: string): Check => ({
  check: name,
  ok,
  detail,
  remedy: ok ? '' : remedy,
});
