import type { ReactNode } from 'react';
import type { Approval } from '../../../src-shared/model/approval.ts';
import { useApp } from '../../api/app.ts';
import { useCustomers } from '../../api/queries.ts';
import { CustomerTile } from '../../parts/customer-tile.tsx';
import { t } from '../../words.ts';

interface Props {
  readonly customer: Approval['customer'];
  readonly children: ReactNode;
}

/** Whose call this is: its own colours and name, whatever is bound now, and a word where that is another customer. */
export function CustomerHead({ customer, children }: Props) {
  const bound = useApp((app) => app.state?.binding?.customer);
  const customers = useCustomers();
  const domain = (customers.data ?? []).find(({ id }) => id === customer.id)?.domain;
  return (
    <header className="approval-head">
      <CustomerTile customer={customer} />
      <span className="who">
        <b>{customer.name}</b>
        <span>{domain === undefined ? customer.code : `${domain}, ${customer.code}`}</span>
      </span>
      {children}
      {bound?.id !== customer.id && (
        <p className="elsewhere">
          {bound === undefined ? t('approvals.card.elsewhereNone') : t('approvals.card.elsewhere', { now: bound.name })}
        </p>
      )}
    </header>
  );
}
