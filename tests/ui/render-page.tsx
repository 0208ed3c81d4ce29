import '@testing-library/jest-dom/vitest';
import type { Failure } from '../../src/core/failures/failure';
import { act, cleanup, configure, render } from '@testing-library/react';
import { userEvent, type UserEvent } from '@testing-library/user-event';
import i18next from 'i18next';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, expect } from 'vitest';
import { fail, ok } from '../../src/core/failures/result';
import type { View } from '../../src/core/view/view';
import { sealing } from '../../src/platform/sealing';
import type { Page } from '../../src/ports/page';
import { startI18n, type Language } from '../../src/ui/i18n';
import { PageProvider, type PageContext } from '../../src/ui/page-context';
import { createHandoffStore, type HandoffStore } from '../../src/ui/handoff-store';
import { createImportStore, type ImportStore } from '../../src/ui/import-store';
import { createLooking } from '../../src/ui/shell/looking';
import { createViewStore, type ViewStore } from '../../src/ui/view-store';
import { failureText, sayingFailures } from '../../src/ui/shell/toasts';
import { view as sampleView } from './samples';
import { scriptedWorker, type Script, type Worker } from './scripted-worker';

export interface FakePage extends Page {
  /** What the browser was asked for, in order. */
  requested: string[];
  /** What the user answers to the browser's question. */
  grants: boolean;
  opened: string[];
  copied: string[];
  /** Whether the clipboard can be emptied later. */
  clears: boolean;
  /** Links to other programs and web pages. */
  links: string[];
  saved: { name: string; text: string }[];
  /** The worker says that the picture has changed. */
  pulse(): void;
}

export function fakePage(more: Partial<FakePage> = {}): FakePage {
  const listeners = new Set<() => void>();
  let note: unknown;
  const page: FakePage = {
    requested: [],
    grants: true,
    opened: [],
    copied: [],
    clears: false,
    links: [],
    saved: [],
    isPopup: true,
    version: '0.1.0',
    uiLanguage: 'en',
    async requestHost(pattern) {
      page.requested.push(pattern);
      return page.grants;
    },
    async requestHosts(patterns) {
      page.requested.push(...patterns);
      return page.grants;
    },
    currentTab: async () => undefined,
    readSession: async () => undefined,
    async openOptions(place) {
      page.opened.push(place);
    },
    async copyText(text) {
      page.copied.push(text);
    },
    async copySecret(text) {
      page.copied.push(text);
      return page.clears;
    },
    async openLink(url) {
      page.links.push(url);
    },
    onPulse(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onWorkerStopped: () => () => undefined,
    saveFile(name, text) {
      page.saved.push({ name, text });
    },
    note: { load: async () => undefined, get: () => note, set: (next) => void (note = next) },
    sealing: async () => sealing,
    close() {},
    pulse: () => listeners.forEach((listener) => listener()),
    ...more,
  };
  return page;
}

export interface Scene extends Omit<Worker, 'answer'> {
  user: UserEvent;
  page: FakePage;
  view: ViewStore;
  imports: ImportStore;
  handoff: HandoffStore;
  /** What components had said by a toast. */
  toasts: string[];
  /** The undo of each toast that had one. */
  undos: (() => void)[];
  answer: Worker['answer'];
  /** The worker's picture changes, and it says so. */
  change(view: Partial<View>): Promise<void>;
  container: HTMLElement;
}

export interface SceneOptions {
  view?: Partial<View>;
  script?: Script;
  page?: Partial<FakePage>;
  language?: Language;
  user?: Parameters<typeof userEvent.setup>[0];
}

/** Draws a component as a page would: real stores, real texts, over a scripted worker and a fake browser. */
export async function renderPage(content: ReactNode, options: SceneOptions = {}): Promise<Scene> {
  const { language = 'en' } = options;
  let picture = sampleView(options.view);
  const worker = scriptedWorker({ view: () => ok(picture), ...options.script });
  const page = fakePage({ uiLanguage: language, ...options.page });
  const toasts: string[] = [];
  const undos: (() => void)[] = [];
  const toast: PageContext['toast'] = {
    failure: (name, failure) => {
      const { title, text } = failureText(i18next.t, language, name, failure);
      toasts.push(`${title} ${text}`);
    },
    plain: (title, undo) => {
      toasts.push(title);
      if (undo) undos.push(undo);
    },
  };
  const { ask, lookAt } = createLooking(worker.ask);
  const order = sayingFailures(ask, toast);
  const view = createViewStore(ask, order, page);
  await Promise.all([startI18n(language), view.load()]);
  watchTexts();
  const imports = createImportStore(ask, toast.failure);
  const user = userEvent.setup({ delay: null, skipHover: true, pointerEventsCheck: 0, ...options.user });
  const handoff = createHandoffStore();
  const context: PageContext = {
    ask,
    order,
    page,
    view,
    imports,
    handoff,
    toast,
    toldBatches: new Set(),
    async lookAt(proxyId) {
      lookAt(proxyId);
      imports.close();
      await view.load();
    },
  };
  // In one act, lazy parts that are loaded already stand at once; React holds later ones back for 300 ms.
  const { container } = await act(async () => {
    const drawn = render(<PageProvider value={context}>{content}</PageProvider>);
    await settle();
    return drawn;
  });
  return {
    ...worker,
    user,
    page,
    view,
    imports,
    handoff,
    toasts,
    undos,
    container,
    async change(more) {
      picture = { ...picture, ...more };
      page.pulse();
      await view.load();
    },
  };
}

/** Presses what brings up a lazy part: in one act React does not hold it back for 300 ms. */
export async function bringUp(element: HTMLElement): Promise<void> {
  await act(async () => {
    element.click();
    await settle();
  });
}

/** Puts a text into a field at once, in place of what is there: typing letter by letter takes its time. */
export async function enter({ user }: Scene, field: HTMLElement, text: string): Promise<void> {
  await user.clear(field);
  await user.paste(text);
}

export const failing = (failure: Failure) => () => fail(failure);

/** Texts that were asked for without something that they need; no test may leave one behind. */
const incomplete: string[] = [];

export function watchTexts(): void {
  i18next.options.missingInterpolationHandler = (text: string, value: RegExpExecArray) => {
    incomplete.push(`${String(value[1])} in “${text}”`);
    return '';
  };
}

const realImmediate = setImmediate;

/** Lets what is under way come to rest, also when a test has put fake timers in place. */
export async function settle(): Promise<void> {
  for (let turns = 0; turns < 3; turns++) await new Promise((resolve) => realImmediate(resolve));
}

configure({ asyncUtilTimeout: 8000 });

beforeEach(() => {
  incomplete.length = 0;
  localStorage.clear();
  location.hash = '';
  layOut();
});

afterEach(() => {
  cleanup();
  expect(incomplete).toEqual([]);
});

/** Sizes for what happy-dom does not lay out: lists show their first rows. */
function layOut(): void {
  setWidth(1280);
  setListSize(600, 1200);
  define('offsetHeight', () => 30);
}

/** How much room every list has, in pixels: decides how many columns and rows are drawn. */
export function setListSize(width: number, height: number): void {
  const isList = (element: HTMLElement): boolean =>
    element.tagName === 'UL' ||
    element.getAttribute('role') === 'list' ||
    element.classList.contains('overflow-y-auto');
  define('clientHeight', (element) => (isList(element) ? height : 0));
  define('clientWidth', (element) => (isList(element) ? width : 0));
}

function define(name: string, value: (element: HTMLElement) => number): void {
  Object.defineProperty(HTMLElement.prototype, name, {
    configurable: true,
    get(this: HTMLElement) {
      return value(this);
    },
  });
}

/** How wide the window is: under 760 px the dialog takes the popup's form. */
export function setWidth(width: number): void {
  (window as unknown as { happyDOM: { setViewport(size: object): void } }).happyDOM.setViewport({
    width,
    height: 800,
  });
}
