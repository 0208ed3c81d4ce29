import { useEffect } from 'react';

/** The dialog that was opened last, above those that it was opened from. */
export const topDialog = (): HTMLElement | null =>
  [...document.querySelectorAll<HTMLElement>('[role="dialog"]')].at(-1) ?? null;

export const inTopDialog = (selector: string): HTMLElement | null =>
  topDialog()?.querySelector<HTMLElement>(selector) ?? null;

export const FIELDS = 'input, select, textarea';
export const firstField = (): HTMLElement | null => inTopDialog(FIELDS);

/**
 * Where what is to be focused comes later than its dialog, as when a server is asked first: it takes the focus once it is
 * `ready`, unless the user has gone on to something else meanwhile. `find`: always the same function.
 */
export function useLateFocus(ready: boolean, find: () => HTMLElement | null): void {
  useEffect(() => {
    if (!ready) return;
    const { activeElement } = document;
    const dialog = topDialog();
    const unmoved = activeElement === dialog || !dialog?.contains(activeElement);
    if (unmoved || activeElement?.matches('header [data-gives-up]')) find()?.focus();
  }, [ready, find]);
}
