import { test as base, type Page } from '@playwright/test';
import { BUILT } from '../../../scripts/build-extension.ts';
import type { MessageInput, MessageName, MessageReply } from '../../../src/contract/messages.ts';
import { startCliproxyapi, type CliproxyapiOptions, type FakeCliproxyapi } from '../../fakes/cliproxyapi.ts';
import {
  DEFAULT_ACCESS_TOKEN,
  fakeKey,
  startNewApi,
  type FakeNewApi,
  type NewApiOptions,
} from '../../fakes/new-api.ts';
import { want } from './ask.ts';
import { launchExtension, type ExtensionBrowser, type LaunchOptions } from './launch.ts';
import { findPopup, openPopup, type Popup } from './open-popup.ts';

export interface WorldOptions {
  relay: NewApiOptions;
  proxy: CliproxyapiOptions;
  browser: Partial<LaunchOptions>;
}

/** Both servers, a browser with the extension, and the ways a test deals with them. */
export interface World {
  relay: FakeNewApi;
  proxy: FakeCliproxyapi;
  browser: ExtensionBrowser;
  /** Asks the worker, and wants a good answer. */
  want<N extends MessageName>(name: N, input: MessageInput<N>): Promise<MessageReply<N>>;
  /** Saves address and key of the proxy. */
  connect(): Promise<void>;
  /** Adds the first key of the relay (or that of the given number) by hand; returns its id. */
  addKey(number?: number): Promise<string>;
  addAccount(): Promise<string>;
  /** The real popup, over a tab if one is given. */
  popup(over?: Page): Promise<Page>;
  /** The popup that the extension opened itself. */
  openedPopup(): Promise<Page>;
  options(place: string): Promise<Page>;
}

const MODELS = ['gpt-4o', 'gpt-4o-mini', 'claude-sonnet-4', 'deepseek-chat', 'text-embedding-3-small'];

const RELAY: NewApiOptions = {
  systemName: 'Relay',
  models: MODELS,
  keys: [1, 2].map((id) => ({ id, name: `key ${id}`, key: fakeKey(`key ${id}`, id) })),
};

/** What the relay of a world lists, without what cannot chat. */
export const CHAT_MODELS = MODELS.slice(0, 4);

export const test = base.extend<{ worldOptions: Partial<WorldOptions>; world: World }>({
  worldOptions: [{}, { option: true }],
  world: async ({ worldOptions }, use) => {
    const relay = await startNewApi({ ...RELAY, ...worldOptions.relay });
    const proxy = await startCliproxyapi({ ...worldOptions.proxy });
    const browser = await launchExtension({ extension: BUILT, ...worldOptions.browser });
    const popups: (() => Promise<void>)[] = [];
    await use(createWorld(relay, proxy, browser, popups));
    for (const release of popups) await release();
    await browser.close();
    await Promise.all([relay.stop(), proxy.stop()]);
  },
});

export { expect } from '@playwright/test';

function createWorld(
  relay: FakeNewApi,
  proxy: FakeCliproxyapi,
  browser: ExtensionBrowser,
  popups: (() => Promise<void>)[],
): World {
  const keep = ({ page, release }: Popup): Page => {
    popups.push(release);
    return page;
  };
  const ask: World['want'] = (name, input) => want(browser.desk, name, input);
  return {
    relay,
    proxy,
    browser,
    want: ask,
    async connect() {
      await ask('connection.save', {
        address: proxy.origin,
        managementKey: proxy.managementKey,
        remember: 'device',
      });
    },
    addKey(number = 1) {
      const key = relay.keys.find((candidate) => candidate.id === number);
      if (!key) throw new Error(`the relay has no key ${number}`);
      return ask('key.add', { relayName: 'Relay', baseUrl: relay.origin, key: `sk-${key.key}` });
    },
    addAccount: () =>
      ask('account.add', {
        name: 'Relay',
        siteUrl: relay.origin,
        accessToken: DEFAULT_ACCESS_TOKEN,
        userId: '2',
      }),
    popup: async (over) => keep(await openPopup(browser, over)),
    openedPopup: async () => keep(await findPopup(browser)),
    async options(place) {
      const page = await browser.context.newPage();
      await page.goto(browser.url(`options.html${place}`));
      return page;
    },
  };
}
