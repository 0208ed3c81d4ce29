import { Ellipsis } from 'lucide-react';
import { Suspense, useState, type ReactNode, type SyntheticEvent } from 'react';
import type { KeyView } from '../../core/view/view';
import { lazyNamed } from '../lazy-named';
import { IconButton } from '../parts/button';
import { useMenuButton } from '../dialogs/use-menu-button';
import { useTranslation } from '../use-translation';
import { useViewPart } from '../use-view';

const EntryDialog = lazyNamed(() => import('../entries/dialog'), 'EntryDialog');
const KeyDialog = lazyNamed(() => import('./dialog'), 'KeyDialog');
const MoreMenu = lazyNamed(() => import('./more-menu'), 'MoreMenu');

const stop = (event: SyntheticEvent): void => event.stopPropagation();

/** Everything else that can be done with a key, in a menu. */
export function MoreButton({
  keyView,
  onRemove,
}: {
  keyView: KeyView;
  onRemove: (() => void) | undefined;
}): ReactNode {
  const { t } = useTranslation();
  const connection = useViewPart('connection');
  const { open, close, anchor, props } = useMenuButton();
  const [dialog, setDialog] = useState<'manage' | 'edit'>();
  const away = (): void => setDialog(undefined);
  const isThere = keyView.card !== null || keyView.presence !== 'absent';
  return (
    <>
      <IconButton label={t('handoff.more')} {...props}>
        <Ellipsis size={16} aria-hidden />
      </IconButton>
      <Suspense>
        {open && (
          <MoreMenu
            anchor={anchor}
            keyView={keyView}
            onEdit={() => setDialog('edit')}
            onManage={connection?.hasKey && isThere ? () => setDialog('manage') : undefined}
            onRemove={onRemove}
            onClose={close}
          />
        )}
        {dialog && (
          // Keys and clicks in the dialog must not reach the card around it.
          <span role="presentation" className="contents" onKeyDown={stop} onClick={stop} onPointerDown={stop}>
            {dialog === 'edit' ? (
              <KeyDialog keyView={keyView} onClose={away} />
            ) : (
              <EntryDialog keyId={keyView.id} name={keyView.name} onClose={away} />
            )}
          </span>
        )}
      </Suspense>
    </>
  );
}
