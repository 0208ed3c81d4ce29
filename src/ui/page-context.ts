import { createContext, useContext } from 'react';
import type { Client } from '../contract/client';
import type { Failure } from '../core/failures/failure';
import type { Page } from '../ports/page';
import type { HandoffStore } from './handoff-store';
import type { ImportStore } from './import-store';
import type { ViewStore } from './view-store';

/** Lets any component say something that has no place of its own on the page. */
export interface Toasts {
  /** `name`: the key it is about, or empty. */
  failure(name: string, failure: Failure): void;
  /** `undo`: what the toast's button takes back. */
  plain(title: string, undo?: () => void): void;
}

/** What every component may use of the outside: the worker, the browser, and the picture. */
export interface PageContext {
  /** All that is not said to be about another CLIProxyAPI is about the one that the page looks at. */
  ask: Client;
  /** Asks, and says a failure by a toast: for orders whose reply has no place of its own on the page. */
  order: Client;
  page: Page;
  view: ViewStore;
  imports: ImportStore;
  /** The question before a key goes to another program. */
  handoff: HandoffStore;
  toast: Toasts;
  /** The batches whose own dialog is open and tells how they end: while there is one, no toast says it. */
  toldBatches: Set<string>;
  /** Looks at another CLIProxyAPI: picture, cards, dialogs and all that is done. */
  lookAt(proxyId: string): Promise<void>;
}

const Context = createContext<PageContext | null>(null);
export const PageProvider = Context.Provider;

export function usePage(): PageContext {
  const context = useContext(Context);
  if (!context) throw new Error('no PageProvider above');
  return context;
}
