import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';

const LOOK = {
  small: 'gap-2 px-4 pb-1 pt-4',
  full: 'flex-none gap-3 border-b border-line py-3 pl-5 pr-4',
};

/** Title and close button of a dialog. */
export function SheetHead({
  title,
  about,
  look = 'small',
  takesFocus = false,
}: {
  title: string;
  /** Under the title. */
  about?: ReactNode;
  look?: keyof typeof LOOK;
  /** The title is news: it takes the focus when it comes, and is read out. */
  takesFocus?: boolean;
}): ReactNode {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (takesFocus) heading.current?.focus();
  }, [takesFocus]);
  return (
    <header className={`flex items-start ${LOOK[look]}`}>
      <div className="min-w-0 flex-1">
        <Dialog.Title
          ref={heading}
          className="text-lg outline-none [overflow-wrap:anywhere]"
          {...(takesFocus && { tabIndex: -1 })}
        >
          {title}
        </Dialog.Title>
        {about && <div className="mt-1 max-w-[560px]">{about}</div>}
      </div>
      <Dialog.Close data-gives-up className="icon-btn" aria-label={t('common.close')}>
        <X size={16} aria-hidden />
      </Dialog.Close>
    </header>
  );
}
