/** The dialog's search, or the list to type in. */
export const firstField = (): HTMLElement | null =>
  document.querySelector<HTMLElement>('[role="dialog"] :is(input[type="search"], textarea)');
