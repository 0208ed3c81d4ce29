import { ChevronRight, Plus } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import { useTranslation } from '../use-translation';
import { RULE_KINDS, type RuleKind } from '../../core/aliases/rule-set';
import { Button } from '../parts/button';
import { menuKeys } from '../parts/list-keys';

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
        <Kinds
          button={button}
          onChoose={(kind) => {
            setOpen(false);
            onAdd(kind);
          }}
          onClose={close}
          onLeave={() => setOpen(false)}
        />
      )}
    </div>
  );
}

function Kinds({
  button,
  onChoose,
  onClose,
  onLeave,
}: {
  button: RefObject<HTMLElement | null>;
  onChoose(kind: RuleKind): void;
  onClose(): void;
  /** The focus went elsewhere by itself. */
  onLeave(): void;
}): ReactNode {
  const { t } = useTranslation();
  const menu = useRef<HTMLDivElement>(null);
  useEffect(() => menu.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus(), []);
  return (
    <div
      ref={menu}
      role="menu"
      tabIndex={-1}
      aria-label={t('aliases.addRule')}
      className="mt-1 grid rounded-md border border-line bg-surface p-1 shadow-pop sm:grid-cols-2"
      onKeyDown={(event) => menuKeys(event, onClose)}
      onBlur={({ currentTarget, relatedTarget }) => {
        // A press of the button closes it by itself.
        if (!currentTarget.contains(relatedTarget) && relatedTarget !== button.current) onLeave();
      }}
    >
      {RULE_KINDS.map((kind) => (
        <button
          key={kind}
          type="button"
          role="menuitem"
          tabIndex={-1}
          className="rounded-sm px-2.5 py-1.5 text-left hover:bg-hover focus-visible:-outline-offset-2"
          onClick={() => onChoose(kind)}
        >
          <b className="block">{t(`aliases.kind.${kind}.name`)}</b>
          <span className="block text-xs text-ink-2">{t(`aliases.kind.${kind}.example`)}</span>
        </button>
      ))}
    </div>
  );
}
