import { RefreshCw, Search } from 'lucide-react';
import { useDeferredValue, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { modelFamily, modelKind } from '../../core/aliases/model-kind';
import { IconButton } from '../parts/button';
import { cutMiddle } from '../format';
import { chatNames, isChat } from '../../core/aliases/proposed-models';
import type { Choice } from './use-model-choice';
import { VirtualList } from '../dialogs/virtual-list';

/** The left column: the models that the relay offers. */
export function ModelPicker({ choice, again }: { choice: Choice; again(): void }): ReactNode {
  const { t } = useTranslation();
  const search = useModelSearch(choice);
  return (
    <section className="flex min-h-0 w-[272px] flex-none flex-col border-r border-line pt-3">
      <div className="flex items-center px-4">
        <h3 className="flex-1">{t('dialog.offers', { count: choice.names.length })}</h3>
        <IconButton label={t('dialog.again')} onClick={again}>
          <RefreshCw size={16} aria-hidden />
        </IconButton>
      </div>
      <div className="px-4 py-2">
        <ModelSearch search={search} />
      </div>
      <div className="px-4">
        <ChooseMany choice={choice} />
      </div>
      <FoundModels search={search} height={28}>
        {(name) => <PickRow name={name} choice={choice} />}
      </FoundModels>
    </section>
  );
}

function PickRow({ name, choice }: { name: string; choice: Choice }): ReactNode {
  const { t } = useTranslation();
  const kind = modelKind(name);
  const isDropped = !choice.chosen.has(name) && choice.isDropped(name);
  const tag = kind !== 'chat' ? t(`dialog.kind.${kind}`) : isDropped && t('dialog.byRules');
  return (
    <label className="flex min-h-7 cursor-pointer items-center gap-2 px-4 hover:bg-hover">
      <input type="checkbox" checked={choice.chosen.has(name)} onChange={() => choice.toggle(name)} />
      <span className="mono cut flex-1" title={name}>
        {cutMiddle(name, 30)}
      </span>
      {tag && <span className="rounded-full bg-sunken px-1.5 text-xs text-ink-2">{tag}</span>}
    </label>
  );
}

export interface ModelSearchState {
  text: string;
  setText(text: string): void;
  found: string[];
  /** Of all that the relay offers. */
  count: number;
}

/** Chat models first, in the relay's order. The search ignores case. */
export function useModelSearch(choice: Choice): ModelSearchState {
  const [text, setText] = useState('');
  const wanted = useDeferredValue(text.trim().toLowerCase());
  const ordered = useMemo(
    () => [...chatNames(choice.names), ...choice.names.filter((name) => !isChat(name))],
    [choice.names],
  );
  const found = useMemo(
    () => (wanted ? ordered.filter((name) => name.toLowerCase().includes(wanted)) : ordered),
    [ordered, wanted],
  );
  return { text, setText, found, count: choice.names.length };
}

export function ModelSearch({ search }: { search: ModelSearchState }): ReactNode {
  const { t } = useTranslation();
  const label = t('dialog.searchModels', { count: search.count });
  return (
    <label className="field">
      <Search size={16} className="flex-none text-ink-3" aria-hidden />
      <input
        type="search"
        value={search.text}
        aria-label={label}
        placeholder={label}
        onChange={(event) => search.setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || !search.text) return;
          event.stopPropagation();
          event.preventDefault();
          search.setText('');
        }}
      />
    </label>
  );
}

/** The rows of the models found, or a note that there are none. */
export function FoundModels({
  search,
  height,
  children,
}: {
  search: ModelSearchState;
  /** The height of a row in CSS pixels. */
  height: number;
  children(name: string): ReactNode;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      {search.found.length === 0 && (
        <p className="px-4 py-3 text-ink-3">{t('dialog.noMatch', { text: search.text })}</p>
      )}
      <VirtualList
        items={search.found}
        rowKey={(name) => name}
        height={height}
        label={t('dialog.offers', { count: search.count })}
      >
        {children}
      </VirtualList>
    </>
  );
}

/** Selects all chat models, all, none, or those of a vendor. */
export function ChooseMany({ choice }: { choice: Choice }): ReactNode {
  const { t } = useTranslation();
  const chat = useMemo(() => chatNames(choice.names), [choice.names]);
  const chosenChat = chat.filter((name) => choice.chosen.has(name)).length;
  const others = choice.names.length - chat.length;
  const all = chat.length > 0 && chosenChat === chat.length;
  const kept = [...choice.chosen].filter((name) => !isChat(name));
  return (
    <div className="border-b border-line pb-2">
      <div className="flex min-h-7 items-center gap-2">
        <label className="flex flex-1 cursor-pointer items-center gap-2">
          <input
            ref={(box) => {
              if (box) box.indeterminate = chosenChat > 0 && !all;
            }}
            type="checkbox"
            checked={all}
            onChange={() => choice.choose(all ? kept : [...chat, ...kept])}
          />
          {t('dialog.allChat')}
        </label>
        <span className="text-xs tabular-nums text-ink-3">
          {t('dialog.chosenOf', { chosen: choice.chosen.size, count: choice.names.length })}
        </span>
      </div>
      <div className="flex flex-wrap gap-1 pt-1" role="group" aria-label={t('dialog.families')}>
        <button type="button" className="chip" onClick={() => choice.choose([])}>
          {t('dialog.none')}
        </button>
        {others > 0 && (
          <button type="button" className="chip" onClick={() => choice.choose(choice.names)}>
            {t('dialog.all')}
          </button>
        )}
        <Families choice={choice} chat={chat} />
      </div>
    </div>
  );
}

function Families({ choice, chat }: { choice: Choice; chat: string[] }): ReactNode {
  const families = useMemo(() => {
    const groups = new Map<string, string[]>();
    for (const name of chat) {
      const family = modelFamily(name);
      if (family) groups.set(family, [...(groups.get(family) ?? []), name]);
    }
    return [...groups].sort((a, b) => b[1].length - a[1].length);
  }, [chat]);
  if (families.length < 2) return null;
  return families.map(([family, names]) => {
    const on = names.every((name) => choice.chosen.has(name));
    const toggle = (): void => {
      const next = new Set(choice.chosen);
      for (const name of names) {
        if (on) next.delete(name);
        else next.add(name);
      }
      choice.choose(next);
    };
    return (
      <button key={family} type="button" className="chip" aria-pressed={on} onClick={toggle}>
        {family} <span className="tabular-nums text-ink-3">{names.length}</span>
      </button>
    );
  });
}
