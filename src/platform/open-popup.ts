import { browser } from 'wxt/browser';

/** Opens the popup again where the browser allows it; otherwise the user opens it with the next click. */
export async function openPopup(): Promise<void> {
  try {
    await browser.action.openPopup();
  } catch {
    // No focused window, or a page of ours is already in front.
  }
}
