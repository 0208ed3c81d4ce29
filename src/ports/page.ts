import type { Sealing } from './sealing';

/** A login as the relay's own page holds it. */
export interface TabSession {
  /** Whose page it was. */
  origin: string;
  userId: string;
  /** Empty where the site does not show it. */
  accessToken: string;
  /** The token ends with the login of the page, after minutes. */
  shortLived: boolean;
}

/** What pages need of the browser. */
export interface Page {
  /** Asks the user for one host. Must be called from a click; in the popup it never settles (the popup is closed). */
  requestHost(pattern: string): Promise<boolean>;
  /** The same for several hosts in one question. */
  requestHosts(patterns: readonly string[]): Promise<boolean>;
  /** The web page in the tab that the popup was opened over; undefined where that is none, or on our own pages. */
  currentTab(): Promise<{ id: number; origin: string } | undefined>;
  /** What the page of a relay in that tab knows of its user; nothing runs there but this one look, from a click. */
  readSession(tabId: number): Promise<TabSession | undefined>;
  /** Opens the options page at a place (`#/cliproxyapi`), or goes to the one that is open. */
  openOptions(place: string): Promise<void>;
  copyText(text: string): Promise<void>;
  /**
   * Copies a secret, and empties the clipboard after a minute if it still holds it. Only where the browser lets us look
   * without asking the user, and as long as this page is open; tells whether it will.
   */
  copySecret(text: string): Promise<boolean>;
  /** Opens a web address in a tab, and a link of another scheme in its program without leaving a tab behind. */
  openLink(url: string): Promise<void>;
  /** Calls back when the worker says that the picture has changed; returns how to stop it. */
  onPulse(listener: () => void): () => void;
  /** Saves a text as a file. */
  saveFile(name: string, text: string): void;
  /** Opens what was sealed with a passphrase; loaded when it is wanted. */
  sealing(): Promise<Pick<Sealing, 'derive' | 'open'>>;
  /** True in the toolbar's popup. */
  isPopup: boolean;
  close(): void;
  version: string;
  uiLanguage: string;
}
