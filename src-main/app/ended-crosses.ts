import type { CrossScope } from '../../src-shared/model/cross.ts';
import type { Desk } from './desk.ts';
import type { Facts } from './facts.ts';
import type { Recorder } from './recorder.ts';

/** The desk without these scopes. Their apps are suspended: each one's conversation holds records of several customers. */
export function withoutCrosses(desk: Desk, ended: readonly CrossScope[]): Desk {
  const apps = new Set(ended.map(({ app }) => app));
  return {
    ...desk,
    crosses: desk.crosses.filter((scope) => !ended.includes(scope)),
    clients: desk.clients.map((app) =>
      apps.has(app.id) && app.state === 'armed' ? { ...app, state: 'suspended' } : app,
    ),
  };
}

/** An entry for each customer that was a member, under that customer: none names two. */
export async function recordReleases(
  record: Recorder['byTechnician'],
  facts: Facts,
  { ended, because }: { ended: readonly CrossScope[]; because: 'closed' | 'time' | 'suspended' | 'revoked' },
): Promise<void> {
  for (const { code, app, members } of ended) {
    const client = facts.desk.clients.find(({ id }) => id === app)?.name ?? app;
    await Promise.all(
      members.map(({ customer, epoch }) =>
        record({
          kind: 'customer.released',
          customer: facts.customer(customer)?.code ?? null,
          cross: code,
          params: { cross: code, client, epoch, because },
        }),
      ),
    );
  }
}
