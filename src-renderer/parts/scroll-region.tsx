import type { ReactNode } from 'react';

interface Props {
  readonly label: string;
  readonly className: string;
  readonly children: ReactNode;
}

/** What may scroll by itself: named, and reachable by keyboard. */
export function ScrollRegion({ label, className, children }: Props) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- WCAG 2.1.1: a scrolling region must take the focus.
    <section className={className} tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}

/** A piece of code or JSON in one. */
export function CodeBlock({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <ScrollRegion className="code" label={label}>
      <pre>{text}</pre>
    </ScrollRegion>
  );
}
