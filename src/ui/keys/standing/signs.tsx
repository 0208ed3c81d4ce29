import type { ReactNode } from 'react';
import type { KeyView } from '../../../core/view/view';
import { ConnectionSign } from '../../connection/sign';
import { nameOfConnection } from '../../../core/view/connections';
import { Status } from '../../parts/status';
import { useTranslation } from '../../use-translation';
import { useConnections } from '../../use-view';
import { standingAt } from '../../../core/view/key-index';
import { keyState } from '../state';

/** How a key stands at each CLIProxyAPI of several: a sign with its degree, and in words on hover and for screen readers. */
export function Signs({ keyView }: { keyView: KeyView }): ReactNode {
  const { t, i18n } = useTranslation();
  const all = useConnections();
  return (
    <span className="flex flex-none items-center gap-1.5">
      {all.map((connection) => {
        const { tone, text } = keyState(t, i18n.language, {
          ...keyView,
          ...standingAt(keyView, connection.id),
        });
        const words = t('connections.standing', { name: nameOfConnection(connection), state: text });
        return (
          <span
            key={connection.id}
            role="img"
            aria-label={words}
            data-tip={words}
            className="relative flex items-center gap-0.5"
          >
            <ConnectionSign connection={connection} />
            <Status tone={tone}>{null}</Status>
          </span>
        );
      })}
    </span>
  );
}
