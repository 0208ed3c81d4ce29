import type { Sealing } from './sealing';

/** The login of a relay as its own page holds it. */
export interface TabSession {
  /** The origin of that page. */
  origin: string;
  userId: string;
  /** Empty where the site does not show it. */
  accessToken: string;
  /** The token ends with the login of the page, after minutes. */
  shortLived: boolean;
  /** Sub2API: only its pages have a token, which lasts as long as their login. */
  family?: 'sub2api';
}

/** What pages need of the browser. */
export interface Page {
  /** Asks the user for one host. Must be called from a click; in the popup it never settles (the popup is closed). */
  requestHost(pattern: string): Promise<boolean>;
  /** Asks the user for several hosts in one question. */
  requestHosts(patterns: readonly string[]): Promise<boolean>;
  /** The web page in the tab under the popup; undefined if there is none, or on our own pages. */
  currentTab(): Promise<{ id: number; origin: string } | undefined>;
  /** Reads what the page of a relay in that tab knows of its user, once, from a click; nothing else runs there. */
  readSession(tabId: number): Promise<TabSession | undefined>;
  /** Opens the options page at a place (`#/cliproxyapi`), or switches to the tab that has it. */
  openOptions(place: string): Promise<void>;
  copyText(text: string): Promise<void>;
  /**
   * Copies a secret, and empties the clipboard after a minute if the secret is still there. Works only where the
   * browser allows reading without a question and while this page is open. Resolves to whether it will.
   */
  copySecret(text: string): Promise<boolean>;
  /** Opens a web address in a tab, and a link of another scheme in its program without leaving a tab behind. */
  openLink(url: string): Promise<void>;
  /** Calls back when the worker says that the picture has changed; the result ends that. */
  onPulse(listener: () => void): () => void;
  /** Holds a line to the worker, and calls back once when the worker is stopped; the result lets go of it. */
  onWorkerStopped(listener: () => void): () => void;
  /**
   * What a page keeps until the browser is closed, such as how its list is narrowed; nothing that was typed. `load` once,
   * before the first `get`.
   */
  note: { load(): Promise<void>; get(): unknown; set(note: unknown): void };
  /** Saves a text as a file. */
  saveFile(name: string, text: string): void;
  /** Opens sealed texts; loaded on demand. */
  sealing(): Promise<Pick<Sealing, 'derive' | 'open'>>;
  /** True in the toolbar's popup. */
  isPopup: boolean;
  close(): void;
  version: string;
  uiLanguage: string;
}
