import type { ReactNode } from 'react';
import { sentences } from '../say';
import { useTranslation } from '../use-translation';
import type { HistoryItem } from '../../core/history/history';
import { undoEffect } from '../../core/history/undo-effect';

/** So many keys are named one by one. */
const FEW = 3;

/** What Undo will do, before it is pressed. Of a channel its rows say it. */
export function UndoPreview({ item }: { item: HistoryItem }): ReactNode {
  const { t, i18n } = useTranslation();
  if (item.about === 'channel') return null;
  if (item.about === 'channels')
    return <p className="text-xs text-ink-2">{t('history.channels.leavesChanged')}</p>;
  const list = new Intl.ListFormat(i18n.language);
  const writes = item.about === 'batch' ? item.providers.filter(({ phase }) => phase !== 'undone') : [item];
  const { removed, kept, keys, models, back, settings } = undoEffect(
    writes.flatMap(({ changes }) => changes),
  );
  const providers = (names: readonly string[]): string =>
    names.length === 1
      ? t('history.effect.provider', { name: names[0] })
      : t('common.providers', { count: names.length });
  const counted = (names: readonly string[], keysGone: readonly string[], count: number): string[] => [
    ...(names.length > 0 ? [providers(names)] : []),
    ...(keysGone.length > FEW
      ? [t('common.keys', { count: keysGone.length })]
      : keysGone.map((mask) => t('history.effect.key', { mask }))),
    ...(count > 0 ? [t('common.models', { count })] : []),
  ];
  // What went to several is the same key at each.
  const isSpread = item.about === 'batch' && item.places.length > 1;
  const goes = counted(removed, isSpread ? [...new Set(keys)] : keys, models);
  const comes = [
    ...counted(back.providers, [], 0),
    ...(back.keys > 0 ? [t('common.keys', { count: back.keys })] : []),
    ...(back.models > 0 ? [t('common.models', { count: back.models })] : []),
  ];
  const lines = [
    goes.length > 0 && t('history.effect.removes', { what: list.format(goes) }),
    comes.length > 0 && t('history.effect.putsBack', { what: list.format(comes) }),
    settings > 0 && t('history.effect.resets', { count: settings }),
    kept.length === 1 && t('history.effect.stays', { name: kept[0] }),
    kept.length > 1 && t('history.effect.stayMany', { count: kept.length }),
  ].filter((line) => line !== false);
  if (lines.length === 0) return null;
  return (
    <p className="text-xs text-ink-2 [overflow-wrap:anywhere]">
      {sentences(t, [...lines, t('history.effect.asks')])}
    </p>
  );
}
