import { useEffect, useEffectEvent, useState, type ReactNode } from 'react';
import type { Channel } from '../../core/channels/channel';
import type { ChannelsView } from '../../core/channels/view';
import type { NewApiView } from '../../core/new-api/view';
import { findChanges } from '../../core/sync/model-sync';
import { VirtualList } from '../dialogs/virtual-list';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { FailureNote } from '../parts/failure-text';
import { Status } from '../parts/status';
import { Note } from '../parts/note';
import { sayMapped, sayNames } from '../say';
import { useRequest } from '../use-request';
import { useTranslation } from '../use-translation';
import { mappingOf, namesIn, type ChannelTyped } from './draft';

interface Props {
  newApi: NewApiView;
  site: ChannelsView['site'];
  channel: Channel;
  typed: ChannelTyped;
  edit(change: Partial<ChannelTyped>): void;
}

/** A name that has come or gone; `text` also says what it is mapped to. */
interface Found {
  sign: '+' | '−';
  name: string;
  text: string;
}

const ROW = 28;

/**
 * What the relay behind the channel lists now, asked for as the dialog opens and again on a click: what is new can be ticked
 * in, and what is gone is warned of and ticked out.
 */
export function Upstream({ newApi, site, channel, typed, edit }: Props): ReactNode {
  const { t } = useTranslation();
  const { ask } = usePage();
  const { busy, failure, run } = useRequest();
  const [found, setFound] = useState<Found[] | null>(null);
  const look = async (): Promise<void> => {
    const about = { newApiId: newApi.id, workId: crypto.randomUUID(), channelId: channel.id };
    const listed = await run(() => ask('channels.upstream', about));
    setFound(listed.ok ? foundIn(typed, listed.value, newApi, channel, site) : null);
  };
  const onOpen = useEffectEvent(look);
  useEffect(() => {
    const opened = setTimeout(() => void onOpen());
    return () => clearTimeout(opened);
  }, []);
  const names = new Set(namesIn(typed.models));
  const flip = (name: string): void => {
    const others = [...names].filter((one) => one !== name);
    edit({ models: (others.length < names.size ? others : [...others, name]).join('\n') });
  };
  const gone = (found ?? []).filter(({ sign, name }) => sign === '−' && names.has(name));
  const fresh = found?.filter(({ sign }) => sign === '+') ?? [];
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <Button small busy={busy} onClick={() => void look()}>
          {t('channels.upstream.fetch')}
        </Button>
        {busy && !found && <Status tone="busy">{t('channels.upstream.comparing')}</Status>}
        {found && (
          <span role="status" className="text-xs text-ink-2">
            {found.length === 0
              ? t('channels.upstream.same')
              : t('channels.upstream.found', { added: fresh.length, gone: found.length - fresh.length })}
          </span>
        )}
        {fresh.length > 1 && (
          <Button
            small
            look="link"
            onClick={() => edit({ models: [...names, ...fresh.map(({ name }) => name)].join('\n') })}
          >
            {t('sync.allNew')}
          </Button>
        )}
      </div>
      {/* Nobody asked for it by a click, and nothing else here depends on it. */}
      {failure && (
        <div role="status">
          <FailureNote tone="warn" failure={failure} />
        </div>
      )}
      <GoneNote {...{ gone, names, edit }} />
      {found && found.length > 0 && <FoundList {...{ found, names, flip }} />}
    </div>
  );
}

/** Models that the channel has and the relay does not list; a click takes them out, unless nothing would be left. */
function GoneNote({
  gone,
  names,
  edit,
}: Pick<Props, 'edit'> & { gone: readonly Found[]; names: ReadonlySet<string> }): ReactNode {
  const { t } = useTranslation();
  if (gone.length === 0) return null;
  const lost = gone.map(({ name }) => name);
  const without = [...names].filter((name) => !lost.includes(name));
  return (
    <Note tone="warn">
      {t('channels.upstream.gone', { count: gone.length, names: sayNames(t, lost, 8) })}{' '}
      {without.length > 0 && (
        <Button small look="link" onClick={() => edit({ models: without.join('\n') })}>
          {t('channels.upstream.takeOut', { count: gone.length })}
        </Button>
      )}
    </Note>
  );
}

/** What is new, and what is gone; a tick is a change of the field above. */
function FoundList({
  found,
  names,
  flip,
}: {
  found: readonly Found[];
  names: ReadonlySet<string>;
  flip(name: string): void;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="flex flex-col" style={{ height: Math.min(found.length, 6) * ROW }}>
      <VirtualList
        items={found}
        rowKey={({ sign, name }) => sign + name}
        height={ROW}
        label={t('channels.upstream.list')}
      >
        {({ sign, name, text }) => (
          <label className="flex min-h-7 cursor-pointer items-center gap-2">
            <input type="checkbox" checked={names.has(name) === (sign === '+')} onChange={() => flip(name)} />
            <span className={sign === '+' ? 'text-ok' : 'text-danger'}>
              {t(sign === '+' ? 'channels.upstream.add' : 'channels.upstream.remove')}
            </span>
            <span className="mono cut">{text}</span>
          </label>
        )}
      </VirtualList>
    </div>
  );
}

/** Compared with what stands in the fields, so that nothing is proposed twice. */
function foundIn(
  { models, mapping }: ChannelTyped,
  listed: readonly string[],
  { sync }: NewApiView,
  channel: Channel,
  { chains }: ChannelsView['site'],
): Found[] {
  const names = {
    models: namesIn(models).join(','),
    mapping: (mapping === null ? undefined : mappingOf(mapping)) ?? channel.mapping,
  };
  const { added, removed, renamed } = findChanges(names, listed, sync.rules, {
    manyKeys: channel.manyKeys,
    chains,
  });
  const gone = [...removed, ...renamed.map(({ name, from }) => ({ name, upstream: from }))];
  return [
    ...[...renamed.map(({ to }) => to), ...added].map((name): Found => ({ sign: '+', name, text: name })),
    ...gone.map(({ name, upstream }): Found => ({ sign: '−', name, text: sayMapped(name, upstream) })),
  ];
}
