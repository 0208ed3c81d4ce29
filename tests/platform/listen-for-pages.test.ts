import { beforeEach, expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { listenForPages } from '../../src/platform/listen-for-pages';

type Listener = (message: unknown, sender: object, sendResponse: (reply: unknown) => void) => boolean;

/** The one listener that is added, and what was routed. */
function listening(
  route: () => Promise<never> | undefined = vi.fn<() => Promise<never>>(() => new Promise<never>(() => {})),
) {
  const added: Listener[] = [];
  vi.spyOn(fakeBrowser.runtime.onMessage, 'addListener').mockImplementation((listener) => {
    added.push(listener as unknown as Listener);
  });
  vi.spyOn(fakeBrowser.runtime.onConnect, 'addListener').mockReturnValue(undefined);
  listenForPages(route);
  return { route, say: (sender: object): boolean => added[0]!('message', sender, () => {}) };
}

beforeEach(() => {
  fakeBrowser.reset();
  vi.spyOn(fakeBrowser.runtime, 'getURL').mockImplementation((path) => `chrome-extension://ours${path}`);
});

test('a page of the extension is answered', () => {
  const { route, say } = listening();
  const { id } = fakeBrowser.runtime;
  expect(say({ id, url: 'chrome-extension://ours/popup.html' })).toBe(true);
  expect(route).toHaveBeenCalledTimes(1);
});

test.each([
  ['another extension', { id: 'other', url: 'chrome-extension://other/page.html' }],
  ['another extension that names our page', { id: 'other', url: 'chrome-extension://ours/popup.html' }],
  ['a script of ours in a web page', { id: fakeBrowser.runtime.id, url: 'https://relay.example/' }],
  ['an address that begins alike', { id: fakeBrowser.runtime.id, url: 'chrome-extension://ours.example/' }],
  ['nobody', {}],
])('%s is not', (_, sender) => {
  const { route, say } = listening();
  expect(say(sender)).toBe(false);
  expect(route).not.toHaveBeenCalled();
});
