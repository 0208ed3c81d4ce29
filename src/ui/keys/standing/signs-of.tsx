import { Suspense, type ReactNode } from 'react';
import type { KeyView } from '../../../core/view/view';
import { lazyNamed } from '../../lazy-named';

const Signs = lazyNamed(() => import('./signs'), 'Signs');

/** With several CLIProxyAPIs, how the key stands at each; with one, nothing. */
export const SignsOf = ({ keyView }: { keyView: KeyView }): ReactNode =>
  keyView.others && (
    <Suspense>
      <Signs keyView={keyView} />
    </Suspense>
  );
