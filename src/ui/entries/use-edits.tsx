import { ChevronDown } from 'lucide-react';
import { Suspense, useState, type ReactNode } from 'react';
import { lazyNamed } from '../lazy-named';
import { Button } from '../parts/button';
import { useMenuButton } from '../dialogs/use-menu-button';
import { useTranslation } from '../use-translation';
import { usePlace, useView } from '../use-view';
import type { EditsOrder, ChosenIds } from './use-edits-flow';

const EditsMenu = lazyNamed(() => import('./edits-menu'), 'EditsMenu');
const EditsDialog = lazyNamed(() => import('./edits-dialog'), 'EditsDialog');

/**
 * The menu of what can be done in CLIProxyAPI with all that is selected, and its dialog, which stands apart: it outlives
 * the bar with the button.
 */
export function useEdits(
  chosen: () => ChosenIds,
  onDone: () => void,
): {
  button(props: { small?: boolean; className?: string; disabled?: boolean }): ReactNode;
  dialog: ReactNode;
} {
  const { t } = useTranslation();
  const { connection } = useView();
  const place = usePlace();
  const menu = useMenuButton();
  const [order, setOrder] = useState<Omit<EditsOrder, 'onDone'> | null>(null);
  const close = (): void => setOrder(null);
  return {
    button: (props) =>
      connection?.hasKey && (
        <>
          <Button {...props} {...menu.props}>
            {t('edits.change', { place })}
            <ChevronDown size={14} aria-hidden />
          </Button>
          <Suspense>
            {menu.open && (
              <EditsMenu
                anchor={menu.anchor}
                onClose={menu.close}
                onChoose={(name) => setOrder({ ...chosen(), editId: crypto.randomUUID(), name })}
              />
            )}
          </Suspense>
        </>
      ),
    dialog: (
      <Suspense>
        {order && (
          <EditsDialog
            key={order.editId}
            order={{
              ...order,
              onDone() {
                close();
                onDone();
              },
            }}
            onClose={close}
          />
        )}
      </Suspense>
    ),
  };
}
