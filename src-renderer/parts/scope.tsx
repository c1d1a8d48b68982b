/**
 * Scope is captured, not read: a form belongs to the customer it was opened for. When another is bound meanwhile the form
 * stays where it was, says so, and cannot be sent. What is sent names the captured customer, so the gates can compare it.
 */
import { useState } from 'react';
import { TriangleAlert } from 'lucide-react';
import type { Customer } from '../../src-shared/model/customer.ts';
import { useApp } from '../api/app.ts';
import { t } from '../words.ts';
import { Button } from './button.tsx';
import { CustomerTile, EmptyTile } from './customer-tile.tsx';

export interface Scope {
  /** The customer bound when the form was opened; null when none was. */
  readonly customer: Customer | null;
  /** The customer bound now. */
  readonly bound: Customer | null;
  readonly isCurrent: boolean;
}

/** Captures the bound customer at the first render of whoever calls it. */
export function useCapturedScope(): Scope {
  const bound = useApp((app) => app.state?.binding?.customer ?? null);
  const [customer] = useState(bound);
  return { customer, bound, isCurrent: customer?.id === bound?.id };
}

/** Whose form this is, for its head. */
export function ScopeChip({ scope: { customer } }: { readonly scope: Scope }) {
  return (
    <span className="scope-chip">
      {customer === null ? <EmptyTile /> : <CustomerTile customer={customer} />}
      <span>{customer === null ? t('scope.none') : customer.name}</span>
    </span>
  );
}

/** The strip that appears when the form's customer is no longer the bound one. */
export function ScopeStrip({ scope, restart }: { readonly scope: Scope; readonly restart?: () => void }) {
  if (scope.isCurrent) return null;
  const mine = scope.customer?.name ?? t('scope.noCustomer');
  const now = scope.bound?.name ?? t('scope.noCustomer');
  return (
    <div className="scope-strip" role="alert">
      <TriangleAlert className="icon" aria-hidden="true" />
      <p>
        <b>{t('scope.stripLead', { mine })}</b> {t('scope.stripRest', { now })}
      </p>
      {restart !== undefined && <Button onClick={restart}>{t('scope.restart', { now })}</Button>}
    </div>
  );
}
