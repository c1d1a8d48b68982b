import { Layers } from 'lucide-react';

/** The scope of several customers that a call was made in. Nothing where it was made for the bound one. */
export function CrossTag({ cross }: { readonly cross: string | undefined }) {
  if (cross === undefined) return null;
  return (
    <span className="cross-tag">
      <Layers aria-hidden="true" />
      {cross}
    </span>
  );
}
