import { useState } from 'react';
import { Layers } from 'lucide-react';
import { useAppState } from '../../api/app.ts';
import { useCustomers } from '../../api/queries.ts';
import { Button } from '../../parts/button.tsx';
import { t } from '../../words.ts';
import { CrossDialog } from './cross-dialog.tsx';

/** Offered only to whom the policy gives at least two customers to work on together, and where an app is free for it. */
export function CrossButton() {
  const { clients, crosses } = useAppState();
  const customers = useCustomers();
  const [isOpen, setOpen] = useState(false);
  const free = clients.filter(
    ({ name, state }) => state !== 'revoked' && crosses.every(({ client }) => client !== name),
  );
  const known = customers.data ?? [];
  const isOffered = free.length > 0 && known.filter(({ mayCross }) => mayCross).length > 1;
  return (
    <>
      {isOffered && (
        <Button onClick={() => setOpen(true)}>
          <Layers className="icon" aria-hidden="true" />
          {t('policy.cross.open')}
        </Button>
      )}
      {isOpen && <CrossDialog clients={free} customers={known} close={() => setOpen(false)} />}
    </>
  );
}
