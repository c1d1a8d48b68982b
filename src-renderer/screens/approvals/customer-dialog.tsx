import type { ReactNode } from 'react';
import type { Approval } from '../../../src-shared/model/approval.ts';
import { CustomerTile, hueStyle } from '../../parts/customer-tile.tsx';
import { DialogFrame } from '../../parts/dialog-frame.tsx';
import { useLooks } from '../../parts/looks.ts';

interface Props {
  readonly title: string;
  readonly customer: Approval['customer'];
  readonly close: () => void;
  readonly children: ReactNode;
}

/** A dialog about one request: it wears the colours of the request's customer, whoever is bound. */
export function CustomerDialog({ title, customer, close, children }: Props) {
  const lookOf = useLooks();
  return (
    <DialogFrame
      title={title}
      close={close}
      chip={
        <span className="scope-chip">
          <CustomerTile customer={customer} />
          <span>{customer.name}</span>
        </span>
      }
      style={hueStyle(lookOf(customer))}
    >
      {children}
    </DialogFrame>
  );
}
