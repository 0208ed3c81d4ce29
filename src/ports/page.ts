/** What pages need of the browser. */
export interface Page {
  /** Asks the user for one host. Must be called from a click; in the popup it never settles (the popup is closed). */
  requestHost(pattern: string): Promise<boolean>;
  /** Opens the options page at a place (`#/cliproxyapi`), or goes to the one that is open. */
  openOptions(place: string): Promise<void>;
  copyText(text: string): Promise<void>;
  /** Calls back when the worker says that the picture has changed; returns how to stop it. */
  onPulse(listener: () => void): () => void;
  /** Saves a text as a file. */
  saveFile(name: string, text: string): void;
  /** True in the toolbar's popup. */
  isPopup: boolean;
  close(): void;
  version: string;
  uiLanguage: string;
}
