import { useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { SyncChoice } from '../../core/sync/model-sync';
import { Button } from '../parts/button';
import { Monogram } from '../parts/monogram';
import { Status, type StatusTone } from '../parts/status';
import { sayMapped, sayWhole } from '../say';
import { toggled } from './choice';
import { isOpen, type Sync, type SyncItem } from './use-sync';
import type { Skip } from './use-skip';

/** Ticks that are drawn before the rest is asked for. */
const SHOWN = 12;

/** One channel of a run: why it could not be read, or what has come, gone and changed its name. */
export function SyncChannel({
  item,
  sync,
  skip,
  onRules,
}: {
  item: SyncItem;
  sync: Sync;
  skip: Skip;
  /** Opens the rules of this channel. */
  onRules(channelId: number): void;
}): ReactNode {
  const { t } = useTranslation();
  const { channelId, name, found } = item.synced;
  const skipped = skip.ids.has(channelId);
  return (
    <section className="panel p-4" aria-label={name}>
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Monogram small name={name} />
        <b className="cut flex-1 basis-40">{name}</b>
        <span className="ml-auto flex items-center gap-2">
          {!item.synced.failure && (
            <span className="text-xs tabular-nums text-ink-3">
              {t('sync.counts', {
                added: found.added.length,
                removed: found.removed.length,
                renamed: found.renamed.length,
              })}
            </span>
          )}
          <Button small look="quiet" onClick={() => onRules(channelId)}>
            {t('sync.one.open')}
          </Button>
          <Button small look="quiet" aria-pressed={skipped} onClick={() => skip.toggle(channelId)}>
            {t(skipped ? 'sync.unskip' : 'sync.skip')}
          </Button>
        </span>
      </div>
      <State item={item} />
      <Ticks item={item} sync={sync} />
    </section>
  );
}

/** Why there is nothing to tick, or how it came out. */
function State({ item: { synced, standing, result } }: { item: SyncItem }): ReactNode {
  const { t, i18n } = useTranslation();
  const failure = result?.kind === 'failed' ? result.failure : synced.failure;
  const say = (tone: StatusTone, text: string, live = false): ReactNode => (
    <Status tone={tone} live={live}>
      {text}
    </Status>
  );
  if (failure) {
    const text = sayWhole(t, failure, i18n.language);
    return result ? say('danger', text, true) : say('warn', `${text} ${t('sync.nothingProposed')}`, true);
  }
  if (result?.kind === 'done') return say('ok', t('sync.applied'), true);
  if (result?.kind === 'not-tried') return say('none', t('channels.notTried'));
  if (standing !== 'same') return say('none', t(`sync.${standing}`));
  return synced.applied.length > 0 && say('ok', t('sync.bySchedule', { count: synced.applied.length }));
}

interface Tick {
  key: string;
  sign: '+' | '~' | '−';
  text: string;
  on: boolean;
  flip(): void;
}

const TONE = { '+': 'text-ok', '~': 'text-warn', '−': 'text-danger' } as const;

function Ticks({ item, sync }: { item: SyncItem; sync: Sync }): ReactNode {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const ticks = useTicks(item, sync);
  if (!isOpen(item) || ticks.length === 0) return null;
  const shown = all ? ticks : ticks.slice(0, SHOWN);
  const { added } = item.synced.found;
  const every = item.choice.add.length === added.length;
  return (
    <>
      <ul className="mt-2 grid gap-x-6 sm:grid-cols-2">
        {shown.map(({ key, sign, text, on, flip }) => (
          <li key={key}>
            <label className="flex min-h-7 cursor-pointer items-center gap-2">
              <input type="checkbox" checked={on} disabled={sync.busy !== null} onChange={flip} />
              <span className={TONE[sign]} aria-hidden>
                {sign}
              </span>
              <span className="sr-only">{t(`change.sign.${sign}`)}</span>
              <span className="mono min-w-0 [overflow-wrap:anywhere]">{text}</span>
            </label>
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-3">
        {ticks.length > shown.length && (
          <Button small look="link" onClick={() => setAll(true)}>
            {t('common.andMore', { count: ticks.length - shown.length })}
          </Button>
        )}
        {added.length > 1 && (
          <Button
            small
            look="link"
            onClick={() =>
              sync.choose(item.synced.channelId, { ...item.choice, add: every ? [] : [...added] })
            }
          >
            {t(every ? 'sync.noneNew' : 'sync.allNew')}
          </Button>
        )}
      </div>
    </>
  );
}

function useTicks({ synced, choice }: SyncItem, sync: Sync): Tick[] {
  const { t } = useTranslation();
  const { channelId, found } = synced;
  const tick = (
    sign: Tick['sign'],
    name: string,
    text: string,
    on: boolean,
    flipped: () => Partial<SyncChoice>,
  ): Tick => {
    const flip = (): void => sync.choose(channelId, { ...choice, ...flipped() });
    return { key: sign + name, sign, text, on, flip };
  };
  const { add, remove, rename } = choice;
  return [
    ...found.added.map((name) =>
      tick('+', name, name, add.includes(name), () => ({ add: toggled(add, name) })),
    ),
    ...found.renamed.map(({ name, from, to }) => {
      const others = rename.filter((one) => one.name !== name);
      const on = others.length < rename.length;
      const text = t('change.arrow', { from: sayMapped(name, from), to });
      return tick('~', name, text, on, () => ({ rename: on ? others : [...others, { name, to }] }));
    }),
    ...found.removed.map(({ name, upstream }) =>
      tick('−', name, sayMapped(name, upstream), remove.includes(name), () => ({
        remove: toggled(remove, name),
      })),
    ),
  ];
}
