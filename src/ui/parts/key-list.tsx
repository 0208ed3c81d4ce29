import { Search } from 'lucide-react';
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeyView, View } from '../../core/view';
import { keyState } from '../key-state';
import { usePage } from '../page-context';
import { useStartImport } from '../start-import';
import { Button } from './button';
import { cardKeys } from './card-keys';
import { KeyCard } from './key-card';

type Filter = 'all' | 'not-imported' | 'review';

/** More cards than this are drawn as the user scrolls near them. */
const BATCH = 60;

/** The keys with search, account and state filters; the same in the popup and on the page. */
export function KeyList({ view, wide, empty }: { view: View; wide?: boolean; empty: ReactNode }): ReactNode {
  const { t, i18n } = useTranslation();
  const [text, setText] = useState('');
  const [account, setAccount] = useState('');
  const [filter, setFilter] = useState<Filter>('all');
  const [most, setMost] = useState(BATCH);
  const [activeId, setActiveId] = useState('');
  const search = useRef<HTMLInputElement>(null);
  const act = useCardActions();

  const states = new Map(view.keys.map((key) => [key.id, keyState(t, i18n.language, key).group]));
  const found = view.keys.filter((key) => matches(key, text) && inAccount(key, account));
  const shown = found.filter((key) => passes(states.get(key.id)!, filter));
  const count = (wanted: Filter): number => found.filter((key) => passes(states.get(key.id)!, wanted)).length;
  const active = shown.some((key) => key.id === activeId) ? activeId : (shown[0]?.id ?? '');

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const typing = event.target instanceof HTMLInputElement;
    if (event.key === '/' && !typing) {
      event.preventDefault();
      search.current?.focus();
    } else if (event.key === 'Escape' && typing && text) {
      event.preventDefault();
      event.stopPropagation();
      setText('');
    } else if (event.key === 'ArrowDown' && event.target === search.current) {
      event.preventDefault();
      event.currentTarget.querySelector<HTMLElement>('[data-key]')?.focus();
    } else cardKeys(event, act);
  };

  if (view.keys.length === 0) return <>{empty}</>;
  return (
    <section className="flex min-h-0 flex-1 flex-col" aria-label={t('popup.keys')} onKeyDown={onKeyDown}>
      <div className={`flex gap-2 ${wide ? '' : 'px-3 pt-3'}`}>
        <label className="field flex-1">
          <Search size={16} className="flex-none text-ink-3" aria-hidden />
          <input
            ref={search}
            type="search"
            value={text}
            aria-label={t('popup.search')}
            placeholder={t(wide ? 'keysPage.search' : 'popup.search')}
            onChange={(event) => setText(event.target.value)}
          />
          <span className="kbd text-ink-3" aria-hidden="true">
            /
          </span>
        </label>
        {view.accounts.length > 0 && (
          <label className="field w-32 flex-none">
            <select
              aria-label={t('popup.account')}
              value={account}
              onChange={(event) => setAccount(event.target.value)}
            >
              <option value="">{t('popup.allAccounts')}</option>
              {view.accounts.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
              <option value="own">{t('popup.ownKeys')}</option>
            </select>
          </label>
        )}
      </div>
      <FilterChips wide={wide} filter={filter} onFilter={setFilter} count={count} />
      {shown.length === 0 ? (
        <NoMatch text={text} onClear={() => (setText(''), setFilter('all'), setAccount(''))} />
      ) : (
        <ul
          className={`grid content-start gap-2 overflow-y-auto pb-3 pt-0.5 ${wide ? 'grid-cols-[repeat(auto-fill,minmax(320px,1fr))]' : 'min-h-0 flex-1 grid-cols-[minmax(0,1fr)] px-3'}`}
          aria-label={t('popup.keys')}
          onScroll={(event) => {
            const list = event.currentTarget;
            if (list.scrollTop + list.clientHeight > list.scrollHeight - 600) setMost((now) => now + BATCH);
          }}
        >
          {shown.slice(0, wide ? shown.length : most).map((key) => (
            <KeyCard
              key={key.id}
              keyView={key}
              active={key.id === active}
              onFocus={() => setActiveId(key.id)}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

function FilterChips({
  wide,
  filter,
  onFilter,
  count,
}: {
  wide: boolean | undefined;
  filter: Filter;
  onFilter(filter: Filter): void;
  count(filter: Filter): number;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <div
      className={`flex gap-1.5 overflow-x-auto py-2 ${wide ? '' : 'px-3'}`}
      role="group"
      aria-label={t('popup.filter')}
    >
      {(['all', 'not-imported', 'review'] as const).map((kind) => (
        <button
          key={kind}
          type="button"
          className="chip"
          aria-pressed={filter === kind}
          onClick={() => onFilter(kind)}
        >
          {t(FILTER_NAMES[kind])} <span className="tabular-nums text-ink-3">{count(kind)}</span>
        </button>
      ))}
    </div>
  );
}

const FILTER_NAMES = {
  all: 'popup.all',
  'not-imported': 'popup.notImported',
  review: 'popup.review',
} as const;

const passes = (group: string, filter: Filter): boolean => filter === 'all' || group === filter;

const inAccount = (key: KeyView, account: string): boolean =>
  account === '' || (account === 'own' ? key.accountId === null : key.accountId === account);

/** Names, relays, groups and the shown ends of a key. */
function matches(key: KeyView, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return true;
  return [key.name, key.relayName, key.host, key.group, key.mask].some((part) =>
    part.toLowerCase().includes(wanted),
  );
}

function NoMatch({ text, onClear }: { text: string; onClear(): void }): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-12 text-center">
      <Search size={24} className="text-ink-3" aria-hidden />
      <b>{text ? t('popup.noMatch', { text }) : t('popup.nothingHere')}</b>
      {text && <p className="text-ink-2">{t('popup.noMatchHelp')}</p>}
      <Button look="primary" onClick={onClear}>
        {t(text ? 'popup.clearSearch' : 'popup.showAll')}
      </Button>
    </div>
  );
}

/** What a letter does on the focused card. */
function useCardActions(): (action: string, card: HTMLElement) => void {
  const { t } = useTranslation();
  const { view, imports } = usePage();
  const start = useStartImport();
  return (action, element) => {
    const state = view.getState();
    const key =
      state.kind === 'ready' ? state.view.keys.find(({ id }) => id === element.dataset['key']) : undefined;
    if (!key || key.running) return;
    if (action === 'import' || action === 'full') void start(key.id, action === 'full');
    if (action === 'copy') element.querySelector<HTMLElement>(`[aria-label="${t('card.copy')}"]`)?.click();
    if (action === 'undo' && key.card?.kind === 'proved' && key.card.importId)
      void imports.undo(key.card.importId, key.name);
  };
}
