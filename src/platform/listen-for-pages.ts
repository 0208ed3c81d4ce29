import { browser } from 'wxt/browser';
import type { Result } from '../core/failures/result';

/**
 * Answers messages of our own pages only. The listener is added synchronously, or the message that woke the worker
 * would be lost. Pages also hold lines, on which nothing is said: they end when the worker is stopped.
 */
export function listenForPages(route: (message: unknown) => Promise<Result<unknown>> | undefined): void {
  browser.runtime.onMessage.addListener((message: unknown, sender, sendResponse) => {
    const ours = sender.id === browser.runtime.id && sender.url?.startsWith(browser.runtime.getURL('/'));
    const reply = ours ? route(message) : undefined;
    if (!reply) return false;
    // A thrown error is a bug: the page learns that the worker failed, but never the text of the error.
    reply.then(sendResponse, () => sendResponse({ ok: false, failure: { code: 'worker-gone' } }));
    return true;
  });
  browser.runtime.onConnect.addListener(() => undefined);
}
