import { useMemo, useState, useTransition, type ReactNode, type RefObject } from 'react';
import { useTranslation } from '../use-translation';
import type { Channel } from '../../core/channels/channel';
import { FilterChips, SearchField } from '../parts/list-controls';
import { GroupSelect, SortSelect } from '../parts/list-selects';
import { useMedia } from '../use-window';
import {
  CHANNEL_SORTS,
  CHANNEL_STATES,
  groupsOfChannels,
  type ChannelFilter,
  type FilteredChannels,
} from './filter';
import { WIDE } from './row/row';

interface Props {
  channels: readonly Channel[];
  filter: ChannelFilter;
  onFilter(filter: ChannelFilter): void;
  count: FilteredChannels['count'];
  search: RefObject<HTMLInputElement | null>;
  /** Beside the states. */
  children?: ReactNode;
}

/** Search, group and state; without a table's heads also the order. */
export function ChannelFilters({ channels, filter, onFilter, count, search, children }: Props): ReactNode {
  const { t } = useTranslation();
  const asTable = useMedia(WIDE);
  const groups = useMemo(() => groupsOfChannels(channels), [channels]);
  // The letter stands there at once; the rows follow, and the next letter does not wait for them.
  const [pending, follow] = useTransition();
  const [typed, setTyped] = useState('');
  return (
    <>
      <div className="flex flex-wrap gap-2">
        <SearchField
          field={search}
          text={pending ? typed : filter.text}
          onText={(text) => {
            setTyped(text);
            follow(() => onFilter({ ...filter, text }));
          }}
          label={t('channels.searchLabel')}
          placeholder={t('channels.search')}
          className="min-w-64"
        />
        <GroupSelect
          groups={groups}
          value={filter.group}
          onChange={(group) => onFilter({ ...filter, group })}
        />
        {!asTable && (
          <SortSelect
            filter={filter}
            onSort={(change) => onFilter({ ...filter, ...change })}
            choices={CHANNEL_SORTS.map((sort) => [sort, t(`channels.sort.${sort}`)])}
          />
        )}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <FilterChips
          states={CHANNEL_STATES}
          chosen={filter.state}
          onChoose={(state) => onFilter({ ...filter, state })}
          count={count}
          nameOf={(state) => t(`channels.state.${state}`)}
        />
        {children}
      </div>
    </>
  );
}
