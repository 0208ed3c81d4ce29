import { Suspense, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { lazyNamed } from './lazy-named';
import { usePage } from './page-context';
import { useView } from './use-view';

const HandoffLayer = lazyNamed(() => import('./dialogs/handoff-layer'), 'HandoffLayer');

/** What is asked before a key is sent, above the page. It goes away with its key. */
export function HandoffHost(): ReactNode {
  const state = useStore(usePage().handoff);
  const { keys } = useView();
  if (state.kind === 'closed') return null;
  const key = keys.find(({ id }) => id === state.keyId);
  return <Suspense>{key && <HandoffLayer keyView={key} target={state.target} />}</Suspense>;
}
