import { ChevronDown } from 'lucide-react';
import { Suspense, type ReactNode } from 'react';
import type { Target } from '../../core/handoff/targets';
import type { KeyView } from '../../core/view/view';
import { useMenuButton } from '../dialogs/use-menu-button';
import { lazyNamed } from '../lazy-named';
import { Button } from '../parts/button';
import { useTranslation } from '../use-translation';

const SendMenu = lazyNamed(() => import('./send-menu'), 'SendMenu');

/** The targets of a key in words, in a menu. */
export function SendButton({
  keyView,
  targets,
}: {
  keyView: KeyView;
  targets: readonly Target[];
}): ReactNode {
  const { t } = useTranslation();
  const { open, close, anchor, props } = useMenuButton();
  return (
    <>
      <Button small look="quiet" {...props}>
        {t('handoff.heading')}
        <ChevronDown size={14} aria-hidden />
      </Button>
      <Suspense>
        {open && <SendMenu anchor={anchor} keyView={keyView} targets={targets} onClose={close} />}
      </Suspense>
    </>
  );
}
