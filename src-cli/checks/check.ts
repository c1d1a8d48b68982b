import type { Check } from '../../src-shared/contract/ui.ts';

/** What was found, and when it is wrong what to do about it. */
export function check(name: string, found: string | { readonly wrong: string; readonly remedy: string }): Check {
  if (typeof found === 'string') return { check: name, ok: true, detail: found, remedy: '' };
  return { check: name, ok: false, detail: found.wrong, remedy: found.remedy };
}
