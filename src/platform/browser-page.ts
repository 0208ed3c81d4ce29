import { browser } from 'wxt/browser';
import { ALL_USER_ID_HEADERS } from '../core/accounts/user-id-headers';
import type { Page } from '../ports/page';
import { PULSE } from './pulse-name';

/** Sends one message to the worker. Rejects when the worker stops before it has answered. */
export const sendMessage = (message: unknown): Promise<unknown> => browser.runtime.sendMessage(message);

function sessionNote(name: string): Page['note'] {
  let note: unknown;
  return {
    async load() {
      note = (await browser.storage.session.get(name))[name];
    },
    get: () => note,
    set(next) {
      note = next;
      void browser.storage.session.set({ [name]: next });
    },
  };
}

export const browserPage = (isPopup: boolean): Page => ({
  requestHost: (pattern) => browser.permissions.request({ origins: [pattern] }),
  requestHosts: (patterns) => browser.permissions.request({ origins: [...patterns] }),
  async currentTab() {
    if (!isPopup) return undefined;
    const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
    // "activeTab" reveals the address, since the user opened the popup over the tab.
    const origin = tab?.url && /^https?:/.test(tab.url) ? new URL(tab.url).origin : undefined;
    return tab?.id !== undefined && origin ? { id: tab.id, origin } : undefined;
  },
  async readSession(tabId) {
    const { readRelaySession } = await import('./relay-session');
    try {
      const [look] = await browser.scripting.executeScript({
        target: { tabId },
        func: readRelaySession,
        args: [ALL_USER_ID_HEADERS],
      });
      return look?.result ?? undefined;
    } catch {
      return undefined; // a page of the browser itself, or one that went away
    }
  },
  async openOptions(place) {
    const url = browser.runtime.getURL('/options.html');
    // Our own pages are visible to us without the "tabs" permission.
    const contexts = (await browser.runtime.getContexts?.({ contextTypes: ['TAB'] })) ?? [];
    const open = contexts.find((context) => context.documentUrl?.startsWith(url));
    if (open) await browser.tabs.update(open.tabId, { url: `${url}${place}`, active: true });
    else await browser.tabs.create({ url: `${url}${place}` });
    if (isPopup) window.close();
  },
  copyText: (text) => navigator.clipboard.writeText(text),
  async copySecret(text) {
    const { copyForAMinute } = await import('./copy-for-a-minute');
    return copyForAMinute(text, navigator);
  },
  async openLink(url) {
    if (/^https?:/.test(url)) return void (await browser.tabs.create({ url }));
    // Clicks a link in this page: the browser asks, and neither page nor popup goes away (Chromium 156). A tab made
    // for the link would stay empty when the user says no.
    const link = document.createElement('a');
    link.href = url;
    link.click();
  },
  note: sessionNote(isPopup ? 'popup-note' : 'page-note'),
  onPulse(listener) {
    const changed = (changes: Record<string, unknown>): void => {
      if (PULSE in changes) listener();
    };
    browser.storage.session.onChanged.addListener(changed);
    return () => browser.storage.session.onChanged.removeListener(changed);
  },
  onWorkerStopped(listener) {
    // A line of itself keeps no worker awake (Chromium since 114).
    const line = browser.runtime.connect();
    line.onDisconnect.addListener(() => {
      // The browser complains of an error that nobody has read.
      void browser.runtime.lastError;
      listener();
    });
    return () => line.disconnect();
  },
  saveFile(name, text) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  },
  sealing: async () => (await import('./sealing')).sealing,
  isPopup,
  close: () => window.close(),
  version: browser.runtime.getManifest().version,
  uiLanguage: browser.i18n.getUILanguage(),
});
