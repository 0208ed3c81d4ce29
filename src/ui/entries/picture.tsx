import type { TFunction } from 'i18next';
import { useMemo, type ReactNode } from 'react';
import type { EntryView } from '../../core/entries/view';
import { listTraits } from '../../core/cliproxyapi/lists/table';
import { sum } from '../../core/sum';
import { VirtualList } from '../dialogs/virtual-list';
import { useTranslation } from '../use-translation';
import { Marks, ModelsBar, MOST_MARKS, widthOfMarks } from './marks';
import { KEY_STANDINGS, type EntryStanding, type KeyStanding } from './standing';

const ROW = 45;
/** Stands below the last row of such a list. */
const FADE = 16;
const MOST_HEIGHT = 8.5 * ROW;

/** An entry, with an id of its own and with how it stands. */
export interface Listed extends EntryStanding {
  id: string;
  entry: EntryView;
}

/** All providers at a glance, with their keys and models. `onGo`: to the one that was clicked. */
export function Picture({ listed, onGo }: { listed: readonly Listed[]; onGo(id: string): void }): ReactNode {
  const { t } = useTranslation();
  const { most, marks } = useMemo(() => {
    const keys = Math.max(0, ...listed.map((one) => one.keys.length));
    const more = keys > MOST_MARKS ? 44 : 0;
    return {
      most: Math.max(0, ...listed.map(({ entry }) => entry.models)),
      marks: widthOfMarks(keys) + more,
    };
  }, [listed]);
  return (
    <>
      <Sums listed={listed} />
      <div
        className="mt-3 flex flex-col border-t border-line"
        style={{ height: Math.min(MOST_HEIGHT, listed.length * ROW + FADE) }}
      >
        <VirtualList
          items={listed}
          rowKey={({ id }) => id}
          height={ROW}
          label={t('entry.picture.label')}
          roving="button"
        >
          {(one, active) => (
            <Row listed={one} most={most} marks={marks} active={active} onGo={() => onGo(one.id)} />
          )}
        </VirtualList>
      </div>
    </>
  );
}

/** The whole in one line, which says what the marks mean as well. */
function Sums({ listed }: { listed: readonly Listed[] }): ReactNode {
  const { t } = useTranslation();
  const counts = useMemo(() => countKinds(listed.flatMap(({ keys }) => keys)), [listed]);
  return (
    <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-1" role="status">
      <b className="font-medium">
        {t('entry.sums', {
          providers: t('common.providers', { count: listed.length }),
          keys: t('common.keys', { count: sum(listed.map(({ keys }) => keys.length)) }),
          models: t('common.models', { count: sum(listed.map(({ entry }) => entry.models)) }),
        })}
      </b>
      {counts.length > 0 && <span className="text-xs text-ink-2">{t('entry.picture.keys')}</span>}
      {counts.map(([kind, count]) => (
        <span key={kind} className="flex items-center gap-1.5 text-xs text-ink-2">
          <Marks keys={[kind]} />
          {t(`entry.picture.${kind}`, { count })}
        </span>
      ))}
    </div>
  );
}

function Row({
  listed,
  most,
  marks,
  active,
  onGo,
}: {
  listed: Listed;
  /** The most models of an entry. */
  most: number;
  /** The room for the marks, in CSS pixels. */
  marks: number;
  active: boolean;
  onGo(): void;
}): ReactNode {
  const { t } = useTranslation();
  const { entry, keys, served } = listed;
  const more = keys.length - MOST_MARKS;
  const says = sayRow(t, listed);
  return (
    <button
      type="button"
      tabIndex={active ? 0 : -1}
      aria-label={says}
      title={says}
      className="flex w-full items-center gap-3 border-b border-line px-1 py-1 text-left hover:bg-sunken focus-visible:-outline-offset-2"
      onClick={onGo}
    >
      <span className="min-w-0 flex-1">
        <span className="cut block font-semibold">{entry.label}</span>
        <span className="mono cut block text-xs text-ink-3">{entry.list}</span>
      </span>
      <span
        className="flex flex-none items-center gap-1 text-xs tabular-nums text-ink-2"
        style={{ width: marks }}
      >
        <Marks keys={keys} />
        {more > 0 && t('entry.picture.more', { count: more })}
      </span>
      <span className="w-36 flex-none text-xs tabular-nums text-ink-2">
        <ModelsBar models={entry.models} served={served} of={most} />
        {sayModels(t, listed)}
      </span>
    </button>
  );
}

/** The row for whoever does not see it. */
function sayRow(t: TFunction, listed: Listed): string {
  const { entry, keys } = listed;
  const kinds = countKinds(keys).map(([kind, count]) => t(`entry.picture.${kind}`, { count }));
  return t(keys.length > 0 ? 'entry.picture.row' : 'entry.picture.rowWithoutKeys', {
    name: entry.label,
    list: entry.list,
    keys: t('common.keys', { count: keys.length }),
    kinds: kinds.join(t('common.listComma')),
    models: sayModels(t, listed),
  });
}

function sayModels(t: TFunction, { entry: { models: count, list }, served }: Listed): string {
  if (count === 0 && listTraits(list).withoutModels === 'catalogue') return t('entry.picture.catalogue');
  return served > 0 ? t('entry.picture.models', { served, count }) : t('common.models', { count });
}

/** How many keys stand how, the best first. */
function countKinds(keys: readonly KeyStanding[]): [KeyStanding, number][] {
  return KEY_STANDINGS.toReversed()
    .map((kind): [KeyStanding, number] => [kind, keys.filter((key) => key === kind).length])
    .filter(([, count]) => count > 0);
}
