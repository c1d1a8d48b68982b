import type { AppState } from '../../../src-shared/contract/ui.ts';
import { moment, t } from '../../words.ts';

type Held = Pick<AppState, 'clients' | 'crosses'>;

/** To whom the calls of AI tools are held: to the bound customer, but for tools that work for others or for several. */
export function heldWords({ customer, since }: NonNullable<AppState['binding']>, held: Held): string {
  const others = othersOf(held, customer.code);
  return others === '' ? t('home.lead', { since: moment(since) }) : t('home.leadBut', { since: moment(since), others });
}

/** What is said while nothing is bound. */
export function blockedWords(held: Held): string {
  const others = othersOf(held, null);
  return others === '' ? t('nothing.lead') : t('nothing.leadBut', { others });
}

/** The tools whose calls the switcher does not decide. */
function othersOf({ clients, crosses }: Held, code: string | null): string {
  const across = crosses.map(({ client, code: cross }) => t('home.acrossCustomers', { name: client, cross }));
  const pinned = clients.flatMap(({ name, pin, state }) =>
    state === 'armed' && pin !== null && pin !== code ? [t('home.pinned', { name, code: pin })] : [],
  );
  return [...across, ...pinned].join(t('home.and'));
}
