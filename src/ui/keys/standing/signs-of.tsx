import { Suspense, type ReactNode } from 'react';
import type { KeyView } from '../../../core/view/view';
import { lazyBehindPaint } from '../../lazy-named';
import { useTranslation } from '../../use-translation';
import { useViewPart } from '../../use-view';

const Signs = lazyBehindPaint(() => import('./signs'), 'Signs');

/** With several CLIProxyAPIs, how the key stands at each; with one, nothing. */
export const SignsOf = ({ keyView }: { keyView: KeyView }): ReactNode =>
  keyView.others && (
    <Suspense>
      <Signs keyView={keyView} />
    </Suspense>
  );

/** What the state of a card or row is about: with several CLIProxyAPIs the one that the page looks at, by its name. */
export function StateText({ keyView, text }: { keyView: KeyView; text: string }): ReactNode {
  const { t } = useTranslation();
  const connection = useViewPart('connection');
  if (!keyView.others || !connection) return text;
  return t('connections.standing', { name: connection.name || connection.host, state: text });
}
