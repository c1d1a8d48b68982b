/** Moves the focus to the first field of a form that does not fit, once it is drawn as such. */
export function focusInvalid(form: HTMLElement | null): void {
  requestAnimationFrame(() =>
    form?.querySelector<HTMLElement>(':is(input, select, textarea)[aria-invalid="true"]')?.focus(),
  );
}
