import { create } from 'zustand';
import { Plus } from 'lucide-react';
import { Button } from '../../parts/button.tsx';
import { useRight } from '../../parts/use-right.ts';
import { t } from '../../words.ts';
import { AddClientDialog } from './add-client-dialog.tsx';

const useAdding = create<{ readonly isOpen: boolean }>(() => ({ isOpen: false }));

/** Not offered where the policy does not let the technician add one. */
export function AddClientButton() {
  const mayAdd = useRight('manage-client-apps');
  if (!mayAdd) return null;
  return (
    <Button look="primary" onClick={() => useAdding.setState({ isOpen: true })}>
      <Plus className="icon" aria-hidden="true" />
      {t('aiTools.add')}
    </Button>
  );
}

/** Stands in the frame: the button's place may go away when the app is added, and the token must not go with it. */
export function AddClientPlace() {
  const isOpen = useAdding((adding) => adding.isOpen);
  return isOpen ? <AddClientDialog close={() => useAdding.setState({ isOpen: false })} /> : null;
}
