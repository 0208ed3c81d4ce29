import { browser } from 'wxt/browser';

/** Shows the popup again, where the browser allows it; if not, it is there at the user's next click. */
export async function openPopup(): Promise<void> {
  try {
    await browser.action.openPopup();
  } catch {
    // No focused window, or a page of ours is already in front.
  }
}
