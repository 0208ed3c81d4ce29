import { RefreshCw, Search } from 'lucide-react';
import { useDeferredValue, useMemo, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { IconButton } from '../parts/button';
import { chatNames, isChat } from '../../core/aliases/proposed-models';

export interface ModelSearchState {
  text: string;
  setText(text: string): void;
  found: readonly string[];
}

/** Chat models first, in the relay's order. The search ignores case. */
export function useModelSearch(names: readonly string[]): ModelSearchState {
  const [text, setText] = useState('');
  const wanted = useDeferredValue(text.trim().toLowerCase());
  const ordered = useMemo(() => [...chatNames(names), ...names.filter((name) => !isChat(name))], [names]);
  const found = useMemo(
    () => (wanted ? ordered.filter((name) => name.toLowerCase().includes(wanted)) : ordered),
    [ordered, wanted],
  );
  return { text, setText, found };
}

/** Escape empties it, the arrow down goes on into the list; beside it the models are fetched again. */
export function ModelSearch({
  search: { text, setText },
  count,
  again,
}: {
  search: ModelSearchState;
  /** Of all that the relay offers. */
  count: number;
  again(): void;
}): ReactNode {
  const { t } = useTranslation();
  const label = t('dialog.searchModels', { count });
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      event.currentTarget
        .closest('section')
        ?.querySelector<HTMLElement>('[role="list"] [tabindex="0"]')
        ?.focus();
    } else if (event.key === 'Escape' && text) {
      event.stopPropagation();
      event.preventDefault();
      setText('');
    }
  };
  return (
    <div className="flex items-center gap-1">
      <label className="field flex-1">
        <Search size={16} className="flex-none text-ink-3" aria-hidden />
        <input
          type="search"
          value={text}
          aria-label={label}
          placeholder={label}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
      </label>
      <IconButton label={t('dialog.again')} onClick={again}>
        <RefreshCw size={16} aria-hidden />
      </IconButton>
    </div>
  );
}
