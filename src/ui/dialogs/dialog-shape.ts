/** Place and size of a dialog: a sheet at the bottom of the popup or all of it; the middle of a page. */
export function dialogShape(isPopup: boolean, full: boolean): string {
  if (isPopup) return full ? 'inset-0' : 'inset-x-0 bottom-0 max-h-[calc(100vh-24px)] rounded-t-lg';
  const centered = 'left-1/2 top-1/2 -translate-x-1/2 -translate-y-1/2 rounded-lg';
  return full
    ? `${centered} h-[min(760px,calc(100vh-32px))] w-[min(1120px,calc(100vw-16px))]`
    : `${centered} max-h-[calc(100vh-32px)] w-[min(480px,calc(100vw-16px))]`;
}
