import type { TFunction } from 'i18next';
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
import { sayMapped } from '../say';
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
 * What the relay behind the channel lists now, asked for as the dialog opens and again on a click: one list of what is new and
 * what is gone. A tick is a change of the field above; the diff at the foot of the dialog follows.
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
  const fresh = found?.filter(({ sign }) => sign === '+') ?? [];
  const gone = found?.filter(({ sign }) => sign === '−') ?? [];
  return (
    <div className="flex flex-col gap-1">
      <div className="flex flex-wrap items-center gap-2">
        <span role="status" className="flex-1 basis-40">
          {busy && !found ? (
            <Status tone="busy">{t('channels.upstream.comparing')}</Status>
          ) : (
            found && <b className="text-xs">{sayFound(t, fresh.length, gone.length)}</b>
          )}
        </span>
        <Button small busy={busy} onClick={() => void look()}>
          {t(found ? 'channels.upstream.again' : 'channels.upstream.fetch')}
        </Button>
      </div>
      {/* Nobody asked for it by a click, and nothing else here depends on it. */}
      {failure && (
        <div role="status">
          <FailureNote tone="warn" failure={failure} />
        </div>
      )}
      {found && found.length > 0 && <FoundList {...{ fresh, gone, typed, edit }} />}
    </div>
  );
}

const sayFound = (t: TFunction, added: number, gone: number): string =>
  added + gone === 0 ? t('channels.upstream.same') : t('channels.upstream.found', { added, gone });

/** Each with a box; where there are several of a kind, one click ticks all of it, unless no model would be left. */
function FoundList({
  fresh,
  gone,
  typed,
  edit,
}: Pick<Props, 'typed' | 'edit'> & { fresh: readonly Found[]; gone: readonly Found[] }): ReactNode {
  const { t } = useTranslation();
  const names = new Set(namesIn(typed.models));
  const put = (models: readonly string[]): void => edit({ models: models.join('\n') });
  const flip = (name: string): void => {
    const others = [...names].filter((one) => one !== name);
    put(others.length < names.size ? others : [...others, name]);
  };
  const lost = new Set(gone.map(({ name }) => name));
  const left = [...names].filter((name) => !lost.has(name));
  const found = [...fresh, ...gone];
  return (
    <>
      <div className="flex flex-col" style={{ height: Math.min(found.length, 6) * ROW }}>
        <VirtualList
          items={found}
          rowKey={({ sign, name }) => sign + name}
          height={ROW}
          label={t('channels.upstream.list')}
        >
          {({ sign, name, text }) => {
            const hint = t(sign === '+' ? 'channels.upstream.new' : 'channels.upstream.gone');
            return (
              <label className="flex min-h-7 cursor-pointer items-center gap-2">
                <input
                  type="checkbox"
                  checked={names.has(name) === (sign === '+')}
                  onChange={() => flip(name)}
                />
                <span
                  className={`mono cut flex-none ${sign === '+' ? 'text-ok' : 'text-danger'}`}
                  style={{ maxWidth: '60%' }}
                >
                  {sign} {text}
                </span>
                <span className="cut text-xs text-ink-2" title={hint}>
                  {hint}
                </span>
              </label>
            );
          }}
        </VirtualList>
      </div>
      <p className="text-xs text-ink-3">{t('channels.upstream.help')}</p>
      <div className="flex flex-wrap gap-3">
        {fresh.length > 1 && (
          <Button small look="link" onClick={() => put([...names, ...fresh.map(({ name }) => name)])}>
            {t('sync.allNew')}
          </Button>
        )}
        {gone.length > 1 && left.length > 0 && (
          <Button small look="link" onClick={() => put(left)}>
            {t('channels.upstream.allGone')}
          </Button>
        )}
      </div>
    </>
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
