import type { Failure } from '../../core/failures/failure';
import { handoffOf, type Handoff } from '../../core/handoff/handoff';
import type { KeyView } from '../../core/view/view';
import { usePage } from '../page-context';
import { useRequest } from '../use-request';

export interface HandOver {
  keyView: KeyView;
  /** Gets the key, which is revealed first if it is masked, and uses it once. */
  hand(use: (handoff: Handoff) => Promise<void> | void): Promise<void>;
  busy: boolean;
  failure: Failure | null;
}

/** For dialogs that send a key: a failure stays in the dialog, where the next try is. */
export function useHandOver(keyView: KeyView): HandOver {
  const { ask, handoff } = usePage();
  const { run, busy, failure } = useRequest();
  return {
    keyView,
    busy,
    failure,
    hand: (use) =>
      handoff.alone(async () => {
        const text = await run(() => ask('key.text', { keyId: keyView.id }));
        if (text.ok) await use(handoffOf(keyView, text.value));
      }),
  };
}
