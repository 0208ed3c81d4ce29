import { useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { Button } from '../parts/button';
import { Monogram } from '../parts/monogram';
import { Status } from '../parts/status';
import { sayFailure } from '../say';
import { toggled } from './choice';
import { isOpen, type Sync, type SyncItem } from './use-sync';
import type { Skip } from './use-skip';

/** Ticks that are drawn before the rest is asked for. */
const SHOWN = 12;

/** One channel of a run: why it could not be read, or what has come, gone and changed its name. */
export function SyncChannel({ item, sync, skip }: { item: SyncItem; sync: Sync; skip: Skip }): ReactNode {
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
  if (failure) {
    const { what, next } = sayFailure(t, failure, i18n.language);
    return (
      <Status tone={result ? 'danger' : 'warn'} live>
        {what} {next} {!result && t('sync.nothingProposed')}
      </Status>
    );
  }
  if (result?.kind === 'done')
    return (
      <Status tone="ok" live>
        {t('sync.applied')}
      </Status>
    );
  if (result?.kind === 'not-tried') return <Status tone="none">{t('channels.notTried')}</Status>;
  if (standing !== 'same') return <Status tone="none">{t(`sync.${standing}`)}</Status>;
  if (synced.applied.length > 0)
    return <Status tone="ok">{t('sync.bySchedule', { count: synced.applied.length })}</Status>;
  return null;
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
  const set = (change: Partial<typeof choice>): void => sync.choose(channelId, { ...choice, ...change });
  return [
    ...found.added.map((name): Tick => ({
      key: `+${name}`,
      sign: '+',
      text: name,
      on: choice.add.includes(name),
      flip: () => set({ add: toggled(choice.add, name) }),
    })),
    ...found.renamed.map(({ name, from, to }): Tick => {
      const on = choice.rename.some((one) => one.name === name);
      const others = choice.rename.filter((one) => one.name !== name);
      return {
        key: `~${name}`,
        sign: '~',
        text: t('change.arrow', { from: name === from ? name : `${name} (${from})`, to }),
        on,
        flip: () => set({ rename: on ? others : [...others, { name, to }] }),
      };
    }),
    ...found.removed.map(({ name, upstream }): Tick => ({
      key: `−${name}`,
      sign: '−',
      text: name === upstream ? name : `${name} (${upstream})`,
      on: choice.remove.includes(name),
      flip: () => set({ remove: toggled(choice.remove, name) }),
    })),
  ];
}
