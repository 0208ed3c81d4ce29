import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { findChromium } from '../../../scripts/find-chromium.ts';

export interface LaunchOptions {
  /** Folder of the unpacked extension. */
  extension: string;
  headed?: boolean;
  /** The X display for a headed browser, if not the one of the environment. */
  display?: string;
  /** Further switches of the browser. */
  args?: string[];
  /** The browser's language; English if not given. */
  language?: string;
  /** null: the window's own size. */
  viewport?: { width: number; height: number } | null;
}

export interface ExtensionBrowser {
  context: BrowserContext;
  id: string;
  profile: string;
  url(path: string): string;
  /**
   * A page of the extension that shows nothing of it: from here tests speak to the worker without an open page of the
   * interface that would take notices or redraw.
   */
  desk: Page;
  close(): Promise<void>;
}

const ARGS = [
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--remote-debugging-port=0', // for openPopup
  '--enable-unsafe-extension-debugging', // for Extensions.loadUnpacked
];

/** Starts a browser with a fresh profile and the extension in it. */
export async function launchExtension(options: LaunchOptions): Promise<ExtensionBrowser> {
  const profile = await mkdtemp(join(tmpdir(), 'keyferry-profile-'));
  const removeProfile = (): Promise<void> =>
    rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: await findChromium(),
    headless: !options.headed,
    // Whoever looks at a window ends it with Ctrl+C, and everything is put away then.
    handleSIGINT: !options.headed,
    viewport: options.viewport === undefined ? { width: 1280, height: 900 } : options.viewport,
    ignoreDefaultArgs: ['--disable-extensions'],
    locale: options.language ?? 'en-US',
    env: { ...process.env, ...(options.display && { DISPLAY: options.display }) },
    args: [...ARGS, ...(options.args ?? [])],
  });
  const close = async (): Promise<void> => {
    await context.close();
    await removeProfile();
  };
  try {
    // tsx wraps every named function in this helper of its own, also those that are sent into a page.
    await context.addInitScript('globalThis.__name = (named) => named');
    const id = await loadUnpacked(context, options.extension);
    const url = (path: string): string => `chrome-extension://${id}/${path}`;
    const desk = context.pages()[0] ?? (await context.newPage());
    await desk.goto(url('manifest.json'));
    return { context, id, profile, url, desk, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The way that branded builds take too: they ignore --load-extension. */
async function loadUnpacked(context: BrowserContext, folder: string): Promise<string> {
  const browser = context.browser();
  if (!browser) throw new Error('this Playwright shows no browser behind a persistent context');
  const session = await browser.newBrowserCDPSession();
  const send = session.send.bind(session) as (method: string, params: object) => Promise<unknown>;
  const loaded = (await send('Extensions.loadUnpacked', { path: resolve(folder) })) as { id: string };
  await session.detach();
  return loaded.id;
}
