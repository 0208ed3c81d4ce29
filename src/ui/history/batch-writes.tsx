import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type {
  BatchHistoryItem,
  ChannelBatchHistoryItem,
  ChannelHistoryItem,
  ProviderHistoryItem,
} from '../../core/history/history';
import { ChannelRows } from '../channel-import/rows';
import { Disclosure } from '../dialogs/disclosure';
import { Names, PlanRows } from '../dialogs/plan-rows';
import { VirtualList } from '../dialogs/virtual-list';
import { Note } from '../parts/note';
import { UndoButton } from './undo-button';
import { WriteStatus } from './described';

/** So many providers need no scrolling of their own. */
const FEW = 20;

/** The providers of a batch; each opens to its keys, to what was changed, and to an undo of its own. */
export function BatchWrites({ item }: { item: BatchHistoryItem }): ReactNode {
  const { t } = useTranslation();
  const { providers, missing, places } = item;
  return (
    <>
      {missing > 0 && <Note tone="warn">{t('history.missing', { count: missing })}</Note>}
      <Writes items={providers} label={t('history.providers')}>
        {(provider) => <ProviderWrite item={provider} named={places.length > 1} />}
      </Writes>
    </>
  );
}

/** The channels that were edited or switched at once, likewise. */
export function ChannelBatch({ item: { channels } }: { item: ChannelBatchHistoryItem }): ReactNode {
  const { t } = useTranslation();
  return (
    <Writes items={channels} label={t('history.channels.list')}>
      {(channel) => <ChannelWrite item={channel} />}
    </Writes>
  );
}

function Writes<T extends { id: string }>({
  items,
  label,
  children,
}: {
  items: readonly T[];
  label: string;
  children(item: T): ReactNode;
}): ReactNode {
  return items.length > FEW ? (
    <div className="flex h-[420px] max-h-[50vh] flex-col rounded-md border border-line">
      <VirtualList items={items} rowKey={({ id }) => id} height={62} label={label}>
        {children}
      </VirtualList>
    </div>
  ) : (
    <ul className="divide-y divide-line rounded-md border border-line" aria-label={label}>
      {items.map((item) => (
        <li key={item.id}>{children(item)}</li>
      ))}
    </ul>
  );
}

function ChannelWrite({ item }: { item: ChannelHistoryItem }): ReactNode {
  const { channelId, channelName, changes } = item;
  return (
    <div className="flex flex-col gap-1 px-3 py-2">
      <Disclosure title={channelName} about={channelId === null ? '' : `#${channelId}`}>
        <div className="flex flex-col gap-2">
          <ChannelRows changes={changes} />
          <UndoButton item={item} />
        </div>
      </Disclosure>
      <WriteStatus item={item} />
    </div>
  );
}

function ProviderWrite({
  item,
  named,
}: {
  item: ProviderHistoryItem;
  /** It went to several CLIProxyAPIs, so that each is named. */
  named: boolean;
}): ReactNode {
  const { t } = useTranslation();
  const { keys, providerName, changes, proxyHost } = item;
  const count = t('common.keys', { count: keys.length });
  const names = keys.map(({ name, mask }) => (name === null ? t('history.goneKey') : `${name} ${mask}`));
  return (
    <div className="flex flex-col gap-1 px-3 py-2">
      <Disclosure title={providerName} about={named ? `${proxyHost} · ${count}` : count}>
        <div className="flex flex-col gap-2">
          <Names names={names} />
          <PlanRows changes={changes} />
          <UndoButton item={item} />
        </div>
      </Disclosure>
      <WriteStatus item={item} />
    </div>
  );
}
