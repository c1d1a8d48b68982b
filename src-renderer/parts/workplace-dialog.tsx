import type { ReactNode } from 'react';
import { t } from '../words.ts';
import { noHue } from './customer-tile.tsx';
import { DialogFrame } from './dialog-frame.tsx';

interface Props {
  readonly title: string;
  readonly close: () => void;
  readonly step?: string;
  readonly children: ReactNode;
}

/** A dialog about the workplace itself. It says so and wears no customer's colour: a switch changes nothing of it. */
export function WorkplaceDialog(props: Props) {
  return <DialogFrame {...props} chip={<span className="scope-chip">{t('scope.everyone')}</span>} style={noHue} />;
}
