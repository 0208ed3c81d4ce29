import { ArrowDownUp, Search } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '../../../core/channel';
import { IconButton } from '../../parts/button';
import { useMedia } from '../../use-media';
import {
  CHANNEL_SORTS,
  CHANNEL_STATES,
  groupsOfChannels,
  type ChannelFilter,
  type ChannelSort,
  type FilteredChannels,
} from './channel-filter';
import { WIDE } from './channel-row';

interface Props {
  channels: readonly Channel[];
  filter: ChannelFilter;
  onFilter(filter: ChannelFilter): void;
  count: FilteredChannels['count'];
  search: RefObject<HTMLInputElement | null>;
}

/** Search, group and state; without a table's heads also the order. */
export function ChannelFilters({ channels, filter, onFilter, count, search }: Props): ReactNode {
  const { t } = useTranslation();
  const asTable = useMedia(WIDE);
  const groups = groupsOfChannels(channels);
  return (
    <>
      <div className="flex flex-wrap gap-2">
        <label className="field min-w-64 flex-1">
          <Search size={16} className="flex-none text-ink-3" aria-hidden />
          <input
            ref={search}
            type="search"
            value={filter.text}
            aria-label={t('channels.searchLabel')}
            placeholder={t('channels.search')}
            onChange={({ target }) => onFilter({ ...filter, text: target.value })}
          />
          <span className="kbd text-ink-3" aria-hidden="true">
            /
          </span>
        </label>
        {groups.length > 1 && (
          <label className="field w-36 flex-none">
            <select
              aria-label={t('keysPage.group')}
              value={filter.group ?? ''}
              onChange={({ target }) => onFilter({ ...filter, group: target.value || null })}
            >
              <option value="">{t('keysPage.allGroups')}</option>
              {groups.map((group) => (
                <option key={group} value={group}>
                  {group}
                </option>
              ))}
            </select>
          </label>
        )}
        {!asTable && <Sort filter={filter} onFilter={onFilter} />}
      </div>
      <div className="flex gap-1.5 overflow-x-auto py-2" role="group" aria-label={t('popup.filter')}>
        {CHANNEL_STATES.map((state) => (
          <button
            key={state}
            type="button"
            className="chip"
            aria-pressed={filter.state === state}
            onClick={() => onFilter({ ...filter, state })}
          >
            {t(`channels.state.${state}`)} <span className="tabular-nums text-ink-3">{count(state)}</span>
          </button>
        ))}
      </div>
    </>
  );
}

function Sort({ filter, onFilter }: Pick<Props, 'filter' | 'onFilter'>): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <label className="field w-36 flex-none">
        <select
          aria-label={t('keysPage.sortBy')}
          value={filter.sort}
          onChange={({ target }) => onFilter({ ...filter, sort: target.value as ChannelSort })}
        >
          {CHANNEL_SORTS.map((sort) => (
            <option key={sort} value={sort}>
              {t(`channels.sort.${sort}`)}
            </option>
          ))}
        </select>
      </label>
      <IconButton
        label={t('keysPage.turnOrder')}
        aria-pressed={filter.down}
        onClick={() => onFilter({ ...filter, down: !filter.down })}
      >
        <ArrowDownUp size={16} aria-hidden />
      </IconButton>
    </>
  );
}
