import { Suspense, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { lazyNamed } from '../lazy-named';
import { usePage } from '../page-context';
import { useView } from '../use-view';

const HandoffLayer = lazyNamed(() => import('../handoff/handoff-layer'), 'HandoffLayer');
const ChannelLayer = lazyNamed(() => import('../channel-import/layer'), 'ChannelLayer');
const LostDialog = lazyNamed(() => import('../channel-import/conflict-dialog'), 'LostDialog');

/** The question before a key is sent, above the page. Disappears with the key. */
export function HandoffHost(): ReactNode {
  const state = useStore(usePage().handoff);
  const { keys } = useView();
  if (state.kind === 'closed') return null;
  const key = state.kind === 'asking' ? keys.find(({ id }) => id === state.keyId) : undefined;
  return (
    <Suspense>
      {state.kind === 'lost' ? (
        <LostDialog lost={state} />
      ) : (
        key &&
        (state.target === 'new-api' ? (
          <ChannelLayer keyView={key} />
        ) : (
          <HandoffLayer keyView={key} target={state.target} />
        ))
      )}
    </Suspense>
  );
}
