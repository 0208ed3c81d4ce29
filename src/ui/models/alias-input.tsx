import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { ChosenModel } from '../../core/aliases/alias-models';
import type { Choice } from './use-model-choice';

/**
 * The alias of one model while it is edited. The alias changes with every letter, and empty gives way to the rules. Enter
 * keeps it and Escape takes it back; the focus then stays in the row.
 */
export function AliasInput({
  model: { name, alias, typed },
  choice,
  onDone,
}: {
  model: ChosenModel;
  choice: Choice;
  onDone(): void;
}): ReactNode {
  const { t } = useTranslation();
  const [text, setText] = useState(alias);
  const [before] = useState(typed ? alias : '');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') choice.typeAlias(name, before);
    const row = event.currentTarget.closest('[data-index]');
    onDone();
    requestAnimationFrame(() => row?.querySelector<HTMLElement>('[data-edit]')?.focus());
  };
  return (
    <input
      ref={field}
      className="mono h-7 min-w-0 flex-1 rounded-xs border-0 border-b border-control bg-sunken px-2 focus:bg-surface"
      aria-label={t('dialog.alias', { name })}
      value={text}
      spellCheck={false}
      autoComplete="off"
      onBlur={onDone}
      onKeyDown={onKeyDown}
      onChange={({ target }) => {
        setText(target.value);
        choice.typeAlias(name, target.value);
      }}
    />
  );
}
