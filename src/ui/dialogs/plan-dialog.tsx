import { Dialog } from '@base-ui/react/dialog';
import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import { useTranslation } from '../use-translation';
import { DialogShell } from './dialog-shell';
import { inTopDialog } from './focus';
import { SheetHead } from './sheet-head';

/** The dialog's search, or the list to type in. */
const searchOrList = (): HTMLElement | null => inTopDialog('input[type="search"], textarea');

/** `short`: a sheet. `full`: models with the plan beside them. `wide`: about many keys, in a frame that has the title. */
type Form = 'short' | 'full' | 'wide';

/** The frame of a plan, above the page. `children` sets `primary` on the button that takes the focus. */
export function PlanShell({
  full,
  onClose,
  goBack = (from) => from,
  children,
}: {
  full: boolean;
  onClose(): void;
  /** Where the focus goes in the end, from where it was in the beginning. */
  goBack?: (from: HTMLElement | null) => HTMLElement | null;
  children(primary: RefObject<HTMLButtonElement | null>): ReactNode;
}): ReactNode {
  const primary = useRef<HTMLButtonElement>(null);
  // Read before the dialog takes the focus, which goes back here when it closes.
  const [from] = useState(() => document.activeElement as HTMLElement | null);
  return (
    <DialogShell
      size={full ? 'full' : 'small'}
      onClose={onClose}
      initialFocus={full ? searchOrList : primary}
      finalFocus={() => goBack(from)}
    >
      {children(primary)}
    </DialogShell>
  );
}

const LOOK: Record<Form, { body: string; foot: string }> = {
  short: {
    body: 'flex min-h-0 flex-1 flex-col gap-2.5 overflow-y-auto px-4 pb-3 pt-1',
    foot: 'flex-wrap justify-end items-center px-4',
  },
  full: { body: 'flex min-h-0 flex-1', foot: 'items-center px-5' },
  wide: {
    body: 'flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto px-4 pb-4 pt-1',
    foot: 'justify-end px-4',
  },
};

/** A plan with its head and foot. */
export function PlanDialog({
  form,
  title = '',
  about,
  aside,
  below,
  lead,
  cancel,
  action,
  idle = false,
  primary,
  children,
}: {
  form: Form;
  title?: string;
  /** Under the title of the full form. */
  about?: ReactNode;
  /** Beside the models. */
  aside?: ReactNode;
  /** Under the models, where there is no room beside them. */
  below?: ReactNode;
  /** Leftmost in the foot. */
  lead?: ReactNode;
  /** The words for “Cancel”. */
  cancel?: string;
  /** The button that carries the plan out. */
  action: ReactNode;
  /** There is nothing to write: to close comes last, and first to the eye. */
  idle?: boolean;
  /** Takes the focus when the plan comes, which is later than the dialog. */
  primary?: RefObject<HTMLButtonElement | null>;
  children: ReactNode;
}): ReactNode {
  const { t } = useTranslation();
  const full = form === 'full';
  useEffect(() => {
    if (full) searchOrList()?.focus();
    else primary?.current?.focus();
  }, [full, primary]);
  const { body, foot } = LOOK[form];
  return (
    <>
      {form !== 'wide' && <SheetHead title={title} about={about} look={full ? 'full' : 'small'} />}
      <div className={body}>
        {children}
        {aside !== undefined && (
          <aside className="flex w-[312px] flex-none flex-col gap-2.5 overflow-y-auto border-l border-line bg-sunken p-4">
            {aside}
          </aside>
        )}
      </div>
      {below}
      <div className={`flex flex-none gap-2 border-t border-line py-3 ${foot}`}>
        {lead}
        {!idle && (
          <Dialog.Close data-gives-up className={full ? 'btn ml-auto' : 'btn'}>
            {cancel ?? t('common.cancel')}
          </Dialog.Close>
        )}
        {action}
        {idle && (
          <Dialog.Close ref={primary} className="btn primary">
            {t('common.close')}
          </Dialog.Close>
        )}
      </div>
    </>
  );
}

/** The dialog before there is a plan, or when there is none. `action`: the remedy. */
export function NoPlan({
  title,
  cancel,
  action,
  children,
}: {
  title: string;
  cancel?: string;
  action?: ReactNode;
  children: ReactNode;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <SheetHead title={title} />
      <div className="flex flex-col gap-3 overflow-y-auto px-4 pb-4 pt-1">
        {children}
        <div className="flex justify-end gap-2">
          <Dialog.Close className="btn">{cancel ?? t('common.cancel')}</Dialog.Close>
          {action}
        </div>
      </div>
    </>
  );
}
