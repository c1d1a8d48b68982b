/**
 * Gives the focus on when a dialog closes over what is gone: giving it back takes the dialog a few frames, and then nobody has
 * it. Takes it from nobody.
 */
export function whenFocusIsLost(inherit: () => void, tries = 20): void {
  requestAnimationFrame(() => {
    const held = document.activeElement;
    if (held === null || held === document.body) inherit();
    else if (tries > 0) whenFocusIsLost(inherit, tries - 1);
  });
}
