import { Link } from '@tanstack/react-router';

/** The scope of several customers something was done in; leads to all of it in the ledger. */
export const CrossLink = ({ cross }: { readonly cross: string }) => (
  <Link to="/ledger" search={{ cross }}>
    {cross}
  </Link>
);
