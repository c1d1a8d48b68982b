import { create } from 'zustand';
import { Plus } from 'lucide-react';
import { Button } from '../../parts/button.tsx';
import { t } from '../../words.ts';
import { AddClientDialog } from './add-client-dialog.tsx';

const useAdding = create<{ readonly isOpen: boolean }>(() => ({ isOpen: false }));

export function AddClientButton() {
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
