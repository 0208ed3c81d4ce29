import { Suspense, type ReactNode } from 'react';
import { nameOfConnection } from '../../../core/view/connections';
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

/** The state of a card or row; with several CLIProxyAPIs it says which one has the key, or has it not. */
export function StateText({ keyView, text }: { keyView: KeyView; text: string }): ReactNode {
  const { t } = useTranslation();
  const connection = useViewPart('connection');
  const { others, running, card, status, presence } = keyView;
  const isOther = running !== null || card !== null || status !== 'enabled' || presence === 'unknown';
  if (!others || !connection || isOther) return text;
  return t(`connections.${presence}`, { name: nameOfConnection(connection) });
}
