import { ChevronRight, Plus } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { RULE_KINDS, type RuleKind } from '../../core/aliases/rule-set';
import { Button } from '../parts/button';
import { itemsOf, menuKeys } from '../parts/list-keys';

/** Every kind of rule in plain words, each with what it makes of a name. */
export function AddRule({ onAdd }: { onAdd(kind: RuleKind): void }): ReactNode {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <div className="mt-2">
      <Button
        ref={button}
        data-add-rule
        aria-expanded={open}
        aria-haspopup="menu"
        onClick={() => setOpen(!open)}
      >
        <Plus size={14} aria-hidden />
        {t('aliases.addRule')}
        <ChevronRight size={14} className={open ? 'rotate-90' : ''} aria-hidden />
      </Button>
      {open && (
        <div
          ref={focusFirst}
          role="menu"
          tabIndex={-1}
          aria-label={t('aliases.addRule')}
          className="mt-1 grid rounded-md border border-line bg-surface p-1 shadow-pop sm:grid-cols-2"
          onKeyDown={(event) => menuKeys(event, close)}
          onBlur={({ currentTarget, relatedTarget }) => {
            // A press of the button closes it by itself.
            if (!currentTarget.contains(relatedTarget) && relatedTarget !== button.current) setOpen(false);
          }}
        >
          {RULE_KINDS.map((kind) => (
            <button
              key={kind}
              type="button"
              role="menuitem"
              tabIndex={-1}
              className="rounded-sm px-2.5 py-1.5 text-left hover:bg-hover focus-visible:-outline-offset-2"
              onClick={() => {
                setOpen(false);
                onAdd(kind);
              }}
            >
              <b className="block">{t(`aliases.kind.${kind}.name`)}</b>
              <span className="block text-xs text-ink-2">{t(`aliases.kind.${kind}.example`)}</span>
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

const focusFirst = (menu: HTMLElement | null): void => {
  if (menu) itemsOf(menu)[0]?.focus();
};
