import type { CustomerId } from '../../src-shared/model/ids.ts';
import type { Facts } from './facts.ts';

/**
 * The same customers bound as before, each under an epoch never given out before. Whatever runs or is being started under
 * the old ones is dead once the gateway hears of it, as after a switch; client apps keep their customer and their state.
 */
export function renewBindings(
  { desk, switcher }: Pick<Facts, 'desk' | 'switcher'>,
  isAffected: (customer: CustomerId) => boolean,
): Pick<Facts, 'desk' | 'switcher'> {
  let { epoch } = desk;
  const bound = switcher?.binding;
  const renewed =
    switcher && bound && isAffected(bound.customer)
      ? { ...switcher, binding: { ...bound, epoch: (epoch += 1) } }
      : switcher;
  const clients = desk.clients.map((app) =>
    app.pin && app.state !== 'revoked' && isAffected(app.pin.customer)
      ? { ...app, pin: { ...app.pin, epoch: (epoch += 1) } }
      : app,
  );
  const crosses = desk.crosses.map((scope) => ({
    ...scope,
    members: scope.members.map((member) => (isAffected(member.customer) ? { ...member, epoch: (epoch += 1) } : member)),
  }));
  return { desk: { ...desk, epoch, clients, crosses }, switcher: renewed };
}
