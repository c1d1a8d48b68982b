import type { CSSProperties } from 'react';
import type { CustomerLook } from '../../src-shared/model/customer-look.ts';
import { useLooks } from './looks.ts';

/** The coloured square with the monogram. Always beside the name, so it is hidden from assistive technology. */
export function CustomerTile({ customer }: { readonly customer: { readonly id: string; readonly name: string } }) {
  const look = useLooks()(customer);
  return (
    <span className="tile hued" data-pattern={look.pattern} style={hueStyle(look)} aria-hidden="true">
      {look.monogram}
    </span>
  );
}

/** The tile of "no customer": a grey hatch. */
export function EmptyTile() {
  return <span className="tile empty" aria-hidden="true" />;
}

/** The colours of no customer: none. */
export const noHue = { '--hue': 262, '--chroma': 0, '--shade': 0 } as CSSProperties;

/** The three numbers from which the style sheet makes a customer's colours. */
export function hueStyle({ hue, chroma, shade }: CustomerLook): CSSProperties {
  return { '--hue': hue, '--chroma': chroma, '--shade': shade } as CSSProperties;
}
